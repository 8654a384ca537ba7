//! What the view alone remembers, and nobody else needs to know: what floats, what is folded, what is half typed.
//!
//! It outlives a change of language, which draws every sentence anew.

use std::ops::Deref;

use cercle_domain::community::Community;
use cercle_domain::id::TopicId;
use cercle_domain::member::Size;
use cercle_domain::op::Profile;
use cercle_domain::topic::Stage;
use leptos::prelude::*;

use super::parts::element::{El, el};
use super::parts::focus;

/// What floats above the board, beside an open topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Floating {
    /// Proposing a topic.
    Propose,
    /// Joining, or one's own part, where it has no tab.
    Mine,
    /// Choosing the topic that this one becomes a part of.
    Merge(TopicId, String),
    /// Handing in a facilitator's code.
    Claim,
    /// The settings of the community.
    Settings,
    /// Asking once more before erasing.
    Erase,
    /// Asking once more before this file replaces the community.
    Import(String),
}

/// The pages of the element with tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Board,
    Signup,
}

/// A card that the keyboard should find again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// The button that opens it.
    Open,
    /// The button of its menu.
    Menu,
}

/// What was said last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// How many sayings there were.
    pub(super) turn: u64,
    /// The words.
    pub(super) words: String,
    /// Whether eyes need it too, because it explains what did not happen.
    pub(super) explains: bool,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) tab: Tab,
    pub(super) floating: Option<Floating>,
    pub(super) said: Said,
    /// The one stage that shows where there is room for one.
    pub(super) stage: Stage,
    /// Whether the parked topics are unfolded.
    pub(super) unfolded: bool,
    /// The topic under the pointer's hand.
    pub(super) dragged: Option<TopicId>,
    /// The stage that would take it.
    pub(super) over: Option<Stage>,
    /// The topic whose edit should begin once it is open.
    pub(super) edits: Option<TopicId>,
    /// Whether the details of a proposal are asked for.
    pub(super) details: bool,
    /// Whether the person offers to host what they propose.
    pub(super) host: bool,
    /// What is typed into the sign-up.
    pub(super) profile: Profile,
    /// Whether a member changes their profile.
    pub(super) changes_profile: bool,
    /// Whether the person joined just now.
    pub(super) just_joined: bool,
    /// What is typed into the settings.
    pub(super) settings: Community,
    /// What is typed into a small dialog: a code, a search.
    pub(super) typed: String,
}

/// The one hold of it.
#[derive(Clone, Copy)]
pub(super) struct Local {
    /// The element that holds everything.
    root: StoredValue<El, LocalStorage>,
    state: RwSignal<State>,
}

impl Local {
    pub(super) fn new(root: El, tab: Tab) -> Self {
        let state = State {
            tab,
            floating: None,
            said: Said::default(),
            stage: Stage::Proposed,
            unfolded: false,
            dragged: None,
            over: None,
            edits: None,
            details: false,
            host: false,
            profile: Self::no_profile(),
            changes_profile: false,
            just_joined: false,
            settings: Community::default(),
            typed: String::new(),
        };
        Self { root: StoredValue::new_local(root), state: RwSignal::new(state) }
    }

    /// What there is. Read where something is followed, it is looked at again whenever it changes.
    pub(super) fn see(self) -> impl Deref<Target = State> {
        self.state.read()
    }

    /// Changes it.
    pub(super) fn set(self, change: impl FnOnce(&mut State)) {
        let mut change = Some(change);
        self.update(&mut |state| {
            if let Some(change) = change.take() {
                change(state);
            }
        });
    }

    fn update(self, change: &mut dyn FnMut(&mut State)) {
        self.state.update(|state| change(state));
    }

    /// A sign-up nobody has filled in yet; the smallest size is chosen.
    pub(super) fn no_profile() -> Profile {
        Profile { name: String::new(), size: Size::Listening, offers: Vec::new(), wants: Vec::new() }
    }

    /// Lets something float, with nothing typed into it.
    pub(super) fn float(self, what: Floating) {
        self.set(|state| {
            state.typed = String::new();
            state.floating = Some(what);
        });
    }

    /// Lets nothing float.
    pub(super) fn sink(self) {
        self.set(|state| state.floating = None);
    }

    /// Says something, to ears at least.
    pub(super) fn say(self, words: String, explains: bool) {
        self.set(|state| state.said = Said { turn: state.said.turn + 1, words, explains });
    }

    /// A region that says to ears what was said last. Said twice, it differs by a space, so that it is heard twice.
    pub(super) fn aloud(self) -> El {
        el("p", "say hidden").attr("role", "status").live_text(move || {
            let said = self.see().said.clone();
            if said.turn.is_multiple_of(2) { said.words } else { said.words + "\u{a0}" }
        })
    }

    /// Puts the keyboard on what `selector` finds, once everything that is to change has changed.
    pub(super) fn go_to(self, selector: impl AsRef<str> + 'static) {
        let root = self.root;
        request_animation_frame(move || {
            if let Some(root) = root.try_get_value() {
                focus::focus_on(&root, selector.as_ref());
            }
        });
    }

    /// Whether the keyboard is nowhere in the widget.
    pub(super) fn is_left(self) -> bool {
        self.root
            .with_value(|root| focus::focused(root.node()).is_none_or(|at| !root.node().contains(Some(&at))))
    }

    /// Lets a card arrive after the person's own act, and puts the keyboard there.
    pub(super) fn arrive(self, topic: TopicId, spot: Spot) {
        let root = self.root;
        request_animation_frame(move || {
            let card =
                root.try_get_value().and_then(|root| focus::find(&root, &format!("#{}", card_id(topic))));
            if let Some(card) = card.map(|card| El::of(card.into())) {
                focus::mark(card.node(), "arrives", true);
                focus::focus_on(&card, if spot == Spot::Open { ".open" } else { ".icon-button" });
            }
        });
    }
}

/// The id of a topic's card in the page.
pub(super) fn card_id(topic: TopicId) -> String {
    format!("card-{topic}")
}

/// The topic whose card has this id.
pub(super) fn topic_of(card_id: &str) -> Option<TopicId> {
    card_id.strip_prefix("card-")?.parse().ok()
}
