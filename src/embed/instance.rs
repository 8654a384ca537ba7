//! One widget on a page: its loop, its view and its ears, put together and taken apart as one.

use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::config::Config;
use super::engine::Engine;
use super::page::Page;
use super::signs::{Sign, Signs, is_visible};
use crate::app::{Input, Intent, Model, Reply, Setup};
use crate::runtime::World;
use crate::runtime::clock::BrowserClock;
use crate::runtime::remote::{Fetch, Http, Tokens};
use crate::runtime::store::{IndexedDb, database_name};
use crate::text::Locale;
use crate::view::{self, Asked, Dispatch, Part, Props};

/// A running widget. Dropped, it stops everything that it started.
pub(super) struct Instance {
    engine: Rc<Engine>,
    asked: ArcRwSignal<Asked>,
    /// The language for whoever is not drawn.
    spoken: Rc<Cell<Locale>>,
    _signs: Signs,
    /// The view's own handle, which takes it off the page, once it is there.
    _view: Rc<OnceCell<Box<dyn Any>>>,
}

impl Instance {
    /// Draws a widget into `root`, in place of what stands there, and starts it; `backend` is an absolute address.
    pub(super) fn start(
        element: &HtmlElement,
        root: &HtmlElement,
        part: Part,
        config: &Config,
        backend: Option<&str>,
        fetch: &Fetch,
    ) -> Self {
        let community = config.community.as_str();
        let setup = Setup { shared: backend.is_some(), community: community.to_owned() };
        let name = database_name(backend.unwrap_or_default(), community);
        let spoken = Rc::new(Cell::new(config.locale));
        let (engine, effects) = Engine::new(Model::new(setup), |engine| {
            let elsewhere = move || {
                if let Some(engine) = engine.upgrade() {
                    engine.take([Input::Reply(Reply::Elsewhere)]);
                }
            };
            let store = IndexedDb::new(name.clone(), backend.is_some(), elsewhere);
            let tokens = || Tokens::of(element.clone().into());
            let remote = backend.map(|backend| Http::new(backend, community, name, tokens(), fetch.clone()));
            let page = Page::around(element.clone(), Rc::clone(&spoken));
            World::new(store, remote, BrowserClock::default(), page)
        });

        let asked = ArcRwSignal::new(asked(config));
        let wishes = Rc::clone(&engine);
        let props = Props {
            screen: engine.screen(),
            dispatch: Dispatch::new(move |intent| wishes.take([Input::Intent(intent)])),
            part,
            asked: asked.read_only(),
            signup_first: config.signup_first && part == Part::Community,
        };
        let view = Rc::new(OnceCell::new());
        let (drawn, root) = (Rc::clone(&view), root.clone());
        // In a task of its own: a page need not stand still for all of this at once.
        engine.soon(move |engine| {
            drawn.get_or_init(|| Box::new(view::mount(&root, props)) as Box<dyn Any>);
            engine.start(effects);
        });

        let ears = Rc::clone(&engine);
        let signs = Signs::to(move |sign| match sign {
            Sign::Reply(reply) => ears.take([Input::Reply(reply)]),
            Sign::LetGo => ears.let_go(),
        });
        if !is_visible() {
            engine.take([Input::Reply(Reply::Visible(false))]);
        }
        Self { engine, asked, spoken, _signs: signs, _view: view }
    }

    /// Takes over what may change while it runs.
    pub(super) fn adapt(&self, config: &Config) {
        self.spoken.set(config.locale);
        self.asked.set(asked(config));
    }

    /// Wants something in the person's name.
    pub(super) fn wish(&self, intent: Intent) {
        self.engine.take([Input::Intent(intent)]);
    }
}

fn asked(config: &Config) -> Asked {
    Asked { locale: config.locale, stage: config.stage }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.engine.stop();
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance").finish_non_exhaustive()
    }
}
