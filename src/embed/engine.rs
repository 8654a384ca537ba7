//! What turns the loop: inputs into the model, the model onto the screen, effects into the world, replies back in.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;

use leptos::prelude::*;

use super::page::Page;
use crate::app::screen::Screen;
use crate::app::{Effect, Input, Model, Reply, project, update};
use crate::runtime::clock::{BrowserClock, Clock as _};
use crate::runtime::js::spawn;
use crate::runtime::remote::Http;
use crate::runtime::store::IndexedDb;
use crate::runtime::{World, is_on_device};

/// The world of a browser.
pub(super) type BrowserWorld = World<IndexedDb, Http, BrowserClock, Page>;

/// The loop of one instance.
#[derive(Debug)]
pub(super) struct Engine {
    model: RefCell<Model>,
    world: Rc<BrowserWorld>,
    screen: ArcRwSignal<Screen>,
    /// What came in while something else was being taken in.
    inputs: RefCell<VecDeque<Input>>,
    turning: Cell<bool>,
    /// Whether the screen is to show soon what the model has become.
    shows: Cell<bool>,
    /// What the device is to do, one after another.
    device: RefCell<VecDeque<Effect>>,
    device_works: Cell<bool>,
    stopped: Cell<bool>,
}

impl Engine {
    /// An engine that has not turned yet, and what it wants to do first. `world` is given a way to tell what happens
    /// later.
    pub(super) fn new(
        (model, effects): (Model, Vec<Effect>),
        world: impl FnOnce(Weak<Self>) -> Rc<BrowserWorld>,
    ) -> (Rc<Self>, Vec<Effect>) {
        let engine = Rc::new_cyclic(|engine| {
            let world = world(engine.clone());
            let screen = project(&model, world.clock().moment().now);
            Self {
                model: RefCell::new(model),
                world,
                screen: ArcRwSignal::new(screen),
                inputs: RefCell::default(),
                turning: Cell::new(false),
                shows: Cell::new(false),
                device: RefCell::default(),
                device_works: Cell::new(false),
                stopped: Cell::new(false),
            }
        });
        (engine, effects)
    }

    /// What is on screen.
    pub(super) fn screen(&self) -> ArcReadSignal<Screen> {
        self.screen.read_only()
    }

    /// Takes in what happened. Whatever that makes happen at once waits for its turn. What a person did shows at once; what
    /// the world did shows in a task of its own, so that a page need not stand still for both, and once for all that
    /// came until then.
    pub(super) fn take(self: &Rc<Self>, inputs: impl IntoIterator<Item = Input>) {
        if self.stopped.get() {
            return;
        }
        self.inputs.borrow_mut().extend(inputs);
        if self.turning.replace(true) {
            return;
        }
        let mut at_once = false;
        while let Some(input) = self.next_input() {
            at_once |= matches!(input, Input::Intent(_));
            let effects = update(&mut self.model.borrow_mut(), self.world.clock().moment(), input);
            self.start(effects);
        }
        self.turning.set(false);
        if at_once {
            self.show();
        } else if !self.shows.replace(true) {
            self.soon(|engine| {
                if engine.shows.get() {
                    engine.show();
                }
            });
        }
    }

    /// Does this in a task of its own, unless all has stopped by then.
    pub(super) fn soon(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>) + 'static) {
        let engine = Rc::clone(self);
        let act = move || {
            if !engine.stopped.get() {
                act(&engine);
            }
        };
        set_timeout(act, Duration::ZERO);
    }

    fn show(&self) {
        self.shows.set(false);
        self.screen.set(project(&self.model.borrow(), self.world.clock().moment().now));
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    /// Starts what is to be done.
    pub(super) fn start(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            let engine = Rc::clone(self);
            if is_on_device(&effect) {
                let mut device = self.device.borrow_mut();
                // Reading everything twice in a row says nothing new.
                if effect != Effect::Load || device.back() != Some(&Effect::Load) {
                    device.push_back(effect);
                }
            } else {
                spawn(async move {
                    let replies = engine.world.perform(effect).await;
                    engine.hear(replies);
                });
            }
        }
        if !self.device.borrow().is_empty() && !self.device_works.replace(true) {
            let engine = Rc::clone(self);
            spawn(async move {
                // To the end even if the element is gone by now: what was done was done.
                while let Some(effect) = engine.next_on_device() {
                    let replies = engine.world.perform(effect).await;
                    engine.hear(replies);
                }
                engine.device_works.set(false);
            });
        }
    }

    fn next_on_device(&self) -> Option<Effect> {
        self.device.borrow_mut().pop_front()
    }

    fn hear(self: &Rc<Self>, replies: Vec<Reply>) {
        if !replies.is_empty() {
            self.take(replies.into_iter().map(Input::Reply));
        }
    }

    /// Lets go of whatever would keep the page from being put aside.
    pub(super) fn let_go(&self) {
        self.world.device().let_go();
        self.listen_no_more();
    }

    fn listen_no_more(&self) {
        if let Some(remote) = self.world.remote() {
            remote.let_go();
        }
    }

    /// Takes nothing in any more, and waits for nothing that may take long.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        self.world.clock().stop();
        self.listen_no_more();
    }
}
