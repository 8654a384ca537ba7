//! What a person is writing. It survives every failure, a closed tab included.

use cercle_domain::id::TopicId;
use cercle_domain::read::{Object, Read, Value};
use cercle_domain::readable;
use cercle_domain::topic::Wording;
use serde::{Serialize, Serializer};

/// Everything unfinished.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Drafts {
    /// A topic not proposed yet.
    pub proposal: Wording,
    /// Edits not saved yet.
    pub edits: Edits,
}

readable!(Drafts { proposal or Wording::default(), edits or Edits::default() });

/// An edit of one topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The revision the person has before their eyes.
    pub base: u32,
    /// What it should say.
    pub wording: Wording,
}

readable!(Edit { base, wording });

/// Edits by topic: seldom more than one. In JSON an object with a field a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits(Vec<(TopicId, Edit)>);

impl Edits {
    /// The edit of a topic.
    #[must_use]
    pub fn get(&self, topic: TopicId) -> Option<&Edit> {
        self.0.iter().find(|(of, _)| *of == topic).map(|(_, edit)| edit)
    }

    /// Puts an edit in place of the one there is.
    pub fn put(&mut self, topic: TopicId, edit: Edit) {
        self.remove(topic);
        self.0.push((topic, edit));
    }

    /// Forgets the edit of a topic.
    pub fn remove(&mut self, topic: TopicId) {
        self.0.retain(|(of, _)| *of != topic);
    }
}

impl Serialize for Edits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(topic, edit)| (topic, edit)))
    }
}

impl Read for Edits {
    fn read(value: Value) -> Option<Self> {
        let edits = Object::read(value)?.into_iter();
        let edits = edits.map(|(topic, edit)| Some((topic.parse().ok()?, Edit::read(edit)?)));
        edits.collect::<Option<_>>().map(Self)
    }
}
