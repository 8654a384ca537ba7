//! Every kind of thing that a community holds, by key.
//!
//! Rows are what stores keep and what travels; their versions belong to the stores and to the protocol. Who may see
//! a row follows from its key alone, so that nobody can forget to ask.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::community::Community;
use crate::id::{PersonId, TopicId};
use crate::member::{Member, Volunteering};
use crate::read::{Object, Read, Value};
use crate::readable;
use crate::topic::Topic;

/// The kinds of rows, in the words of the wire and of the stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// [`Row::Community`]
    Community,
    /// [`Row::Facilitator`]
    Facilitator,
    /// [`Row::Member`]
    Member,
    /// [`Row::Voter`]
    Voter,
    /// [`Row::Topic`]
    Topic,
    /// [`Row::Exposure`]
    Exposure,
    /// [`Row::Tally`]
    Tally,
    /// [`Row::Vote`]
    Vote,
    /// [`Row::Follow`]
    Follow,
    /// [`Row::Volunteering`]
    Volunteering,
}

impl Kind {
    /// The word for this kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::Facilitator => "facilitator",
            Self::Member => "member",
            Self::Voter => "voter",
            Self::Topic => "topic",
            Self::Exposure => "exposure",
            Self::Tally => "tally",
            Self::Vote => "vote",
            Self::Follow => "follow",
            Self::Volunteering => "volunteering",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const ALL: [Kind; 10] = [
            Kind::Community,
            Kind::Facilitator,
            Kind::Member,
            Kind::Voter,
            Kind::Topic,
            Kind::Exposure,
            Kind::Tally,
            Kind::Vote,
            Kind::Follow,
            Kind::Volunteering,
        ];
        ALL.into_iter().find(|kind| kind.name() == name)
    }
}

readable!(Kind by Self::named);

/// The name of one row. What belongs to a person sorts by person, so that theirs lie together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The settings; there is one.
    Community,
    /// This person facilitates.
    Facilitator(PersonId),
    /// This person joined.
    Member(PersonId),
    /// This person has voted at least once.
    Voter(PersonId),
    /// A topic.
    Topic(TopicId),
    /// How many people were shown a topic.
    Exposure(TopicId),
    /// How many people voted for a topic.
    Tally(TopicId),
    /// A person's vote for a topic.
    Vote(PersonId, TopicId),
    /// A person follows a topic.
    Follow(PersonId, TopicId),
    /// A person offers help on a topic.
    Volunteering(TopicId, PersonId),
}

/// Who may see a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever may see the community.
    Everyone,
    /// Those who have voted, where the community hides tallies; else everyone.
    Voters,
    /// One person only.
    Only(PersonId),
}

impl Key {
    /// What kind of row it names.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Community => Kind::Community,
            Self::Facilitator(_) => Kind::Facilitator,
            Self::Member(_) => Kind::Member,
            Self::Voter(_) => Kind::Voter,
            Self::Topic(_) => Kind::Topic,
            Self::Exposure(_) => Kind::Exposure,
            Self::Tally(_) => Kind::Tally,
            Self::Vote(..) => Kind::Vote,
            Self::Follow(..) => Kind::Follow,
            Self::Volunteering(..) => Kind::Volunteering,
        }
    }

    /// Who may see that row.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match *self {
            Self::Tally(_) => Audience::Voters,
            Self::Voter(person) | Self::Vote(person, _) | Self::Follow(person, _) => Audience::Only(person),
            _ => Audience::Everyone,
        }
    }

    /// The key of this kind with this id, as [`Key`] prints it; `None` if the id does not fit the kind.
    #[must_use]
    pub fn parse(kind: Kind, id: &str) -> Option<Self> {
        let pair = || id.split_once('.');
        Some(match kind {
            Kind::Community => id.is_empty().then_some(Self::Community)?,
            Kind::Facilitator => Self::Facilitator(id.parse().ok()?),
            Kind::Member => Self::Member(id.parse().ok()?),
            Kind::Voter => Self::Voter(id.parse().ok()?),
            Kind::Topic => Self::Topic(id.parse().ok()?),
            Kind::Exposure => Self::Exposure(id.parse().ok()?),
            Kind::Tally => Self::Tally(id.parse().ok()?),
            Kind::Vote => pair().and_then(|(a, b)| Some(Self::Vote(a.parse().ok()?, b.parse().ok()?)))?,
            Kind::Follow => pair().and_then(|(a, b)| Some(Self::Follow(a.parse().ok()?, b.parse().ok()?)))?,
            Kind::Volunteering => {
                pair().and_then(|(a, b)| Some(Self::Volunteering(a.parse().ok()?, b.parse().ok()?)))?
            }
        })
    }
}

