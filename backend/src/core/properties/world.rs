//! A community with people, devices and two cores, and an oracle: one slice on which the rules are played directly.

use std::collections::{BTreeMap, BTreeSet};

use cercle_domain::digest::Digest;
use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, PersonId, Ver};
use cercle_domain::protocol::{Outcome, Receipt, SyncAnswer, SyncRequest, VERSION};
use cercle_domain::row::Mark;
use cercle_domain::{Key, Op, Rejection, Row, Slice, Stamp, apply};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::core::{Ask, Core, Openings, RawOp, Refusal};
use crate::secret::{Code, Secret};
use crate::store::memory::Memory;
use crate::store::{CodeHash, Identity};

pub(super) const PEOPLE: usize = 4;
pub(super) const DEVICES: usize = 2;
const EPOCH: Epoch = Epoch(1);

/// A person and one of their devices.
type Desk = (usize, usize);

/// Something that happens. Requests gather until the next batch.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A person does something.
    Acts(Desk, Op),
    /// A device sends an op that somebody sent before.
    Repeats(Desk, usize),
    /// A device asks for a page of so many rows.
    Reads(Desk, usize),
    /// A device loses all that it had.
    Forgets(Desk),
    /// One of the cores answers everything that waits.
    Batch(usize),
}

pub(super) struct World {
    cores: Vec<Core>,
    devices: BTreeMap<Desk, Device>,
    oracle: Slice,
    seen: BTreeMap<OpId, Seen>,
    /// Those who erased themselves. Their other devices notice by the digest alone: anything else would have to
    /// remember them.
    erased: BTreeSet<PersonId>,
    waiting: Vec<(Desk, usize, Vec<RawOp>)>,
    next: u128,
}

/// What one device has gathered.
#[derive(Default)]
struct Device {
    since: Option<Ver>,
    rows: BTreeMap<Key, (Ver, Row)>,
    /// Whether it is just starting over.
    fresh: bool,
}

/// An op that the core has seen.
struct Seen {
    raw: RawOp,
    by: Option<PersonId>,
    rejected: Option<Rejection>,
}

fn community() -> CommunityId {
    "vannerie".parse().unwrap()
}

fn person(desk: Desk) -> PersonId {
    PersonId(desk.0 as u128)
}

fn raw(id: OpId, op: &Op) -> RawOp {
    let json = serde_json::to_value(op).unwrap();
    RawOp { id, t: json["t"].as_str().unwrap().to_owned(), a: json["a"].clone() }
}

impl World {
    /// An empty community whose first person facilitates.
    pub(super) fn new() -> Self {
        let secret = Secret::new([1; 32]);
        let store = Memory::new(Identity { epoch: EPOCH, secret });
        let hash = CodeHash("hash".to_owned());
        let core = || {
            let hash = hash.clone();
            let new_code = Box::new(move |_: &CommunityId| Ok((Code::typed("CODE"), hash.clone())));
            Core::new(Box::new(store.clone()), Openings::Anybody { max: 9 }, new_code).unwrap()
        };
        let mut cores = vec![core(), core()];
        let facilitator = PersonId(0);
        let claim = OpId(u128::MAX);
        cores[0].claim(facilitator, &community(), Millis(0), claim, &hash).unwrap();
        let mut oracle = Slice::whole();
        oracle.put(Key::Facilitator(facilitator), Row::Facilitator(Mark {}));
        Self {
            cores,
            devices: BTreeMap::new(),
            oracle,
            seen: BTreeMap::new(),
            erased: BTreeSet::new(),
            waiting: Vec::new(),
            next: 0,
        }
    }

    pub(super) fn live(&mut self, event: Event) -> Result<(), TestCaseError> {
        match event {
            Event::Acts(desk, op) => {
                let id = OpId(self.next);
                self.next += 1;
                self.waiting.push((desk, 100, vec![raw(id, &op)]));
            }
            Event::Repeats(desk, nth) => {
                let nth = nth % self.seen.len().max(1);
                let ops = self.seen.values().nth(nth).map(|seen| seen.raw.clone());
                self.waiting.push((desk, 100, ops.into_iter().collect()));
            }
            Event::Reads(desk, limit) => self.waiting.push((desk, limit, Vec::new())),
            Event::Forgets(desk) => drop(self.devices.remove(&desk)),
            Event::Batch(core) => return self.batch(core),
        }
        Ok(())
    }

    /// Lets everything happen that waits, then turns every device's pages to the last.
    pub(super) fn rest(&mut self, limit: usize) -> Result<(), TestCaseError> {
        while !self.waiting.is_empty() {
            self.batch(0)?;
        }
        for desk in (0..PEOPLE).flat_map(|person| (0..DEVICES).map(move |device| (person, device))) {
            let mut more = true;
            while more {
                let ask = self.ask(desk, limit, Vec::new());
                let answer = self.cores[1].sync(&[ask]).remove(0).unwrap();
                self.receive(desk, &answer)?;
                more = answer.more || self.devices[&desk].since.is_none();
            }
        }
        Ok(())
    }

