//! A second opinion: a naive model of votes, sign-ups and moves, which shares no code with the rules it judges.
//!
//! It is told who did what in the order of the backend's log, and keeps plain sets. Whatever can be counted is counted
//! afresh each time, the slow and obvious way. It also says whether an op should have been taken at all.

mod compare;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use cercle_domain::Op;
use cercle_domain::id::{OpId, PersonId, TopicId};
use cercle_domain::member::Size;
use cercle_domain::topic::{Stage, Wording};

/// What the community should be.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    topics: BTreeMap<TopicId, Fact>,
    votes: BTreeSet<(Voter, TopicId)>,
    have_voted: BTreeSet<PersonId>,
    follows: BTreeSet<(PersonId, TopicId)>,
    offers: BTreeMap<(TopicId, PersonId), Size>,
    members: BTreeMap<PersonId, String>,
    facilitators: BTreeSet<PersonId>,
    tallies_open: bool,
}

#[derive(Debug)]
struct Fact {
    by: Option<PersonId>,
    wording: Wording,
    edits: u32,
    stage: Stage,
    part_of: Option<TopicId>,
    shown: u32,
}

/// Who voted: a person, or nobody any more. One erasure leaves one nobody for each topic that speaks for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voter {
    Person(PersonId),
    Nobody(OpId, TopicId),
}

impl Oracle {
    pub(crate) fn appoint(&mut self, person: PersonId) {
        self.facilitators.insert(person);
    }

    /// Somebody did something, and it was taken.
    pub(crate) fn happens(&mut self, actor: PersonId, id: OpId, op: &Op) {
        match op {
            Op::Propose { topic, wording } => self.propose(actor, *topic, wording),
            Op::Edit { topic, wording, .. } => {
                if let Some(fact) = self.topics.get_mut(topic)
                    && !says_the_same(&fact.wording, wording)
                {
                    fact.wording = wording.clone();
                    fact.edits += 1;
                }
            }
            Op::Move { topic, stage } => {
                if let Some(fact) = self.topics.get_mut(topic) {
                    fact.stage = *stage;
                }
            }
            Op::Merge { topic, into } => {
                if let Some(fact) = self.topics.get_mut(topic) {
                    fact.part_of = Some(*into);
                }
            }
            Op::Unmerge { topic } => {
                if let Some(fact) = self.topics.get_mut(topic) {
                    fact.part_of = None;
                }
            }
            Op::Shown { topics } => {
                for topic in topics {
                    if let Some(fact) = self.topics.get_mut(topic) {
                        fact.shown += 1;
                    }
                }
            }
            Op::Vote { topic, on } => self.vote(actor, *topic, *on),
            Op::Follow { topic, on: true } => drop(self.follows.insert((actor, *topic))),
            Op::Follow { topic, on: false } => drop(self.follows.remove(&(actor, *topic))),
            Op::Volunteer { topic, size: Some(size) } => drop(self.offers.insert((*topic, actor), *size)),
            Op::Volunteer { topic, size: None } => drop(self.offers.remove(&(*topic, actor))),
            Op::Join(profile) => drop(self.members.insert(actor, profile.name.clone())),
            Op::Leave {} => self.leave(actor),
            Op::Erase {} => self.erase(actor, id),
            Op::Settle(community) => self.tallies_open = !community.hide_tallies,
        }
    }

    fn propose(&mut self, actor: PersonId, topic: TopicId, wording: &Wording) {
        if self.topics.contains_key(&topic) {
            return;
        }
        let fact = Fact {
            by: Some(actor),
            wording: wording.clone(),
            edits: 0,
            stage: Stage::Proposed,
            part_of: None,
            shown: 0,
        };
        self.topics.insert(topic, fact);
        self.follows.insert((actor, topic));
    }

    fn vote(&mut self, actor: PersonId, topic: TopicId, on: bool) {
        let root = self.root(topic);
        let voter = Voter::Person(actor);
        if on {
            if !self.voters(root).contains(&voter) {
                self.votes.insert((voter, root));
                self.have_voted.insert(actor);
            }
        } else {
            for part in self.parts(root) {
                self.votes.remove(&(voter, part));
            }
        }
    }

    fn leave(&mut self, actor: PersonId) {
        self.members.remove(&actor);
        self.offers.retain(|(_, person), _| *person != actor);
    }

    fn erase(&mut self, actor: PersonId, id: OpId) {
        self.leave(actor);
        let theirs: Vec<TopicId> = self.votes_of(actor).collect();
        for topic in theirs {
            let root = self.root(topic);
            self.votes.remove(&(Voter::Person(actor), topic));
            if !self.is_open(root) {
                self.votes.insert((Voter::Nobody(id, root), topic));
            }
        }
        self.follows.retain(|(person, _)| *person != actor);
        self.have_voted.remove(&actor);
        self.facilitators.remove(&actor);
        for fact in self.topics.values_mut().filter(|fact| fact.by == Some(actor)) {
            fact.by = None;
        }
    }

    fn root(&self, topic: TopicId) -> TopicId {
        match self.topics.get(&topic).and_then(|fact| fact.part_of) {
            Some(whole) => self.root(whole),
            None => topic,
        }
    }

    /// A topic and all that became a part of it.
    fn parts(&self, root: TopicId) -> Vec<TopicId> {
        let below = |topic: &TopicId| {
            let mut at = Some(*topic);
            while let Some(topic) = at {
                if topic == root {
                    return true;
                }
                at = self.topics.get(&topic).and_then(|fact| fact.part_of);
            }
            false
        };
        self.topics.keys().copied().filter(below).collect()
    }

    fn voters(&self, root: TopicId) -> BTreeSet<Voter> {
        let parts = self.parts(root);
        let votes = self.votes.iter().filter(|(_, topic)| parts.contains(topic));
        votes.map(|(voter, _)| *voter).collect()
    }

    fn votes_of(&self, person: PersonId) -> impl Iterator<Item = TopicId> {
        self.votes.iter().filter(move |(voter, _)| *voter == Voter::Person(person)).map(|(_, topic)| *topic)
    }

    fn is_open(&self, topic: TopicId) -> bool {
        let stage = self.topics.get(&topic).map(|fact| fact.stage);
        matches!(stage, Some(Stage::Proposed | Stage::Backlog))
    }
}

fn says_the_same(one: &Wording, other: &Wording) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(&one.title) == words(&other.title)
        && words(&one.text) == words(&other.text)
        && one.wants == other.wants
}
