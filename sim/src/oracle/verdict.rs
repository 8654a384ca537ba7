//! Whether an op should be taken.

use cercle_domain::Op;
use cercle_domain::id::{PersonId, TopicId};
use std::collections::BTreeSet;

use super::{Oracle, Voter, says_the_same};

/// The cap of a community that nobody gave another; people in histories never do.
const CAP: usize = 5;

impl Oracle {
    /// Whether this should be taken from this person now.
    pub(crate) fn takes(&self, actor: PersonId, op: &Op) -> bool {
        let facilitates = self.facilitators.contains(&actor);
        let known = |topic: &TopicId| self.topics.contains_key(topic);
        let stands = |topic: &TopicId| self.topics.get(topic).is_some_and(|fact| fact.part_of.is_none());
        match op {
            Op::Propose { topic, .. } => self.topics.get(topic).is_none_or(|fact| fact.by == Some(actor)),
            Op::Edit { topic, base, wording } => {
                let fact = self.topics.get(topic);
                let fits =
                    fact.is_some_and(|fact| fact.edits == *base || says_the_same(&fact.wording, wording));
                facilitates && stands(topic) && fits
            }
            Op::Move { topic, .. } => facilitates && stands(topic),
            Op::Merge { topic, into } => {
                let part_of = self.topics.get(topic).and_then(|fact| fact.part_of);
                let free = part_of.is_none_or(|whole| whole == *into);
                facilitates && known(topic) && stands(into) && free && !self.parts(*topic).contains(into)
            }
            Op::Unmerge { topic } => facilitates && known(topic) && !stands(topic),
            Op::Vote { topic, on } => known(topic) && (!on || self.may_vote(actor, *topic)),
            Op::Follow { topic, .. } | Op::Volunteer { topic, size: None } => known(topic),
            Op::Volunteer { topic, .. } => known(topic) && (facilitates || self.members.contains_key(&actor)),
            Op::Settle(_) => facilitates,
            Op::Shown { .. } | Op::Join(_) | Op::Leave {} | Op::Erase {} => true,
        }
    }

    fn may_vote(&self, actor: PersonId, topic: TopicId) -> bool {
        let root = self.root(topic);
        let counts = |topic: TopicId| Some(self.root(topic)).filter(|root| self.is_open(*root));
        let spent: BTreeSet<TopicId> = self.votes_of(actor).filter_map(counts).collect();
        let again = self.voters(root).contains(&Voter::Person(actor));
        again || (self.is_open(root) && spent.len() < CAP)
    }
}
