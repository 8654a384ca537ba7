//! What a person is writing. It survives every failure, a closed tab included.

use std::collections::BTreeMap;

use cercle_domain::id::TopicId;
use cercle_domain::readable;
use cercle_domain::topic::Wording;
use serde::Serialize;

/// Everything unfinished.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Drafts {
    /// A topic not proposed yet.
    pub proposal: Wording,
    /// Edits not saved yet.
    pub edits: BTreeMap<TopicId, Edit>,
}

readable!(Drafts { proposal or Wording::default(), edits or BTreeMap::new() });

/// An edit of one topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The revision the person has before their eyes.
    pub base: u32,
    /// What it should say.
    pub wording: Wording,
}

readable!(Edit { base, wording });
