//! What a person sees. Reads a [`Screen`], sends [`Intent`](crate::app::Intent)s, and knows nothing else of the world.
//!
//! Every part of the screen is a plain function from what it shows to a view: no `#[component]`, whose builders would
//! weigh more than they say. A part gets a memo of its slice of the screen, so that a change redraws what changed and
//! nothing else, and [`here::Here`], the voice and the way to ask, which is all that goes everywhere.
//!
//! There are no sentences here (they are in [`crate::text`]), no styles (they are in `style/`, one file a part), and
//! nothing that waits for anything but a person.

mod here; // what every part has at hand
mod local; // what the view alone remembers
mod after; // what follows when something was done
mod header; // whose circle it is
mod tabs; // board and sign-up under one head
mod board; // finding topics, the columns
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
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use web_sys::HtmlElement;

pub(crate) use here::Dispatch;

use crate::app::Screen;
use crate::app::effect::Trouble;
use crate::app::screen::{Bar, Mine};
use crate::text::Locale;
use crate::text::voice::Voice;
use here::Here;
use local::{Floating, Local, Tab};

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

/// Everything a view is made from.
pub(crate) struct Props {
    /// What there is to see.
    pub screen: ArcReadSignal<Screen>,
    /// Where intents go.
    pub dispatch: Dispatch,
    /// Which element this is.
    pub part: Part,
    /// The language.
    pub locale: ArcReadSignal<Locale>,
    /// The only stage that the host page wants on its board.
    pub only_stage: ArcReadSignal<Option<Stage>>,
    /// Whether the sign-up is the tab to begin with.
    pub signup_first: bool,
}

/// Draws into `parent`, until the handle is dropped.
pub(crate) fn mount(parent: HtmlElement, props: Props) -> UnmountHandle<AnyViewState> {
    mount_to(parent, move || root(props))
}

fn root(props: Props) -> AnyView {
    let Props { screen, dispatch, part, locale, only_stage, signup_first } = props;
    let screen: ReadSignal<Screen> = screen.into();
    let locale: ReadSignal<Locale> = locale.into();
    let only_stage: ReadSignal<Option<Stage>> = only_stage.into();
    let signup_first = signup_first || part == Part::Signup;
    let local = Local::new(if signup_first { Tab::Signup } else { Tab::Board });
    let dispatch = StoredValue::new_local(dispatch);
    // Another language draws everything anew; what is half typed is in the drafts or in `local`.
    let drawn = move || {
        let here = Here::new(Voice(locale.get()), dispatch);
        whole(here, local, part, Slices::of(screen, only_stage))
    };
    drawn.into_any()
}

/// The screen, in the slices that change by themselves.
#[derive(Clone, Copy)]
struct Slices {
    screen: ReadSignal<Screen>,
    ready: Memo<bool>,
    head: Memo<header::Head>,
    board: board::Slices,
    mine: Memo<Arc<Mine>>,
}

impl Slices {
    fn of(screen: ReadSignal<Screen>, only: ReadSignal<Option<Stage>>) -> Self {
        let columns = [0, 1, 2, 3, 4, 5]
            .map(|at| Memo::new(move |_| screen.with(|screen| Arc::clone(&screen.columns[at]))));
        let head = move |_: Option<&header::Head>| {
            screen.with(|screen| header::Head {
                community: screen.community.clone(),
                votes: screen.votes,
                role: screen.role,
                shared: screen.shared,
                member: screen.mine.member.is_some(),
            })
        };
        Self {
            screen,
            ready: Memo::new(move |_| screen.with(|screen| screen.ready)),
            head: Memo::new(head),
            board: board::Slices {
                tools: Memo::new(move |_| screen.with(|screen| screen.tools.clone())),
                columns,
                only: Memo::new(move |_| only.get()),
            },
            mine: Memo::new(move |_| screen.with(|screen| Arc::clone(&screen.mine))),
        }
    }
}

