//! What the view alone remembers, and nobody else needs to know: what floats, what is folded, what is half typed.
//!
//! It outlives a change of language, which draws every sentence anew.

use cercle_domain::community::Community;
use cercle_domain::id::TopicId;
use cercle_domain::member::Size;
use cercle_domain::op::Profile;
use cercle_domain::topic::Stage;
use leptos::html;
use leptos::prelude::*;

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
#[derive(Clone, Copy)]
pub(super) struct Local {
    /// The element that holds everything.
    pub(super) root: NodeRef<html::Div>,
    pub(super) tab: RwSignal<Tab>,
    pub(super) floating: RwSignal<Option<Floating>>,
    pub(super) said: RwSignal<Said>,
    /// The one stage that shows where there is room for one.
    pub(super) stage: RwSignal<Stage>,
    /// Whether the parked topics are unfolded.
    pub(super) unfolded: RwSignal<bool>,
    /// The topic under the pointer's hand, and where it comes from.
    pub(super) dragged: RwSignal<Option<(TopicId, Stage)>>,
    /// The stage that would take it.
    pub(super) over: RwSignal<Option<Stage>>,
    /// The topic whose edit should begin once it is open.
    pub(super) edits: RwSignal<Option<TopicId>>,
    /// Whether the details of a proposal are asked for.
    pub(super) details: RwSignal<bool>,
    /// Whether the person offers to host what they propose.
    pub(super) host: RwSignal<bool>,
    /// What is typed into the sign-up.
    pub(super) profile: RwSignal<Profile>,
    /// Whether a member changes their profile.
    pub(super) changes_profile: RwSignal<bool>,
    /// Whether the person joined just now.
    pub(super) just_joined: RwSignal<bool>,
    /// What is typed into the settings.
    pub(super) settings: RwSignal<Community>,
    /// What is typed into a small dialog: a code, a search.
    pub(super) typed: RwSignal<String>,
}

impl Local {
    pub(super) fn new(tab: Tab) -> Self {
        Self {
            root: NodeRef::new(),
            tab: RwSignal::new(tab),
            floating: RwSignal::new(None),
            said: RwSignal::new(Said::default()),
            stage: RwSignal::new(Stage::Proposed),
            unfolded: RwSignal::new(false),
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            edits: RwSignal::new(None),
            details: RwSignal::new(false),
            host: RwSignal::new(false),
            profile: RwSignal::new(Self::no_profile()),
            changes_profile: RwSignal::new(false),
            just_joined: RwSignal::new(false),
            settings: RwSignal::new(Community::default()),
            typed: RwSignal::new(String::new()),
        }
    }

    /// A sign-up nobody has filled in yet; the smallest size is chosen.
    pub(super) fn no_profile() -> Profile {
        Profile { name: String::new(), size: Size::Listening, offers: Vec::new(), wants: Vec::new() }
    }

    /// Lets something float, with nothing typed into it.
    pub(super) fn float(self, what: Floating) {
        self.typed.set(String::new());
        self.floating.set(Some(what));
    }

    /// Lets nothing float.
    pub(super) fn sink(self) {
        self.floating.try_set(None);
    }

    /// Says something, to ears at least.
    pub(super) fn say(self, words: String, explains: bool) {
        self.said.update(|said| *said = Said { turn: said.turn + 1, words, explains });
    }

    /// What was said last, for a live region. Said twice, it differs by a space, so that it is heard twice.
    pub(super) fn aloud(self) -> Signal<String> {
        Signal::derive(move || {
            let said = self.said.get();
            if said.turn.is_multiple_of(2) { said.words } else { said.words + "\u{a0}" }
        })
    }

    /// Lets a card arrive after the person's own act, and puts the keyboard there.
    pub(super) fn arrive(self, topic: TopicId, spot: Spot) {
        let Some(root) = self.root.get_untracked() else { return };
        // By the next frame everything that is to change has changed.
        request_animation_frame(move || {
            let Some(card) = focus::find(&root, &format!("#{}", card_id(topic))) else { return };
            focus::mark(&card, "arrives", true);
            let button = match spot {
                Spot::Open => ".open",
                Spot::Menu => ".icon-button",
            };
            if let Some(button) = focus::find(&card, button) {
                focus::focus(&button);
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
