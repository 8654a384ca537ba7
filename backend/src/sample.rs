//! A community a month after its kick-off, for whoever wants to see one: `backend/sample/artisanat-logiciel.json`.
//!
//! It is played through the same rules as everything else, as ops of people who do not exist, so that it cannot hold
//! anything that real people could not have done.

use std::collections::{BTreeMap, BTreeSet};

use cercle_domain::community::Community;
use cercle_domain::id::{CommunityId, Millis, OpId, PersonId, TopicId};
use cercle_domain::member::{Size, Skill};
use cercle_domain::op::{Op, Profile};
use cercle_domain::protocol::{SyncRequest, VERSION};
use cercle_domain::topic::{Stage, Wording};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::core::{Ask, Core, News, RawOp, Refusal};

/// The name of the community.
pub const COMMUNITY: &str = "artisanat-logiciel";

#[derive(Deserialize)]
struct Sample {
    settings: Community,
    /// How many people only looked and voted.
    visitors: usize,
    members: Vec<SampleMember>,
    topics: Vec<SampleTopic>,
}

#[derive(Deserialize)]
struct SampleMember {
    who: String,
    name: String,
    size: Size,
    offers: Vec<Skill>,
    wants: Vec<Skill>,
    days_ago: u64,
    #[serde(default)]
    facilitates: bool,
    votes: BTreeSet<String>,
}

#[derive(Deserialize)]
struct SampleTopic {
    topic: String,
    title: String,
    text: String,
    wants: Vec<Skill>,
    by: String,
    days_ago: u64,
    stage: Stage,
    visitor_votes: usize,
    /// How many people were shown it, voters included.
    shown: usize,
    volunteers: BTreeMap<String, Size>,
}

/// Why there is no sample.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The file is not what it should be.
    #[error("the sample cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The core refused.
    #[error("the sample cannot be played: {0}")]
    Refused(#[from] Refusal),
    /// The rules rejected something.
    #[error("the rules reject a part of the sample: {0}")]
    Rejected(String),
}

/// Fills the community, unless it has topics, and says with which code one becomes its next facilitator.
pub fn play(core: &mut Core, now: Millis) -> Result<Option<News>, SampleError> {
    let sample: Sample = serde_json::from_str(include_str!("../sample/artisanat-logiciel.json"))?;
    let community: CommunityId = COMMUNITY.parse().map_err(|_| Refusal::CommunityUnknown)?;
    let mut month = Month::new(community, now);
    if core.has_topics(&month.community)? {
        return Ok(None);
    }
    for member in sample.members.iter().filter(|member| member.facilitates) {
        let fresh = core.renew_code(&month.community).map_err(Refusal::from)?;
        let hash = core.secret().code(&month.community, &fresh);
        let op = OpId(name("claim", &member.who));
        core.claim(person(&member.who), &month.community, now, op, &hash)?;
    }
    month.fill(&sample);
    let asks = month.asks();
    for (ask, answer) in asks.iter().zip(core.sync(&asks)) {
        if let Some(code) = answer?.receipts.iter().find_map(|receipt| receipt.code) {
            return Err(SampleError::Rejected(format!("{code}: {:?}", ask.request.ops)));
        }
    }
    let fresh = core.renew_code(&month.community).map_err(Refusal::from)?;
    // The code of its opening is used up by now.
    core.news().clear();
    let community = month.community;
    Ok(Some(News::Opened { community, code: fresh }))
}

/// Everything that happened, in order, each with how many days ago.
struct Month {
    community: CommunityId,
    now: Millis,
    acts: Vec<(PersonId, u64, Op)>,
}

impl Month {
    fn new(community: CommunityId, now: Millis) -> Self {
        Self { community, now, acts: Vec::new() }
    }

    fn add(&mut self, person: PersonId, days_ago: u64, op: Op) {
        self.acts.push((person, days_ago, op));
    }

    fn fill(&mut self, sample: &Sample) {
        for member in &sample.members {
            self.join(member);
        }
        if let Some(facilitator) = sample.members.iter().find(|member| member.facilitates) {
            let settings = Op::Settle(sample.settings.clone());
            self.add(person(&facilitator.who), facilitator.days_ago, settings);
            // Topics past voting come first: their votes were refunded before the others were cast.
            let (open, closed): (Vec<_>, Vec<_>) =
                sample.topics.iter().partition(|topic| topic.stage.takes_votes());
            let mut crowd = Crowd::new(sample);
            for topic in closed.into_iter().chain(open) {
                self.topic(topic, person(&facilitator.who), &mut crowd);
            }
            for (person, topics) in crowd.shown {
                self.add(person, 20, Op::Shown { topics });
            }
        }
    }

    fn join(&mut self, member: &SampleMember) {
        let profile = Profile {
            name: member.name.clone(),
            size: member.size,
            offers: member.offers.clone(),
            wants: member.wants.clone(),
        };
        self.add(person(&member.who), member.days_ago, Op::Join(profile));
    }

