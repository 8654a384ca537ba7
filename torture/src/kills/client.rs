//! A device that pushes over HTTP, for some people who take turns, and remembers what it was told.

use std::net::SocketAddr;

use cercle_domain::id::PersonId;
use cercle_domain::protocol::{Outcome, Receipt, SentOp, SyncAnswer};
use serde_json::json;

use crate::acts;
use crate::chance::Chance;
use crate::wire::exchange;

/// How many people share a device: enough that none of them is told to slow down.
const PEOPLE: u64 = 8;

/// What somebody was told about an op.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) person: PersonId,
    pub(crate) sent: SentOp,
    pub(crate) receipt: Receipt,
}

/// What came of a push.
#[derive(Debug)]
pub(crate) enum Pushed {
    /// Receipts, one for each op.
    Answered(Vec<Told>),
    /// A problem: nothing was acknowledged.
    Refused,
    /// No answer, or half of one.
    CutOff,
}

/// One device.
#[derive(Debug)]
pub(crate) struct Client {
    name: usize,
    chance: Chance,
    /// Who pushed what without having been told anything.
    waiting: Option<(u64, Vec<SentOp>)>,
    pub(crate) ops: u64,
    pub(crate) unanswered: u64,
    pub(crate) kept_unanswered: u64,
    pub(crate) refused: u64,
}

impl Client {
    pub(crate) fn new(name: usize, chance: Chance) -> Self {
        Self { name, chance, waiting: None, ops: 0, unanswered: 0, kept_unanswered: 0, refused: 0 }
    }

    /// Pushes what waits, or something new.
    pub(crate) fn push(&mut self, address: SocketAddr) -> Pushed {
        if self.waiting.is_none() {
            let ops = acts::some(&mut self.chance);
            self.ops += ops.len() as u64;
            let person = self.chance.below(PEOPLE);
            return self.send(address, person, ops, false);
        }
        self.push_again(address)
    }

    /// Pushes the topics that everybody argues about.
    pub(crate) fn open(&mut self, address: SocketAddr) -> Pushed {
        let ops = acts::opening(&mut self.chance);
        self.ops += ops.len() as u64;
        self.send(address, 0, ops, false)
    }

    /// Pushes what waits, if anything does.
    pub(crate) fn push_again(&mut self, address: SocketAddr) -> Pushed {
        match self.waiting.take() {
            Some((person, ops)) => self.send(address, person, ops, true),
            None => Pushed::Answered(Vec::new()),
        }
    }

    fn send(&mut self, address: SocketAddr, person: u64, ops: Vec<SentOp>, again: bool) -> Pushed {
        let key = format!("{:x<40}", format!("device{}person{person}", self.name));
        let body = json!({"v": 1, "ops": ops}).to_string();
        match exchange(address, &key, &body) {
            Some((200, answer)) if let Ok(answer) = serde_json::from_str::<SyncAnswer>(&answer) => {
                let pairs = ops.into_iter().zip(answer.receipts);
                let told = pairs.map(|(sent, receipt)| Told { person: answer.you, sent, receipt });
                let told: Vec<_> = told.collect();
                let kept = told.iter().filter(|told| again && told.receipt.s == Outcome::Dup);
                self.kept_unanswered += kept.count() as u64;
                Pushed::Answered(told)
            }
            answer => {
                self.waiting = Some((person, ops));
                if answer.is_some() {
                    self.refused += 1;
                    return Pushed::Refused;
                }
                self.unanswered += self.waiting.iter().map(|(_, ops)| ops.len() as u64).sum::<u64>();
                Pushed::CutOff
            }
        }
    }
}