/// Prints the id within the kind: nothing, one id, or two with a dot between.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Community => Ok(()),
            Self::Facilitator(person) | Self::Member(person) | Self::Voter(person) => person.fmt(f),
            Self::Topic(topic) | Self::Exposure(topic) | Self::Tally(topic) => topic.fmt(f),
            Self::Vote(person, topic) | Self::Follow(person, topic) => write!(f, "{person}.{topic}"),
            Self::Volunteering(topic, person) => write!(f, "{topic}.{person}"),
        }
    }
}

/// A mark that carries nothing but its existence; fields may come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Mark {}

impl Read for Mark {
    fn read(value: Value) -> Option<Self> {
        Object::read(value).map(|_| Self {})
    }
}

readable!(Mark);

/// How many, and never who.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Count {
    /// How many people.
    pub n: u32,
}

readable!(Count { n });

/// What stands under a key. The variant always agrees with the key's kind. What is large is shared, so that a row is small
/// and quick to copy: a browser holds it in several places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Row {
    /// The settings.
    Community(Arc<Community>),
    /// A person facilitates.
    Facilitator(Mark),
    /// A person joined.
    Member(Arc<Member>),
    /// A person has voted at least once, and may see tallies since.
    Voter(Mark),
    /// A topic.
    Topic(Arc<Topic>),
    /// How many people were shown a topic.
    Exposure(Count),
    /// How many people voted for a topic or for one merged into it.
    Tally(Count),
    /// A vote.
    Vote(Mark),
    /// A person follows a topic.
    Follow(Mark),
    /// An offer to help.
    Volunteering(Volunteering),
}

impl Row {
    /// The row of this kind that was written as its fields alone.
    #[must_use]
    pub fn read(kind: Kind, value: Value) -> Option<Self> {
        Some(match kind {
            Kind::Community => Self::Community(Arc::new(Read::read(value)?)),
            Kind::Facilitator => Self::Facilitator(Read::read(value)?),
            Kind::Member => Self::Member(Arc::new(Read::read(value)?)),
            Kind::Voter => Self::Voter(Read::read(value)?),
            Kind::Topic => Self::Topic(Arc::new(Read::read(value)?)),
            Kind::Exposure => Self::Exposure(Read::read(value)?),
            Kind::Tally => Self::Tally(Read::read(value)?),
            Kind::Vote => Self::Vote(Read::read(value)?),
            Kind::Follow => Self::Follow(Read::read(value)?),
            Kind::Volunteering => Self::Volunteering(Read::read(value)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_printed() {
        let (person, topic) = (PersonId(1), TopicId(2));
        for key in [
            Key::Community,
            Key::Facilitator(person),
            Key::Member(person),
            Key::Voter(person),
            Key::Topic(topic),
            Key::Exposure(topic),
            Key::Tally(topic),
            Key::Vote(person, topic),
            Key::Follow(person, topic),
            Key::Volunteering(topic, person),
        ] {
            assert_eq!(Key::parse(key.kind(), &key.to_string()), Some(key));
            assert_eq!(Kind::named(key.kind().name()), Some(key.kind()));
        }
    }

    #[test]
    fn votes_and_follows_are_seen_by_their_owner_only() {
        let (person, topic) = (PersonId(1), TopicId(2));
        for key in [Key::Vote(person, topic), Key::Follow(person, topic), Key::Voter(person)] {
            assert_eq!(key.audience(), Audience::Only(person));
        }
    }
}
