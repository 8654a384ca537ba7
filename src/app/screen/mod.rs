//! What a person sees, as plain data: all that views ever get.
//!
//! No sentences: codes, numbers and what people wrote. Views turn them into words through [`crate::text`].
//! Cards and columns stand behind `Arc`s so that views can compare and keep them cheaply.

mod board;
mod eyes;
mod project;
mod sheet;
mod signup;

use std::sync::Arc;

use cercle_domain::Rejection;
use cercle_domain::community::Community;
use cercle_domain::id::{Millis, OpId, TopicId};
use cercle_domain::member::{Freshness, Member, Size, Skill};
use cercle_domain::ranking::Why;
use cercle_domain::role::Role;
use cercle_domain::topic::{Stage, Wording};

pub use project::project;

use super::effect::Trouble;
use super::intent::Order;

/// Everything on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// Whether there is anything to show yet; until then views show a skeleton.
    pub ready: bool,
    /// When this was drawn, for near dates.
    pub now: Millis,
    /// Whether a backend was named.
    pub shared: bool,
    /// What the person is here.
    pub role: Role,
    /// The settings.
    pub community: Community,
    /// Votes left; `None` without a cap.
    pub votes: Option<Votes>,
    /// What waits and what is wrong, most important first.
    pub bars: Vec<Bar>,
    /// What was refused, oldest first.
    pub refusals: Vec<Refusal>,
    /// How the board is narrowed and ordered.
    pub tools: Tools,
    /// One column a stage, in the order of [`Stage::ALL`]; all of them, whatever the stage filter says.
    pub columns: Vec<Arc<Column>>,
    /// The open topic.
    pub sheet: Option<Arc<Sheet>>,
    /// The proposal being written.
    pub proposal: Arc<Proposal>,
    /// The person's own part.
    pub mine: Arc<Mine>,
    /// What to say to ears; a higher number is a new saying.
    pub said: (u64, Option<Saying>),
}

/// The votes of this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// How many are placed on open topics.
    pub placed: u32,
    /// How many there are.
    pub cap: u32,
}

impl Votes {
    /// How many are left.
    #[must_use]
    pub fn left(self) -> u32 {
        self.cap.saturating_sub(self.placed)
    }
}

/// A bar above the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// Nothing gets through; this many acts wait on this device.
    Waiting(usize),
    /// The backend went back to an older state, and this many acts wait until others bring back what they are about.
    HeldBack(usize),
    /// Something is wrong.
    Trouble(Trouble),
}

/// Something that was refused, with its text kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which act.
    pub op: OpId,
    /// Why.
    pub code: Rejection,
    /// What the person had written, if anything.
    pub kept: Option<Wording>,
    /// The topic it was about, by its title.
    pub about: Option<String>,
}

/// How the board is narrowed and ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tools {
    /// The words searched for.
    pub search: String,
    /// The only stage shown.
    pub stage: Option<Stage>,
    /// The only skill shown.
    pub skill: Option<Skill>,
    /// Every skill that a topic looks for.
    pub skills: Vec<Skill>,
    /// Whether only one's own topics are shown.
    pub mine: bool,
    /// The order of topics that are voted on.
    pub order: Order,
    /// Whether this person may see the ranking yet.
    pub ranking_open: bool,
    /// Whether anything at all is narrowed.
    pub narrowed: bool,
}

/// The topics in one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Which stage.
    pub stage: Stage,
    /// The cards in their order, which does not move under the reader.
    pub cards: Vec<Arc<Card>>,
    /// How many topics others brought here meanwhile; they show after [`super::Intent::ShowNews`].
    pub news: usize,
}

/// One topic on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Which topic.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// The beginning of its text.
    pub line: String,
    /// Its stage.
    pub stage: Stage,
    /// Its votes.
    pub vote: Vote,
    /// Skills that would help.
    pub wants: Vec<Skill>,
    /// How many volunteers it has.
    pub volunteers: usize,
    /// Whether nobody offered to host it yet.
    pub needs_host: bool,
    /// Whether the person follows it.
    pub followed: bool,
    /// How far one's own last act on it got.
    pub mark: Option<Mark>,
    /// Why it stands where it stands, when the board is ranked.
    pub why: Option<Why>,
    /// Whether the person may move, edit and merge it.
    pub tended: bool,
}