fn whole(here: Here, local: Local, part: Part, slices: Slices) -> AnyView {
    let Slices { screen, ready, head, .. } = slices;
    after::follow(here, local, slices);
    let blocked = Memo::new(move |_| blocked(slices));
    // What stands in place of the board need not be said at its foot too.
    let bars = Memo::new(move |_| {
        let told = blocked.get().map(Bar::Trouble);
        screen.with(|screen| screen.bars.iter().copied().filter(|bar| Some(*bar) != told).collect())
    });
    let refusals = Memo::new(move |_| screen.with(|screen| screen.refusals.clone()));
    let body = move || {
        if !ready.get() {
            return status::skeleton(here);
        }
        view! {
            {header::header(here, local, part, head)}
            {page(here, local, part, slices, blocked)}
            {status::status(here, local, bars, refusals)}
        }
        .into_any()
    };
    view! {
        <div
            class=move || if ready.get() { "root" } else { "root skeleton" }
            part="root"
            lang=here.voice.0.tag()
            dir=here.text.direction
            aria-busy=move || (!ready.get()).then_some("true")
            node_ref=local.root
        >
            {body}
            <p class="say hidden" role="status">
                {local.aloud()}
            </p>
            {sheet(here, local, slices)}
            {floating(here, local, slices)}
        </div>
    }
    .into_any()
}

/// What keeps the backend from showing anything of the community, where there is nothing else to show.
fn blocked(slices: Slices) -> Option<Trouble> {
    let Slices { screen, board, .. } = slices;
    let empty = board.columns.iter().all(|column| column.with(|column| column.cards.is_empty()));
    let refuses = |bar: &Bar| match bar {
        Bar::Trouble(trouble @ (Trouble::UnknownCommunity | Trouble::ForbiddenOrigin)) => Some(*trouble),
        _ => None,
    };
    screen
        .with(|screen| screen.bars.iter().find_map(refuses))
        .filter(|_| empty && !board.tools.with(|tools| tools.narrowed))
}

/// Between head and foot: the board or the sign-up, under tabs where the element has both.
fn page(here: Here, local: Local, part: Part, slices: Slices, blocked: Memo<Option<Trouble>>) -> AnyView {
    let Slices { screen, head, mine, board, .. } = slices;
    let page = move || match (blocked.get(), local.tab.get()) {
        (Some(trouble), _) => status::blocked(here, trouble),
        (None, Tab::Board) => board::board(here, local, board),
        (None, Tab::Signup) => signup::signup(here, local, mine, now(screen)),
    };
    if part != Part::Community {
        return page.into_any();
    }
    let member = Memo::new(move |_| head.with(|head| head.member));
    let name = Signal::derive(move || head.with(|head| head.name(here)));
    view! {
        {tabs::tabs(here, local, name, member)}
        <div
            role="tabpanel"
            id=move || format!("panel-{}", tabs::id(local.tab.get()))
            aria-labelledby=move || format!("tab-{}", tabs::id(local.tab.get()))
        >
            {page}
        </div>
    }
    .into_any()
}

fn now(screen: ReadSignal<Screen>) -> Signal<cercle_domain::id::Millis> {
    Signal::derive(move || screen.with(|screen| screen.now))
}

fn sheet(here: Here, local: Local, slices: Slices) -> AnyView {
    let screen = slices.screen;
    let sheet = Memo::new(move |_| screen.with(|screen| screen.sheet.clone()));
    let open = Memo::new(move |_| sheet.with(Option::is_some));
    let drawn = move || {
        let first = open.get().then(|| sheet.get_untracked()).flatten()?;
        // While it goes away it shows what it showed.
        let shown =
            move |last: Option<&Arc<_>>| sheet.get().unwrap_or_else(|| Arc::clone(last.unwrap_or(&first)));
        Some(topic::sheet(here, local, Memo::new(shown), now(screen)))
    };
    drawn.into_any()
}

fn floating(here: Here, local: Local, slices: Slices) -> AnyView {
    let Slices { screen, board, mine, .. } = slices;
    let drawn = move || {
        let floats = match local.floating.get()? {
            Floating::Propose => {
                let proposal = Memo::new(move |_| screen.with(|screen| Arc::clone(&screen.proposal)));
                propose::propose(here, local, proposal, mine)
            }
            Floating::Mine => signup::floating(here, local, mine, now(screen)),
            Floating::Merge(topic, title) => merge::merge(here, local, board.columns, topic, &title),
            Floating::Claim => asking::claim(here, local),
            Floating::Settings => asking::settings(here, local),
            Floating::Erase => asking::erase(here, local),
            Floating::Import(json) => asking::import(here, local, json),
        };
        Some(floats)
    };
    drawn.into_any()
}
