//! What one actor may see of a community: rows by key.
//!
//! On the backend a slice is *whole*: it holds every row. In a browser it holds what that person may see. The same
//! rules run on both. Changes go into a layer above the rows that were there, so that a browser can show what it has
//! not sent yet, and a backend can forget what it could not store: see [`Slice::fork`].

mod runs; // in the order of keys

use std::cmp::Ordering;
use std::iter;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::community::{Community, UNSETTLED};
use crate::id::{PersonId, TopicId, Ver};
use crate::member::{Member, Volunteering};
use crate::role::Role;
use crate::row::{Audience, Key, Row};
use crate::topic::Topic;

use runs::Runs;

/// Rows by key. Cloning and forking are cheap; only what changed is held twice.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    below: Arc<Runs>,
    /// What changed above `below`.
    above: Runs,
    whole: bool,
}

/// What stands under a key.
#[derive(Debug, Clone)]
struct Held {
    /// `None` is a row that is gone, and stands above others only.
    row: Option<Row>,
    /// The version that it is known to have.
    ver: Option<Ver>,
}

/// From the first key to the last.
const ALL: RangeInclusive<Key> = Key::Community..=Key::Volunteering(TopicId(u128::MAX), PersonId(u128::MAX));

impl Slice {
    /// A slice that will hold every row of a community.
    #[must_use]
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Whether every row is here, other people's votes included.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The row under a key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Row> {
        self.above.get(key).or_else(|| self.below.get(key))?.row.as_ref()
    }

    /// Whether there is a row under a key.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        self.get(key).is_some()
    }

    /// Puts a row in place of whatever is there.
    pub fn put(&mut self, key: Key, row: Row) {
        self.above.insert(key, Held { row: Some(row), ver: None });
    }

    /// Puts a row of a known version, or that it is gone, where it is newer than what is there; settled at once.
    pub fn settle_version(&mut self, key: Key, row: Option<Row>, ver: Ver) {
        let below = Arc::make_mut(&mut self.below);
        if below.get(&key).is_some_and(|there| there.ver.is_some_and(|have| have >= ver)) {
            return;
        }
        match row {
            Some(row) => below.insert(key, Held { row: Some(row), ver: Some(ver) }),
            None => below.remove(&key),
        }
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: &Key) {
        self.above.insert(*key, Held { row: None, ver: None });
    }

    /// A slice that starts as this one and can be changed or dropped without touching it.
    ///
    /// # Panics
    /// Never; in debug builds it checks that this slice has been [settled](Self::settle) first.
    #[must_use]
    pub fn fork(&self) -> Self {
        debug_assert!(self.above.is_empty(), "only a settled slice is worth sharing");
        self.clone()
    }

    /// Makes the changes part of the rows below.
    pub fn settle(&mut self) {
        let below = Arc::make_mut(&mut self.below);
        for (key, held) in std::mem::take(&mut self.above) {
            if held.row.is_some() {
                below.insert(key, held);
            } else {
                below.remove(&key);
            }
        }
    }

    /// Every row, in the order of keys.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, &Row)> {
        self.span(ALL)
    }

    /// The version of every row that was put there with one, in the order of keys.
    pub fn versions(&self) -> impl Iterator<Item = (&Key, Ver)> {
        self.walk(ALL).filter_map(|(key, held)| Some((key, held.ver?)))
    }

    fn span(&self, keys: RangeInclusive<Key>) -> impl Iterator<Item = (&Key, &Row)> {
        self.walk(keys).filter_map(|(key, held)| Some((key, held.row.as_ref()?)))
    }

    /// What stands under some keys, in their order. Boxed, so that walking through rows is compiled once and not for each
    /// kind of them.
    fn walk(&self, keys: RangeInclusive<Key>) -> Box<dyn Iterator<Item = (&Key, &Held)> + '_> {
        let mut below = self.below.range(keys.clone()).peekable();
        let mut above = self.above.range(keys).peekable();
        Box::new(iter::from_fn(move || {
            let (Some((lower, _)), Some((upper, _))) = (below.peek(), above.peek()) else {
                return below.next().or_else(|| above.next());
            };
            match lower.cmp(upper) {
                Ordering::Less => below.next(),
                Ordering::Equal => {
                    below.next();
                    above.next()
                }
                Ordering::Greater => above.next(),
            }
        }))
    }
}

