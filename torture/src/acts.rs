//! What people do: a bit of everything that a visitor can do, with some regret.

use cercle_domain::Op;
use cercle_domain::id::{OpId, TopicId};
use cercle_domain::member::Size;
use cercle_domain::op::Profile;
use cercle_domain::protocol::SentOp;
use cercle_domain::topic::Wording;

use crate::chance::Chance;

/// How many topics everybody argues about.
const TOPICS: u128 = 20;

/// The first push into an empty community: the topics that everybody argues about.
pub fn opening(chance: &mut Chance) -> Vec<SentOp> {
    (1..=TOPICS).map(|topic| sent(chance, propose(TopicId(topic)))).collect()
}

/// Some acts of one person, under random ids.
pub fn some(chance: &mut Chance) -> Vec<SentOp> {
    let many = 1 + chance.below(5);
    (0..many)
        .map(|_| {
            let op = one(chance);
            sent(chance, op)
        })
        .collect()
}

fn sent(chance: &mut Chance, op: Op) -> SentOp {
    SentOp { id: OpId(chance.id()), op }
}

fn one(chance: &mut Chance) -> Op {
    let topic = TopicId(u128::from(chance.below(20)) + 1);
    match chance.below(20) {
        0..8 => Op::Vote { topic, on: !chance.once_in(3) },
        // Its count cannot tell who looked: done twice, it shows.
        8..12 => Op::Shown { topics: vec![topic] },
        12..14 => Op::Follow { topic, on: !chance.once_in(3) },
        14..16 => {
            let size = if chance.once_in(3) { None } else { Some(Size::Quarter) };
            Op::Volunteer { topic, size }
        }
        16..18 => Op::Join(Profile {
            name: "Ada".to_owned(),
            size: Size::Quarter,
            offers: Vec::new(),
            wants: Vec::new(),
        }),
        18 if chance.once_in(3) => Op::Leave {},
        _ => propose(TopicId(chance.id())),
    }
}

fn propose(topic: TopicId) -> Op {
    let title = format!("Topic {topic}");
    Op::Propose { topic, wording: Wording { title, ..Wording::default() } }
}
