//! Doing an op: the only place where rows of a community change.

use super::{Changed, check};
use crate::digest::Fnv;
use crate::id::{PersonId, TopicId};
use crate::member::{Member, Size, Volunteering};
use crate::op::{Op, Profile, Stamp};
use crate::planted::{Bug, planted};
use crate::rejection::Rejection;
use crate::row::{Count, Key, Mark, Row};
use crate::slice::Slice;
use crate::topic::{Stage, Topic, Wording};

/// Does `op` in the name of `stamp.actor`, or says why not and changes nothing.
///
/// Doing it again changes nothing more, except for [`Op::Shown`] (see there).
pub fn apply(slice: &mut Slice, stamp: &Stamp, op: &Op) -> Result<Changed, Rejection> {
    check(slice, stamp, op)?;
    let mut hand = Hand { slice, changed: Changed::new() };
    match op {
        Op::Propose { topic, wording } => hand.propose(stamp, *topic, wording),
        Op::Edit { topic, wording, .. } => hand.edit(*topic, wording),
        Op::Move { topic, stage } => hand.relocate(*topic, *stage),
        Op::Merge { topic, into } => hand.merge(*topic, *into),
        Op::Unmerge { topic } => hand.unmerge(*topic),
        Op::Shown { topics } => hand.shown(topics),
        Op::Vote { topic, on } => hand.vote(stamp.actor, *topic, *on),
        Op::Follow { topic, on } => {
            hand.set(Key::Follow(stamp.actor, *topic), on.then_some(Row::Follow(Mark {})));
        }
        Op::Volunteer { topic, size } => hand.volunteer(stamp, *topic, *size),
        Op::Join(profile) => hand.join(stamp, profile),
        Op::Leave {} => hand.leave(stamp.actor),
        Op::Erase {} => hand.erase(stamp),
        Op::Settle(community) => hand.set(Key::Community, Some(Row::Community(community.clone().into()))),
    }
    Ok(hand.changed)
}

/// Changes rows and remembers which.
struct Hand<'a> {
    slice: &'a mut Slice,
    changed: Changed,
}

