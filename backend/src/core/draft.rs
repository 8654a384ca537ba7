//! What a community will be once the store has taken it: ops are played on a fork, which can be dropped.

use std::collections::{BTreeMap, BTreeSet};

use cercle_domain::id::{CommunityId, Millis, OpId, PersonId, Ver};
use cercle_domain::planted::{Bug, planted};
use cercle_domain::protocol::{Outcome, Receipt, WireRow};
use cercle_domain::row::{Audience, Mark};
use cercle_domain::{Key, Op, Rejection, Row, Slice, Stamp, apply};

use super::ask::{Ask, RawOp, Refusal};
use super::log;
use super::whole::Whole;
use crate::store::{CodeHash, Entry, Erased, Write};

/// Changes to one community that are not written yet.
pub(super) struct Draft<'a> {
    whole: &'a Whole,
    slice: Slice,
    ver: Ver,
    horizon: Ver,
    changed: BTreeMap<Key, Ver>,
    purge: BTreeSet<Key>,
    forget: BTreeSet<PersonId>,
    log: Vec<Entry>,
    spend: Option<CodeHash>,
}

impl<'a> Draft<'a> {
    pub(super) fn on(whole: &'a Whole) -> Self {
        Self {
            whole,
            slice: whole.slice.fork(),
            ver: whole.ver,
            horizon: whole.horizon,
            changed: BTreeMap::new(),
            purge: BTreeSet::new(),
            forget: BTreeSet::new(),
            log: Vec::new(),
            spend: None,
        }
    }

    /// Does what one person asks, op by op, or refuses all of it. `logged` is what the store's log says about these ops.
    pub(super) fn play(&mut self, ask: &Ask, logged: &[Entry]) -> Result<Vec<Receipt>, Refusal> {
        let ops = &ask.request.ops;
        let stored = logged.iter().map(|entry| {
            let actor = entry.actor.filter(|actor| !self.forget.contains(actor));
            let rejected = entry.rejected;
            (entry.op, Known { actor, rejected })
        });
        let drafted = self.log.iter().map(|entry| {
            let Entry { actor, rejected, .. } = *entry;
            (entry.op, Known { actor, rejected })
        });
        let mut known: BTreeMap<OpId, Known> = stored.chain(drafted).collect();
        let foreign = |op: &RawOp| known.get(&op.id).is_some_and(|known| known.is_not_by(ask.actor));
        if ops.iter().any(foreign) {
            return Err(Refusal::IdInUseByOther);
        }
        let play = |op: &RawOp| {
            if let Some(known) = known.get(&op.id) {
                if planted(Bug::NoDedupe) {
                    self.act(ask.actor, ask.at, op).ok();
                    self.log.pop();
                }
                return receipt(op.id, Outcome::Dup, known.rejected);
            }
            let rejected = self.act(ask.actor, ask.at, op).err();
            let actor = Some(ask.actor);
            known.insert(op.id, Known { actor, rejected });
            receipt(op.id, Outcome::Ok, rejected)
        };
        Ok(ops.iter().map(play).collect())
    }

    fn act(&mut self, actor: PersonId, at: Millis, raw: &RawOp) -> Result<(), Rejection> {
        let op = raw.understood();
        let stamp = Stamp { actor, at, op: raw.id };
        let done =
            op.as_ref().ok_or(Rejection::Unsupported).and_then(|op| apply(&mut self.slice, &stamp, op));
        if let Ok(changed) = &done {
            self.version(changed);
            if matches!(op, Some(Op::Erase {})) {
                self.vanish(actor);
            }
        }
        let rejected = done.as_ref().err().copied();
        self.log.push(log::entry(raw, op.as_ref(), actor, at, rejected));
        done.map(drop)
    }

    /// Gives the next version to what changed.
    fn version(&mut self, changed: &[Key]) {
        if !changed.is_empty() {
            self.ver = Ver(self.ver.0 + 1);
            self.changed.extend(changed.iter().map(|key| (*key, self.ver)));
        }
    }

    /// Lets every key vanish that names a person, and the person from the log.
    ///
    /// A tombstone would keep their name. So there is none, and readers who have not seen the last of a public row start
    /// afresh.
    fn vanish(&mut self, person: PersonId) {
        let named: BTreeSet<Key> =
            self.whole.keys().chain(self.changed.keys()).filter(|key| names(key, person)).copied().collect();
        for key in named {
            let last = self.changed.remove(&key);
            // What was made and erased within this draft was never seen by anybody.
            if let Some(seen) = self.whole.ver_of(&key) {
                self.purge.insert(key);
                if key.audience() == Audience::Everyone {
                    self.horizon = self.horizon.max(last.unwrap_or(seen));
                }
            }
        }
        if !self.purge.is_empty() && self.ver == self.whole.ver {
            self.ver = Ver(self.ver.0 + 1);
        }
        for entry in &mut self.log {
            log::forget(entry, person);
        }
        self.forget.insert(person);
    }

    /// Erases people once more, of whom nothing but acts in nobody's name is left: these are known again by their ids.
    pub(super) fn erase_again(&mut self, Erased { people, acts }: Erased) {
        for (actor, Entry { at, op, .. }) in people.into_iter().zip(&acts) {
            let stamp = Stamp { actor, at: *at, op: *op };
            // Nobody is ever refused to be erased.
            let changed = apply(&mut self.slice, &stamp, &Op::Erase {}).unwrap_or_default();
            self.version(&changed);
            self.vanish(actor);
        }
        self.log.extend(acts);
    }

    /// Makes somebody a facilitator, by a code that is good for once.
    pub(super) fn appoint(&mut self, actor: PersonId, at: Millis, op: OpId, code: CodeHash) {
        self.slice.put(Key::Facilitator(actor), Row::Facilitator(Mark {}));
        self.version(&[Key::Facilitator(actor)]);
        self.spend = Some(code);
        self.log.push(Entry {
            op,
            actor: Some(actor),
            at,
            t: log::CLAIM.to_owned(),
            a: None,
            rejected: None,
        });
    }

    /// What the store has to write, if anything.
    pub(super) fn write(self, community: CommunityId) -> Option<Write> {
        let row =
            |(key, ver): (&Key, &Ver)| WireRow { key: *key, ver: *ver, row: self.slice.get(key).cloned() };
        (!self.log.is_empty()).then(|| Write {
            community,
            from: self.whole.ver,
            to: self.ver,
            horizon: self.horizon,
            purge: self.purge.iter().copied().collect(),
            rows: self.changed.iter().map(row).collect(),
            forget: self.forget.iter().copied().collect(),
            log: self.log,
            spend: self.spend,
        })
    }
}

/// What is known about an op that was done, or rejected, before.
struct Known {
    actor: Option<PersonId>,
    rejected: Option<Rejection>,
}

impl Known {
    fn is_not_by(&self, person: PersonId) -> bool {
        self.actor.is_some_and(|actor| actor != person)
    }
}

fn receipt(id: OpId, done: Outcome, rejected: Option<Rejection>) -> Receipt {
    Receipt { id, s: rejected.map_or(done, |_| Outcome::Rejected), code: rejected }
}

/// Whether a key has the name of this person in it.
fn names(key: &Key, person: PersonId) -> bool {
    match *key {
        Key::Facilitator(who)
        | Key::Member(who)
        | Key::Voter(who)
        | Key::Vote(who, _)
        | Key::Follow(who, _)
        | Key::Volunteering(_, who) => who == person,
        Key::Community | Key::Topic(_) | Key::Exposure(_) | Key::Tally(_) => false,
    }
}
