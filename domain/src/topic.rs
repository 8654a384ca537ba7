//! A topic: a pain point or a request that may be worked on, and the stages of its life.

use serde::Serialize;

use crate::id::{Millis, PersonId, TopicId};
use crate::member::Skill;
use crate::readable;

/// Where a topic stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody asked for it.
    Proposed,
    /// The community wants to work on it.
    Backlog,
    /// A session is planned for it.
    Scheduled,
    /// It is being worked on.
    Active,
    /// What was tried became common practice.
    Adopted,
    /// Set aside for now.
    Parked,
}

impl Stage {
    /// Every stage, in the order of a topic's life.
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Backlog, Self::Scheduled, Self::Active, Self::Adopted, Self::Parked];

    /// Whether topics here are voted on. Elsewhere a vote is refunded: it no longer counts against the cap.
    #[must_use]
    pub fn takes_votes(self) -> bool {
        matches!(self, Self::Proposed | Self::Backlog)
    }

    /// The word for this stage in attributes and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Backlog => "backlog",
            Self::Scheduled => "scheduled",
            Self::Active => "active",
            Self::Adopted => "adopted",
            Self::Parked => "parked",
        }
    }

    /// The stage with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

readable!(Stage by Self::named);

/// What a person writes about a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Wording {
    /// One line.
    pub title: String,
    /// Anything more, as plain text.
    pub text: String,
    /// Skills that would help.
    pub wants: Vec<Skill>,
}

readable!(Wording { title, text or String::new(), wants or Vec::new() });

impl Wording {
    /// Whether two wordings say the same: white space does not count.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
        same(&self.title, &other.title) && same(&self.text, &other.text) && self.wants == other.wants
    }
}

/// A pain point or a request that may be worked on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Topic {
    /// What it says.
    pub wording: Wording,
    /// How often the wording was edited; an edit names the revision it was written against.
    pub rev: u32,
    /// Where it stands.
    pub stage: Stage,
    /// When it was proposed.
    pub at: Millis,
    /// Who proposed it, unless they erased themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The topic it was merged into; it then lives on only as a part of that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TopicId>,
    /// The topics that were merged into this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<TopicId>,
}

readable!(Topic {
    wording,
    rev or 0,
    stage,
    at or Millis(0),
    by or None,
    merged_into or None,
    merged or Vec::new(),
});