impl Hand<'_> {
    /// Makes the row under `key` what it should be; a row that is so already counts as unchanged.
    fn set(&mut self, key: Key, row: Option<Row>) {
        if self.slice.get(&key) == row.as_ref() {
            return;
        }
        match row {
            Some(row) => self.slice.put(key, row),
            None => self.slice.remove(&key),
        }
        if let Err(place) = self.changed.binary_search(&key) {
            self.changed.insert(place, key);
        }
    }

    fn topic(&mut self, id: TopicId, change: &dyn Fn(&mut Topic)) {
        if let Some(topic) = self.slice.topic(id) {
            let mut topic = topic.clone();
            change(&mut topic);
            self.set(Key::Topic(id), Some(Row::Topic(topic.into())));
        }
    }

    fn propose(&mut self, stamp: &Stamp, id: TopicId, wording: &Wording) {
        if self.slice.topic(id).is_some() {
            return;
        }
        let topic = Topic {
            wording: wording.clone(),
            rev: 0,
            stage: Stage::Proposed,
            at: stamp.at,
            by: Some(stamp.actor),
            merged_into: None,
            merged: Vec::new(),
        };
        self.set(Key::Topic(id), Some(Row::Topic(topic.into())));
        self.set(Key::Exposure(id), Some(Row::Exposure(Count::default())));
        if self.slice.is_whole() || self.slice.sees_tallies(stamp.actor) {
            self.set(Key::Tally(id), Some(Row::Tally(Count::default())));
        }
        self.set(Key::Follow(stamp.actor, id), Some(Row::Follow(Mark {})));
    }

    fn edit(&mut self, id: TopicId, wording: &Wording) {
        self.topic(id, &|topic| {
            if !topic.wording.says_the_same_as(wording) {
                topic.wording = wording.clone();
                topic.rev = topic.rev.saturating_add(1);
            }
        });
    }

    fn relocate(&mut self, id: TopicId, stage: Stage) {
        self.topic(id, &|topic| topic.stage = stage);
    }

    fn merge(&mut self, id: TopicId, into: TopicId) {
        self.topic(id, &|topic| topic.merged_into = Some(into));
        self.topic(into, &|topic| {
            if !topic.merged.contains(&id) {
                topic.merged.push(id);
            }
        });
        self.count_again(into);
    }

    fn unmerge(&mut self, id: TopicId) {
        let Some(from) = self.slice.topic(id).and_then(|topic| topic.merged_into) else {
            return;
        };
        self.topic(id, &|topic| topic.merged_into = None);
        self.topic(from, &|topic| topic.merged.retain(|part| *part != id));
        self.count_again(self.slice.root(from));
        self.count_again(id);
    }

    /// Counts the voters of a topic afresh. Who does not see every vote knows the number only from the backend.
    fn count_again(&mut self, root: TopicId) {
        let voters = self.slice.voters(root).len();
        let known =
            self.slice.is_whole().then(|| Row::Tally(Count { n: u32::try_from(voters).unwrap_or(u32::MAX) }));
        self.set(Key::Tally(root), known);
    }

    fn shown(&mut self, topics: &[TopicId]) {
        for topic in topics {
            if let Some(n) = self.slice.count(&Key::Exposure(*topic)) {
                self.set(Key::Exposure(*topic), Some(Row::Exposure(Count { n: n.saturating_add(1) })));
            }
        }
    }

    fn vote(&mut self, person: PersonId, topic: TopicId, on: bool) {
        let root = self.slice.root(topic);
        let stands = self.slice.has_voted(person, root);
        let on = if planted(Bug::Toggle) { !stands } else { on };
        if on == stands {
            return;
        }
        if on {
            self.set(Key::Vote(person, root), Some(Row::Vote(Mark {})));
            self.set(Key::Voter(person), Some(Row::Voter(Mark {})));
        } else {
            for part in self.slice.group(root) {
                self.set(Key::Vote(person, part), None);
            }
        }
        if let Some(n) = self.slice.count(&Key::Tally(root)) {
            let n = if on { n.saturating_add(1) } else { n.saturating_sub(1) };
            self.set(Key::Tally(root), Some(Row::Tally(Count { n })));
        }
    }

    fn volunteer(&mut self, stamp: &Stamp, topic: TopicId, size: Option<Size>) {
        let offer = size.map(|size| Row::Volunteering(Volunteering { size, at: stamp.at }));
        self.set(Key::Volunteering(topic, stamp.actor), offer);
    }

    fn join(&mut self, stamp: &Stamp, profile: &Profile) {
        let joined = self.slice.member(stamp.actor).map_or(stamp.at, |member| member.at);
        let Profile { name, size, offers, wants } = profile.clone();
        let member = Member { name: name.trim().to_owned(), size, offers, wants, at: joined };
        self.set(Key::Member(stamp.actor), Some(Row::Member(member.into())));
    }

    fn leave(&mut self, person: PersonId) {
        self.set(Key::Member(person), None);
        let offers: Vec<TopicId> =
            self.slice.volunteering().filter(|(_, who, _)| *who == person).map(|(topic, ..)| topic).collect();
        for topic in offers {
            self.set(Key::Volunteering(topic, person), None);
        }
    }

    /// Forgets a person. Votes on open topics are withdrawn, since the person could cast them again under another
    /// name; votes on topics past voting stay under a name that means nobody, so that closed tallies hold.
    fn erase(&mut self, stamp: &Stamp) {
        let person = stamp.actor;
        self.leave(person);
        let votes: Vec<TopicId> = self.slice.votes_of(person).collect();
        for topic in votes {
            let root = self.slice.root(topic);
            if self.slice.topic(root).is_none_or(|root| root.stage.takes_votes()) {
                self.vote(person, topic, false);
            } else {
                self.set(Key::Vote(person, topic), None);
                if self.slice.is_whole() {
                    self.set(Key::Vote(nobody(stamp, root), topic), Some(Row::Vote(Mark {})));
                }
            }
        }
        let followed: Vec<TopicId> = self.slice.followed_by(person).collect();
        for topic in followed {
            self.set(Key::Follow(person, topic), None);
        }
        let proposed: Vec<TopicId> =
            self.slice.topics().filter(|(_, topic)| topic.by == Some(person)).map(|(id, _)| id).collect();
        for id in proposed {
            self.topic(id, &|topic| topic.by = None);
        }
        self.set(Key::Voter(person), None);
        self.set(Key::Facilitator(person), None);
    }
}

/// A name that leads back to nobody: the act that forgets a person is itself forgotten to have been theirs.
fn nobody(stamp: &Stamp, root: TopicId) -> PersonId {
    let half = |salt: u64| {
        let mut hash = Fnv::default();
        hash.u128(stamp.op.0).u128(root.0).u64(salt);
        u128::from(hash.finish())
    };
    PersonId(half(1) << 64 | half(2))
}