/// The votes of a topic as this person may see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// Whether it takes votes in its stage.
    pub open: bool,
    /// Whether this person's vote stands.
    pub mine: bool,
    /// Whether this person could place a vote now.
    pub possible: bool,
    /// How many there are; `None` while hidden.
    pub tally: Option<u32>,
}

/// How far an act got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Not kept anywhere yet.
    Pending,
    /// Durable on this device.
    Kept,
    /// On the backend.
    Saved,
}

/// An open topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What its card says too.
    pub card: Card,
    /// Its whole text.
    pub text: String,
    /// When it was proposed.
    pub at: Millis,
    /// Who proposed it, if they joined under a name.
    pub by: Option<String>,
    /// Why it stands where it stands, where the person may know.
    pub why: Option<Why>,
    /// Who offered to help.
    pub volunteers: Vec<(String, Size)>,
    /// Members who offer a skill that it looks for.
    pub could_help: Vec<(String, Vec<Skill>)>,
    /// This person's own offer.
    pub offer: Option<(Size, Freshness)>,
    /// Whether this person joined, so that they may offer help at once.
    pub joined: bool,
    /// The topics merged into it.
    pub merged: Vec<(TopicId, String)>,
    /// The topic it was merged into.
    pub merged_into: Option<(TopicId, String)>,
    /// The edit in progress.
    pub edit: Option<Editing>,
}

/// An edit in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// What the person is writing.
    pub wording: Wording,
    /// What somebody else made of it meanwhile.
    pub conflict: Option<Wording>,
    /// Why it could not be saved.
    pub refused: Option<Rejection>,
}

/// A proposal being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The draft.
    pub wording: Wording,
    /// Topics that say nearly the same, the most alike first, at most three.
    pub similar: Vec<Similar>,
    /// Why it could not be proposed.
    pub refused: Option<Rejection>,
    /// How many topics were proposed here so far, and the last of them.
    pub sent: (u64, Option<TopicId>),
}

/// A topic that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Which topic.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: Stage,
    /// Its votes.
    pub vote: Vote,
}

/// The person's own part in the community.
#[derive(Debug, Clone, PartialEq)]
pub struct Mine {
    /// Their profile, once they joined.
    pub member: Option<Member>,
    /// What they offered, by topic.
    pub commitments: Vec<Commitment>,
    /// Topics where their skills would help, at most three.
    pub matches: Vec<Match>,
    /// Skills that topics look for, the most wanted first, at most eight.
    pub sought: Vec<Skill>,
    /// Skills that members offer, at most eight.
    pub offered: Vec<Skill>,
    /// Why joining was refused.
    pub refused: Option<Rejection>,
}

/// An offer of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// On which topic.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// How much.
    pub size: Size,
    /// Since when, or last confirmed when.
    pub at: Millis,
    /// Whether it is time to ask.
    pub freshness: Freshness,
    /// How far one's own last act on it got.
    pub mark: Option<Mark>,
}

/// A topic where somebody's skills would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which topic.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// The skills.
    pub skills: Vec<Skill>,
}

/// Something to say to ears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// A topic was proposed.
    Proposed,
    /// A vote was placed.
    Voted,
    /// A vote was withdrawn.
    VoteWithdrawn,
    /// An offer stands.
    Volunteered,
    /// An offer was taken back.
    SteppedBack,
    /// Joined.
    Joined,
    /// Left.
    Left,
    /// A topic was moved.
    Moved(Stage),
    /// An edit was sent.
    Edited,
    /// Topics were merged.
    Merged,
    /// This person facilitates now.
    Facilitates,
    /// Settings were changed.
    Settled,
    /// It was not done.
    Refused(Rejection),
    /// Something went wrong.
    Trouble(Trouble),
}
