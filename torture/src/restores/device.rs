//! A device of one person that remembers what was acknowledged, and by which incarnation of the database.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use cercle_domain::id::{Epoch, OpId, Ver};
use cercle_domain::protocol::{MAX_OPS, Outcome, SentOp, SyncAnswer};
use serde_json::json;

use crate::acts;
use crate::chance::Chance;
use crate::kills::Told;
use crate::model::Model;
use crate::wire::exchange;

/// How often a device may be told to come back before it is taken for stuck.
const PATIENCE: u32 = 200;
/// Between two pushes of one person, who would be told to slow down otherwise.
const PACE: Duration = Duration::from_millis(60);

pub(super) struct Device {
    key: String,
    chance: Chance,
    /// The incarnation that it speaks to.
    epoch: Option<Epoch>,
    since: Option<Ver>,
    /// What that one has acknowledged, in its order.
    saved: Vec<SentOp>,
    /// What it has not.
    waiting: Vec<SentOp>,
    pub(super) ops: u64,
    pub(super) unanswered: u64,
    pub(super) refused: u64,
    /// Ops that a backup lacked and that came back.
    pub(super) brought_back: u64,
    /// Ops that were acknowledged at least once.
    known: BTreeSet<OpId>,
}

impl Device {
    pub(super) fn new(name: u64, chance: Chance) -> Self {
        let key = format!("{:x<40}", format!("device{name}"));
        Self {
            key,
            chance,
            epoch: None,
            since: None,
            saved: Vec::new(),
            waiting: Vec::new(),
            ops: 0,
            unanswered: 0,
            refused: 0,
            brought_back: 0,
            known: BTreeSet::new(),
        }
    }

    /// Proposes what everybody argues about.
    pub(super) fn opens(&mut self, address: SocketAddr, model: &mut Model) {
        self.wants(acts::opening);
        while !self.waiting.is_empty() {
            let told = self.push(address);
            model.hear(&told);
        }
    }

    /// Does one thing after the other until told to stop.
    pub(super) fn pushes_until(&mut self, address: SocketAddr, over: &AtomicBool) -> Vec<Told> {
        let mut all = Vec::new();
        while !over.load(Ordering::Relaxed) {
            if self.waiting.is_empty() {
                self.wants(acts::some);
            }
            all.extend(self.push(address));
        }
        all
    }

    /// Pushes until the present incarnation has everything.
    pub(super) fn settles(&mut self, address: SocketAddr) -> Result<Vec<Told>> {
        let mut all = self.push(address);
        for _ in 0..PATIENCE {
            if self.waiting.is_empty() {
                return Ok(all);
            }
            all.extend(self.push(address));
        }
        ensure!(self.waiting.is_empty(), "{} still has {} ops to send", self.key, self.waiting.len());
        Ok(all)
    }

    fn wants(&mut self, acts: fn(&mut Chance) -> Vec<SentOp>) {
        self.waiting = acts(&mut self.chance);
        self.ops += self.waiting.len() as u64;
    }

    /// One round trip with what waits, or without anything.
    fn push(&mut self, address: SocketAddr) -> Vec<Told> {
        // Whoever knows no incarnation asks first.
        let many = if self.epoch.is_some() { self.waiting.len().min(MAX_OPS) } else { 0 };
        let ops = &self.waiting[..many];
        let body = json!({ "v": 1, "epoch": self.epoch, "since": self.since, "ops": ops }).to_string();
        thread::sleep(PACE);
        let answer = match exchange(address, &self.key, &body) {
            Some((200, answer)) => serde_json::from_str::<SyncAnswer>(&answer).ok(),
            Some(_) => {
                self.refused += 1;
                return Vec::new();
            }
            None => None,
        };
        let Some(answer) = answer else {
            self.unanswered += many as u64;
            return Vec::new();
        };
        self.since = Some(answer.cursor);
        if self.epoch != Some(answer.epoch) {
            // Another incarnation has done nothing yet: it is offered everything, the oldest first.
            self.epoch = Some(answer.epoch);
            let mut all = std::mem::take(&mut self.saved);
            all.append(&mut self.waiting);
            self.waiting = all;
            return Vec::new();
        }
        let sent: Vec<SentOp> = self.waiting.drain(..many).collect();
        self.saved.extend(sent.iter().cloned());
        let told = sent.into_iter().zip(answer.receipts);
        let told = told.map(|(sent, receipt)| Told { person: answer.you, sent, receipt });
        told.inspect(|told| self.brought_back += u64::from(is_back(&mut self.known, told))).collect()
    }
}

/// Whether this op was acknowledged before, and was new to whoever acknowledges it now.
fn is_back(known: &mut BTreeSet<OpId>, told: &Told) -> bool {
    !known.insert(told.sent.id) && told.receipt.s == Outcome::Ok
}