    fn topic(&mut self, sample: &SampleTopic, facilitator: PersonId, crowd: &mut Crowd<'_>) {
        let topic = TopicId(name("topic", &sample.topic));
        let days_ago = sample.days_ago;
        let wording =
            Wording { title: sample.title.clone(), text: sample.text.clone(), wants: sample.wants.clone() };
        self.add(person(&sample.by), days_ago, Op::Propose { topic, wording });
        for voter in crowd.look_and_vote(sample, topic) {
            self.add(voter, days_ago, Op::Vote { topic, on: true });
        }
        if sample.stage != Stage::Proposed {
            let stage = sample.stage;
            self.add(facilitator, days_ago / 2, Op::Move { topic, stage });
        }
        for (who, size) in &sample.volunteers {
            let size = Some(*size);
            self.add(person(who), days_ago / 2, Op::Volunteer { topic, size });
        }
    }

    fn asks(&self) -> Vec<Ask> {
        let ask = |(nth, (actor, days_ago, op)): (usize, &(PersonId, u64, Op))| {
            let json = serde_json::to_value(op).ok()?;
            let raw = RawOp {
                id: OpId(name("op", &nth.to_string())),
                t: json.get("t")?.as_str()?.to_owned(),
                a: json.get("a")?.clone(),
            };
            Some(Ask {
                actor: *actor,
                community: self.community.clone(),
                at: Millis(self.now.0.saturating_sub(days_ago * Millis::DAY)),
                request: SyncRequest { v: VERSION, epoch: None, since: None, ops: vec![raw] },
                limit: 0,
            })
        };
        self.acts.iter().enumerate().filter_map(ask).collect()
    }
}

/// Everybody who looks and votes.
struct Crowd<'a> {
    members: &'a [SampleMember],
    visitors: Vec<PersonId>,
    /// The visitor who votes next: each in turn, so that all stay within their votes.
    next: usize,
    shown: BTreeMap<PersonId, Vec<TopicId>>,
}

impl<'a> Crowd<'a> {
    fn new(sample: &'a Sample) -> Self {
        let visitor = |nth: usize| PersonId(name("visitor", &nth.to_string()));
        Self {
            members: &sample.members,
            visitors: (0..sample.visitors).map(visitor).collect(),
            next: 0,
            shown: BTreeMap::new(),
        }
    }

    /// Those who vote for a topic. As many as should have seen it have, the voters first.
    fn look_and_vote(&mut self, sample: &SampleTopic, topic: TopicId) -> Vec<PersonId> {
        let fans = self.members.iter().filter(|member| member.votes.contains(&sample.topic));
        let mut voters: Vec<PersonId> = fans.map(|member| person(&member.who)).collect();
        for _ in 0..sample.visitor_votes {
            voters.push(self.visitors[self.next % self.visitors.len()]);
            self.next += 1;
        }
        let members = self.members.iter().map(|member| person(&member.who));
        let others: Vec<PersonId> = members.chain(self.visitors.iter().copied()).collect();
        let others = others.iter().filter(|person| !voters.contains(person));
        for person in voters.iter().chain(others).take(sample.shown) {
            self.shown.entry(*person).or_default().push(topic);
        }
        voters
    }
}

fn person(who: &str) -> PersonId {
    PersonId(name("person", who))
}

/// The same id in every database.
fn name(kind: &str, text: &str) -> u128 {
    let hash = Sha256::digest(format!("{COMMUNITY} {kind} {text}"));
    hash[..16].iter().fold(0, |id, byte| id << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use cercle_domain::id::{Epoch, Ver};
    use cercle_domain::row::Kind;
    use cercle_domain::{Key, Row};

    use super::*;
    use crate::core::Openings;
    use crate::secret::Secret;
    use crate::server::new_codes;
    use crate::store::memory::Memory;
    use crate::store::{Identity, Store as _};

    const NOW: Millis = Millis(400 * Millis::DAY);

    fn played() -> (Memory, Core) {
        let secret = Secret::new([1; 32]);
        let identity = Identity { epoch: Epoch(1), secret: secret.clone() };
        let store = Memory::new(identity);
        let openings = Openings::Anybody { max: 1 };
        let mut core = Core::new(Box::new(store.clone()), openings, new_codes(secret)).unwrap();
        assert!(play(&mut core, NOW).unwrap().is_some());
        (store, core)
    }

    fn rows(store: &mut Memory) -> Vec<(Key, Row)> {
        let since = store.since(&COMMUNITY.parse().unwrap(), Ver(0)).unwrap().unwrap();
        since.rows.into_iter().filter_map(|row| Some((row.key, row.row?))).collect()
    }

    #[test]
    fn the_rules_allow_all_of_it_and_it_looks_like_a_community() {
        let (mut store, _) = played();
        let rows = rows(&mut store);
        let count = |kind: Kind| rows.iter().filter(|(key, _)| key.kind() == kind).count();
        assert_eq!((count(Kind::Topic), count(Kind::Member), count(Kind::Facilitator)), (40, 16, 2));
        let stages = |wanted: Stage| {
            let there = |(_, row): &&(Key, Row)| matches!(row, Row::Topic(topic) if topic.stage == wanted);
            rows.iter().filter(there).count()
        };
        assert_eq!(Stage::ALL.map(stages), [26, 7, 2, 2, 1, 2]);
        for (key, row) in &rows {
            if let Row::Topic(topic) = row {
                assert!(topic.wording.title.chars().count() <= 80, "{key:?}");
                assert!(topic.at < NOW, "{key:?}");
            }
        }
    }

    #[test]
    fn it_is_played_once() {
        let (mut store, mut core) = played();
        let before = rows(&mut store);
        assert!(play(&mut core, NOW).unwrap().is_none());
        assert_eq!(rows(&mut store), before);
    }
}
