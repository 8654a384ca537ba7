//! What the oracle says of rows and of screens.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use cercle::app::screen::Screen;
use cercle_domain::id::{PersonId, TopicId};
use cercle_domain::protocol::WireRow;
use cercle_domain::{Key, Row};

use super::{Oracle, Voter};

impl Oracle {
    /// What these rows, which are all there are, say otherwise.
    pub(crate) fn differs_from(&self, rows: &[WireRow]) -> Vec<String> {
        let mut said = Said::default();
        for (key, row) in rows.iter().filter_map(|row| Some((row.key, row.row.as_ref()?))) {
            said.take(key, row);
        }
        let mut faults = Vec::new();
        let topics = self.topics.iter().map(|(id, fact)| {
            (*id, (fact.by, fact.wording.title.clone(), fact.edits, fact.stage, fact.part_of))
        });
        same("topics", &topics.collect(), &said.topics, &mut faults);
        let mut votes: BTreeSet<(PersonId, TopicId)> = BTreeSet::new();
        let mut nobodies: Vec<TopicId> = Vec::new();
        for (voter, topic) in &self.votes {
            match voter {
                Voter::Person(person) => drop(votes.insert((*person, *topic))),
                Voter::Nobody(..) => nobodies.push(*topic),
            }
        }
        let (known, unknown): (Vec<_>, Vec<_>) =
            said.votes.iter().copied().partition(|(person, _)| said.voters.contains(person));
        same("votes", &votes, &known.into_iter().collect(), &mut faults);
        let mut unknown: Vec<TopicId> = unknown.into_iter().map(|(_, topic)| topic).collect();
        unknown.sort_unstable();
        nobodies.sort_unstable();
        same("votes of nobody", &nobodies, &unknown, &mut faults);
        same("voters", &self.have_voted, &said.voters, &mut faults);
        same("follows", &self.follows, &said.follows, &mut faults);
        same("offers", &self.offers, &said.offers, &mut faults);
        same("members", &self.members, &said.members, &mut faults);
        same("facilitators", &self.facilitators, &said.facilitators, &mut faults);
        let shown = self.topics.iter().map(|(id, fact)| (*id, fact.shown)).collect();
        same("looks", &shown, &said.exposures, &mut faults);
        let stands = |id: &TopicId| self.topics.get(id).is_some_and(|fact| fact.part_of.is_none());
        said.tallies.retain(|id, _| stands(id));
        same("tallies", &self.tallies(), &said.tallies, &mut faults);
        faults
    }

    fn tallies(&self) -> BTreeMap<TopicId, u32> {
        let standing = self.topics.iter().filter(|(_, fact)| fact.part_of.is_none());
        standing.map(|(id, _)| (*id, u32::try_from(self.voters(*id).len()).unwrap_or(u32::MAX))).collect()
    }

    /// Whether a person may see a row.
    pub(crate) fn shows(&self, person: PersonId, key: &Key) -> bool {
        match key {
            Key::Voter(who) | Key::Vote(who, _) | Key::Follow(who, _) => *who == person,
            Key::Tally(_) => self.sees_tallies(person),
            _ => true,
        }
    }

    fn sees_tallies(&self, person: PersonId) -> bool {
        self.tallies_open || self.have_voted.contains(&person)
    }

    /// What this screen, which shows all news, says otherwise to this person.
    pub(crate) fn differs_on(&self, screen: &Screen, person: PersonId) -> Vec<String> {
        let mut faults = Vec::new();
        let cards = screen.columns.iter().flat_map(|column| &column.cards);
        let seen = cards.map(|card| (card.id, (card.stage, card.vote.mine, card.vote.tally, card.followed)));
        let tallies = if self.sees_tallies(person) { self.tallies() } else { BTreeMap::new() };
        let standing = self.topics.iter().filter(|(_, fact)| fact.part_of.is_none());
        let expected = standing.map(|(id, fact)| {
            let mine = self.voters(*id).contains(&Voter::Person(person));
            (*id, (fact.stage, mine, tallies.get(id).copied(), self.follows.contains(&(person, *id))))
        });
        same("cards", &expected.collect(), &seen.collect::<BTreeMap<_, _>>(), &mut faults);
        faults
    }
}

/// Who proposed a topic, what it is called, its revision, its stage, and what it is a part of.
type Standing = (Option<PersonId>, String, u32, cercle_domain::topic::Stage, Option<TopicId>);

/// What rows say, in the oracle's own words.
#[derive(Default)]
struct Said {
    topics: BTreeMap<TopicId, Standing>,
    votes: BTreeSet<(PersonId, TopicId)>,
    voters: BTreeSet<PersonId>,
    follows: BTreeSet<(PersonId, TopicId)>,
    offers: BTreeMap<(TopicId, PersonId), cercle_domain::member::Size>,
    members: BTreeMap<PersonId, String>,
    facilitators: BTreeSet<PersonId>,
    exposures: BTreeMap<TopicId, u32>,
    tallies: BTreeMap<TopicId, u32>,
}

impl Said {
    fn take(&mut self, key: Key, row: &Row) {
        match (key, row) {
            (Key::Topic(id), Row::Topic(topic)) => {
                let title = topic.wording.title.clone();
                self.topics.insert(id, (topic.by, title, topic.rev, topic.stage, topic.merged_into));
            }
            (Key::Vote(person, topic), _) => drop(self.votes.insert((person, topic))),
            (Key::Voter(person), _) => drop(self.voters.insert(person)),
            (Key::Follow(person, topic), _) => drop(self.follows.insert((person, topic))),
            (Key::Volunteering(topic, person), Row::Volunteering(offer)) => {
                self.offers.insert((topic, person), offer.size);
            }
            (Key::Member(person), Row::Member(member)) => {
                drop(self.members.insert(person, member.name.clone()));
            }
            (Key::Facilitator(person), _) => drop(self.facilitators.insert(person)),
            (Key::Exposure(topic), Row::Exposure(count)) => drop(self.exposures.insert(topic, count.n)),
            (Key::Tally(topic), Row::Tally(count)) => drop(self.tallies.insert(topic, count.n)),
            _ => {}
        }
    }
}

fn same<T: PartialEq + Debug>(what: &str, expected: &T, found: &T, faults: &mut Vec<String>) {
    if expected != found {
        faults.push(format!("{what}: expected {expected:?}, found {found:?}"));
    }
}