    fn ask(&mut self, desk: Desk, limit: usize, ops: Vec<RawOp>) -> Ask {
        Ask {
            actor: person(desk),
            community: community(),
            at: Millis(5),
            request: SyncRequest {
                v: VERSION,
                epoch: Some(EPOCH),
                since: self.devices.entry(desk).or_default().since,
                ops,
            },
            limit,
        }
    }

    fn batch(&mut self, core: usize) -> Result<(), TestCaseError> {
        // A device has one request under way at a time.
        let mut busy = BTreeSet::new();
        let mut asks = Vec::new();
        for (desk, limit, ops) in std::mem::take(&mut self.waiting) {
            if busy.insert(desk) {
                asks.push((desk, self.ask(desk, limit, ops)));
            } else {
                self.waiting.push((desk, limit, ops));
            }
        }
        let all: Vec<Ask> = asks.iter().map(|(_, ask)| ask.clone()).collect();
        let answers = self.cores[core].sync(&all);
        for ((_, ask), answer) in asks.iter().zip(&answers) {
            let said = answer.as_ref().map(|answer| answer.receipts.clone());
            prop_assert_eq!(said.map_err(Clone::clone), self.oracle_says(ask));
        }
        for ((desk, _), answer) in asks.iter().zip(answers) {
            if let Ok(answer) = answer {
                self.receive(*desk, &answer)?;
            }
        }
        Ok(())
    }

    /// What the answer must be, and what happens.
    fn oracle_says(&mut self, ask: &Ask) -> Result<Vec<Receipt>, Refusal> {
        let mut receipts = Vec::new();
        for raw in &ask.request.ops {
            let op = raw.understood().unwrap();
            let (done, rejected) = match self.seen.get(&raw.id) {
                Some(seen) if seen.by.is_some_and(|by| by != ask.actor) => {
                    return Err(Refusal::IdInUseByOther);
                }
                Some(seen) => (Outcome::Dup, seen.rejected),
                None => (Outcome::Ok, self.oracle_does(ask, raw, &op)),
            };
            receipts.push(Receipt {
                id: raw.id,
                s: rejected.map_or(done, |_| Outcome::Rejected),
                code: rejected,
            });
        }
        Ok(receipts)
    }

    fn oracle_does(&mut self, ask: &Ask, raw: &RawOp, op: &Op) -> Option<Rejection> {
        let stamp = Stamp { actor: ask.actor, at: ask.at, op: raw.id };
        let rejected = apply(&mut self.oracle, &stamp, op).err();
        let anonymous = matches!(op, Op::Shown { .. } | Op::Erase {});
        let by = (!anonymous).then_some(ask.actor);
        if matches!(op, Op::Erase {}) {
            self.erased.insert(ask.actor);
            let theirs = self.seen.values_mut().filter(|seen| seen.by == Some(ask.actor));
            theirs.for_each(|seen| seen.by = None);
        }
        let raw = raw.clone();
        self.seen.insert(raw.id, Seen { raw, by, rejected });
        rejected
    }

    fn receive(&mut self, desk: Desk, answer: &SyncAnswer) -> Result<(), TestCaseError> {
        let device = self.devices.entry(desk).or_default();
        if answer.reset {
            device.rows.clear();
        }
        for row in &answer.rows {
            match &row.row {
                Some(body) => device.rows.insert(row.key, (row.ver, body.clone())),
                None => device.rows.remove(&row.key),
            };
        }
        device.since = Some(answer.cursor);
        if answer.more {
            prop_assert_eq!(answer.digest, None);
            return Ok(());
        }
        let add = |sum: Digest, (key, (ver, _)): (&Key, &(Ver, Row))| sum.with(key, *ver);
        let digest = device.rows.iter().fold(Digest::default(), add);
        if answer.digest != Some(digest) && !answer.reset && self.erased.contains(&person(desk)) {
            prop_assert!(!device.fresh, "starting over did not help");
            *device = Device { fresh: true, ..Device::default() };
            return Ok(());
        }
        let has: BTreeMap<Key, &Row> = device.rows.iter().map(|(key, (_, row))| (*key, row)).collect();
        let may_see = |(key, _): &(&Key, &Row)| self.oracle.shows(person(desk), key);
        let expected: BTreeMap<Key, &Row> =
            self.oracle.rows().filter(may_see).map(|(key, row)| (*key, row)).collect();
        device.fresh = false;
        prop_assert_eq!(has, expected);
        prop_assert_eq!(answer.digest, Some(digest));
        Ok(())
    }
}