/// Reading in the words of the community.
impl Slice {
    /// The settings.
    #[must_use]
    pub fn community(&self) -> &Community {
        match self.get(&Key::Community) {
            Some(Row::Community(community)) => community,
            _ => &UNSETTLED,
        }
    }

    /// One topic.
    #[must_use]
    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        match self.get(&Key::Topic(id)) {
            Some(Row::Topic(topic)) => Some(topic),
            _ => None,
        }
    }

    /// Every topic, those merged into others included, by id.
    pub fn topics(&self) -> impl Iterator<Item = (TopicId, &Topic)> {
        self.span(Key::Topic(TopicId(0))..=Key::Topic(TopicId(u128::MAX))).filter_map(|entry| match entry {
            (Key::Topic(id), Row::Topic(topic)) => Some((*id, &**topic)),
            _ => None,
        })
    }

    /// The topic that speaks for this one: itself, or the one it was merged into, however far that goes.
    #[must_use]
    pub fn root(&self, id: TopicId) -> TopicId {
        let mut seen = Vec::new();
        let mut root = id;
        while let Some(into) = self.topic(root).and_then(|topic| topic.merged_into) {
            seen.push(root);
            // A loop cannot be made by the rules; rows from elsewhere must not hang us all the same.
            if seen.contains(&into) {
                break;
            }
            root = into;
        }
        root
    }

    /// A topic and everything merged into it, however deep, sorted by id.
    #[must_use]
    pub fn group(&self, root: TopicId) -> Vec<TopicId> {
        let mut group = Vec::new();
        let mut next = vec![root];
        while let Some(id) = next.pop() {
            if let Err(place) = group.binary_search(&id) {
                group.insert(place, id);
                next.extend(self.topic(id).into_iter().flat_map(|topic| &topic.merged));
            }
        }
        group
    }

    /// Everyone who joined.
    pub fn members(&self) -> impl Iterator<Item = (PersonId, &Member)> {
        self.span(Key::Member(PersonId(0))..=Key::Member(PersonId(u128::MAX))).filter_map(|entry| match entry
        {
            (Key::Member(person), Row::Member(member)) => Some((*person, &**member)),
            _ => None,
        })
    }

    /// Somebody who joined.
    #[must_use]
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        match self.get(&Key::Member(person)) {
            Some(Row::Member(member)) => Some(member),
            _ => None,
        }
    }

    /// What this person is here.
    #[must_use]
    pub fn role(&self, person: PersonId) -> Role {
        if self.has(&Key::Facilitator(person)) {
            Role::Facilitator
        } else if self.has(&Key::Member(person)) {
            Role::Member
        } else {
            Role::Visitor
        }
    }

    /// The topics that carry a vote of this person, by id.
    pub fn votes_of(&self, person: PersonId) -> impl Iterator<Item = TopicId> {
        self.span(Key::Vote(person, TopicId(0))..=Key::Vote(person, TopicId(u128::MAX))).filter_map(
            |(key, _)| match key {
                Key::Vote(_, topic) => Some(*topic),
                _ => None,
            },
        )
    }

    /// The topics whose votes of this person count against the cap: open ones, each once however it was merged.
    #[must_use]
    pub fn active_votes_of(&self, person: PersonId) -> Vec<TopicId> {
        let open = |id: &TopicId| self.topic(*id).is_some_and(|topic| topic.stage.takes_votes());
        let mut votes: Vec<TopicId> =
            self.votes_of(person).map(|topic| self.root(topic)).filter(open).collect();
        votes.sort_unstable();
        votes.dedup();
        votes
    }

    /// The people who voted for a topic or for one merged into it; on a slice that is not whole, those it shows.
    #[must_use]
    pub fn voters(&self, root: TopicId) -> Vec<PersonId> {
        let group = self.group(root);
        let all = Key::Vote(PersonId(0), TopicId(0))..=Key::Vote(PersonId(u128::MAX), TopicId(u128::MAX));
        let votes = self.span(all).filter_map(|(key, _)| match key {
            Key::Vote(person, topic) if group.binary_search(topic).is_ok() => Some(*person),
            _ => None,
        });
        let mut voters: Vec<PersonId> = votes.collect();
        voters.sort_unstable();
        voters.dedup();
        voters
    }

    /// Whether this person voted for a topic or for one merged into it.
    #[must_use]
    pub fn has_voted(&self, person: PersonId, root: TopicId) -> bool {
        self.group(root).into_iter().any(|topic| self.has(&Key::Vote(person, topic)))
    }

    /// The topics that this person follows, by id.
    pub fn followed_by(&self, person: PersonId) -> impl Iterator<Item = TopicId> {
        self.span(Key::Follow(person, TopicId(0))..=Key::Follow(person, TopicId(u128::MAX))).filter_map(
            |(key, _)| match key {
                Key::Follow(_, topic) => Some(*topic),
                _ => None,
            },
        )
    }

    /// The offers of help on one topic.
    pub fn volunteers(&self, topic: TopicId) -> impl Iterator<Item = (PersonId, &Volunteering)> {
        let all = Key::Volunteering(topic, PersonId(0))..=Key::Volunteering(topic, PersonId(u128::MAX));
        self.span(all).filter_map(|entry| match entry {
            (Key::Volunteering(_, person), Row::Volunteering(offer)) => Some((*person, offer)),
            _ => None,
        })
    }

    /// Every offer of help, by topic and person.
    pub fn volunteering(&self) -> impl Iterator<Item = (TopicId, PersonId, &Volunteering)> {
        let all = Key::Volunteering(TopicId(0), PersonId(0))
            ..=Key::Volunteering(TopicId(u128::MAX), PersonId(u128::MAX));
        self.span(all).filter_map(|entry| match entry {
            (Key::Volunteering(topic, person), Row::Volunteering(offer)) => Some((*topic, *person, offer)),
            _ => None,
        })
    }

    /// The count under a tally or exposure key; `None` where it is hidden or unknown.
    #[must_use]
    pub fn count(&self, key: &Key) -> Option<u32> {
        match self.get(key) {
            Some(Row::Tally(count) | Row::Exposure(count)) => Some(count.n),
            _ => None,
        }
    }

    /// The counts of one kind, [`Key::Tally`] or [`Key::Exposure`], by topic.
    pub fn counts(&self, kind: fn(TopicId) -> Key) -> impl Iterator<Item = (TopicId, u32)> {
        self.span(kind(TopicId(0))..=kind(TopicId(u128::MAX))).filter_map(|entry| match entry {
            (Key::Tally(topic) | Key::Exposure(topic), Row::Tally(count) | Row::Exposure(count)) => {
                Some((*topic, count.n))
            }
            _ => None,
        })
    }

    /// Whether this person may see how many votes topics have.
    #[must_use]
    pub fn sees_tallies(&self, person: PersonId) -> bool {
        !self.community().hide_tallies || self.has(&Key::Voter(person))
    }

    /// Whether this person may see the row under a key.
    #[must_use]
    pub fn shows(&self, person: PersonId, key: &Key) -> bool {
        match key.audience() {
            Audience::Everyone => true,
            Audience::Voters => self.sees_tallies(person),
            Audience::Only(owner) => owner == person,
        }
    }
}

#[cfg(test)]
mod tests;
