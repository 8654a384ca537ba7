//! Everything a person can ask of the widget. Closed: a view can send nothing else.

use cercle_domain::community::Community;
use cercle_domain::id::{OpId, TopicId};
use cercle_domain::member::{Size, Skill};
use cercle_domain::op::Profile;
use cercle_domain::topic::{Stage, Wording};

/// The order of topics that are voted on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    /// By lot, so that each topic has the same chance to be read.
    Shuffle,
    /// By votes.
    Ranking,
}

/// What a person wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Keep what was typed for a proposal, and look for topics that say the same.
    DraftProposal(Wording),
    /// Propose a topic; `host` also offers to host it.
    Propose {
        /// What it says.
        wording: Wording,
        /// Whether the person offers to host a session on it.
        host: bool,
    },
    /// Throw the proposal's draft away.
    DropProposal,
    /// Vote for a topic, or withdraw the vote.
    Vote {
        /// Which topic.
        topic: TopicId,
        /// Whether the vote should stand.
        on: bool,
    },
    /// Follow a topic, or stop.
    Follow {
        /// Which topic.
        topic: TopicId,
        /// Whether to follow.
        on: bool,
    },
    /// Offer help on a topic, or say that the offer still stands.
    Volunteer {
        /// Which topic.
        topic: TopicId,
        /// How much.
        size: Size,
    },
    /// Take an offer back.
    StepBack(TopicId),
    /// Join, or change one's profile.
    Join(Profile),
    /// Leave; votes and follows stay.
    Leave,
    /// Leave and be forgotten, here and on the backend.
    Erase,

    /// Put a topic into a stage.
    Move {
        /// Which topic.
        topic: TopicId,
        /// Where to.
        stage: Stage,
    },
    /// Make one topic a part of another.
    Merge {
        /// The topic that becomes a part.
        topic: TopicId,
        /// The topic that speaks for both.
        into: TopicId,
    },
    /// Undo a merge.
    Unmerge(TopicId),
    /// Keep what was typed into an edit of this topic; the first draft starts the edit.
    DraftEdit {
        /// Which topic.
        topic: TopicId,
        /// What it should say.
        wording: Wording,
    },
    /// Send the edit of this topic, unless somebody else has edited it meanwhile.
    SaveEdit(TopicId),
    /// Send the edit of this topic in place of what somebody else made of it.
    KeepMine(TopicId),
    /// Throw the edit of this topic away.
    DropEdit(TopicId),
    /// Change the settings of the community.
    Settle(Community),
    /// Become a facilitator by the code that the backend printed.
    Claim(String),

    /// Open a topic.
    Open(TopicId),
    /// Close the open topic.
    Close,
    /// Show only topics with these words.
    Search(String),
    /// Show only this stage.
    OnlyStage(Option<Stage>),
    /// Show only topics that look for this skill.
    OnlySkill(Option<Skill>),
    /// Show only topics that I voted for, follow, proposed or offered help on.
    OnlyMine(bool),
    /// Choose the order of topics that are voted on.
    Order(Order),
    /// Show what others changed.
    ShowNews,
    /// These topics were in sight.
    Seen(Vec<TopicId>),
    /// Let go of something that was refused.
    Dismiss(OpId),
    /// Take the text of something that was refused up again, as a draft.
    TakeUp(OpId),
    /// Try again now.
    TryAgain,

    /// Save the community as a file; with a backend, one's own data.
    Export,
    /// Put the community from a file in place of this one (without a backend only).
    Import {
        /// The file.
        json: String,
        /// Whether this person wrote it, so that what its writer did there is theirs here.
        mine: bool,
    },
}
