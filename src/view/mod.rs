//! What a person sees. Reads a [`Screen`], sends [`Intent`](crate::app::Intent)s, and knows nothing else of the world.
//!
//! Every part of the screen is a plain function that draws elements once and says what in them follows the screen
//! ([`parts::element`] says how, and why without `view!`). A change of the screen is compared where it is followed, so
//! that it redraws what changed and nothing else; the cards of a column, of which there may be a thousand, each follow
//! a memo. [`here::Here`] is what there is to see, the voice and the way to ask: all that goes everywhere.
//!
//! There are no sentences here (they are in [`crate::text`]), no styles (they are in `style/`, one file a part), and
//! nothing that waits for anything but a person.

mod here; // what every part has at hand
mod local; // what the view alone remembers
mod after; // what follows when something was done
mod header; // whose circle it is
mod tabs; // board and sign-up under one head
mod board; // the columns, and what stands there while there are none
mod find; // finding topics
mod column; // one stage
mod card; // one topic
mod vote; // the pill
mod actions; // the menu of a topic
mod topic; // a topic in full
mod help; // who can help with it
mod edit; // changing what it says
mod propose; // a new one
mod merge; // two that are one
mod signup; // joining
mod mine; // one's own part
mod choices; // sizes to choose from
mod skills; // skills to fill in
mod asking; // small dialogs
mod status; // what waits, what is wrong
mod parts; // pieces that know nothing of communities

use std::sync::Arc;

use cercle_domain::topic::Stage;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

pub(crate) use here::Dispatch;

use crate::app::Screen;
use crate::text::Locale;
use crate::text::voice::Voice;
use board::Columns;
use here::Here;
use local::{Floating, Local, Tab};
use parts::element::{El, el};

/// What the host page put on itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// `<cercle-board>`.
    Board,
    /// `<cercle-signup>`.
    Signup,
    /// `<cercle-community>`.
    Community,
}

/// What a host page asks for, and may change its mind about. One signal, because nothing is drawn for half of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The language.
    pub locale: Locale,
    /// The only stage that it wants on its board.
    pub stage: Option<Stage>,
}

/// Everything a view is made from.
pub(crate) struct Props {
    /// What there is to see.
    pub screen: ArcReadSignal<Screen>,
    /// Where intents go.
    pub dispatch: Dispatch,
    /// Which element this is.
    pub part: Part,
    /// What the host page asks for.
    pub asked: ArcReadSignal<Asked>,
    /// Whether the sign-up is the tab to begin with.
    pub signup_first: bool,
}

/// Draws into `parent`, until what it returns is dropped. Whatever stands there takes its place as long as there is
/// nothing to show.
pub(crate) fn mount(parent: &HtmlElement, props: Props) -> impl Sized + use<> {
    let place = El::of(parent.clone().into());
    mount_to(parent.clone(), move || {
        let (ready, root) = untrack(|| root(props));
        let skeleton = place.node().first_element_child().map(El::of);
        place.live(ready, move |ready| if *ready { Some(root.clone()) } else { skeleton.clone() });
    })
}

/// Whether there is anything to show, and what shows it.
fn root(props: Props) -> (impl Fn() -> bool, El) {
    let Props { screen, dispatch, part, asked, signup_first } = props;
    let screen: ReadSignal<Screen> = screen.into();
    let asked: ReadSignal<Asked> = asked.into();
    let dispatch = StoredValue::new_local(dispatch);
    let here = move |locale| Here::new(Voice(locale), screen, dispatch);
    let ready = move || screen.read().ready;

    let root = el("div", "root").attr("part", "root");
    let first = if signup_first || part == Part::Signup { Tab::Signup } else { Tab::Board };
    let local = Local::new(root.clone(), first);
    let columns = [0, 1, 2, 3, 4, 5].map(|at| Memo::new(move |_| Arc::clone(&screen.read().columns[at])));
    // Another language draws everything anew; what is half typed is in the drafts or in `local`.
    let root = root
        .live_attr("lang", move || Some(asked.get().locale.tag()))
        .live_attr("dir", move || Some(asked.get().locale.text().direction))
        .live(
            move || (asked.get().locale, ready()),
            move |(locale, ready)| {
                if *ready { whole(here(*locale), local, part, columns, asked) } else { Vec::new() }
            },
        )
        .live(
            move || (asked.get().locale, screen.read().sheet.is_some()),
            move |(locale, open)| open.then(|| sheet(here(*locale), local)).flatten(),
        )
        .live(
            move || (asked.get().locale, local.see().floating.clone()),
            move |(locale, what)| what.as_ref().map(|what| float(here(*locale), local, what)),
        );
    (ready, root)
}

fn whole(here: Here, local: Local, part: Part, columns: Columns, asked: ReadSignal<Asked>) -> Vec<El> {
    after::follow(here, local);
    let page = move |frame: El| {
        frame.live(
            move || (status::blocked(here), local.see().tab),
            move |(blocked, tab)| {
                let page = el("div", "");
                match (blocked, tab) {
                    (Some(trouble), _) => status::notice_of(here, *trouble),
                    (None, Tab::Board) => board::board(page, here, local, columns, asked),
                    (None, Tab::Signup) => signup::signup(page, here, local),
                }
            },
        )
    };
    let head = header::header(here, local, part);
    let foot = [status::status(here, local), local.aloud()];
    let middle = if part == Part::Community {
        let shown = move || tabs::id(local.see().tab);
        let panel = el("div", "")
            .attr("role", "tabpanel")
            .live_attr("id", move || Some(format!("panel-{}", shown())))
            .live_attr("aria-labelledby", move || Some(format!("tab-{}", shown())));
        vec![tabs::tabs(here, local), page(panel)]
    } else {
        vec![page(el("div", ""))]
    };
    [head].into_iter().chain(middle).chain(foot).collect()
}

fn sheet(here: Here, local: Local) -> Option<El> {
    let first = here.screen().sheet.clone()?;
    // While it goes away it shows what it showed.
    let shown = move |last: Option<&Arc<_>>| {
        let now = here.screen().sheet.clone();
        now.unwrap_or_else(|| Arc::clone(last.unwrap_or(&first)))
    };
    Some(topic::sheet(here, local, Memo::new(shown)))
}

fn float(here: Here, local: Local, what: &Floating) -> El {
    match what {
        Floating::Propose => propose::propose(here, local),
        Floating::Mine => signup::floating(here, local),
        Floating::Merge(topic, title) => merge::merge(here, local, *topic, title),
        Floating::Claim => asking::claim(here, local),
        Floating::Settings => asking::settings(here, local),
        Floating::Erase => asking::erase(here, local),
        Floating::Import(json) => asking::import(here, local, json.clone()),
    }
}
