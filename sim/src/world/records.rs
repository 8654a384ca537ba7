//! What is taken down while a history is played, for the judge.

use std::collections::{BTreeMap, BTreeSet};

use cercle::app::Effect;
use cercle::app::effect::{Entry, Trouble};
use cercle_domain::Op;
use cercle_domain::id::{Epoch, OpId, PersonId};
use cercle_domain::protocol::{Outcome, Receipt};

use crate::counts::Counts;

/// Under what name it is counted that a tab and the backend had different digests.
pub(crate) const DIVERGED: &str = "digests differed";

/// What was taken down.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) counts: Counts,
    /// Every act, with the profile it was done on.
    pub(crate) acts: BTreeMap<OpId, (usize, Op)>,
    /// Acts that were shown as kept on their device.
    pub(crate) kept: BTreeSet<OpId>,
    /// Acts that a profile lost with its store, or that were erased with their person.
    pub(crate) excused: BTreeSet<OpId>,
    /// Acts that the backend answered to a tab, done or not.
    pub(crate) answered: BTreeSet<OpId>,
    /// Acts that the backend told a tab it has done.
    pub(crate) acknowledged: BTreeSet<OpId>,
    /// Whom the backend took for the one who acts.
    pub(crate) actors: BTreeMap<OpId, PersonId>,
    /// How often an incarnation said that it did an act for the first time.
    pub(crate) first_times: BTreeMap<(Epoch, OpId), u32>,
    /// How long it took from the end of the faults until everything was at rest.
    pub(crate) healed_after: Option<u64>,
}

impl Records {
    pub(crate) fn done(&mut self, profile: usize, entry: &Entry) {
        self.counts.add("ops");
        self.acts.insert(entry.id, (profile, entry.op.clone()));
    }

    pub(crate) fn kept(&mut self, id: OpId) {
        self.kept.insert(id);
    }

    pub(crate) fn excuse(&mut self, lost: impl IntoIterator<Item = OpId>) {
        self.excused.extend(lost);
    }

    /// A server said this, whether or not it is ever heard.
    pub(crate) fn said(&mut self, epoch: Epoch, receipts: &[Receipt]) {
        for receipt in receipts.iter().filter(|receipt| receipt.s == Outcome::Ok) {
            *self.first_times.entry((epoch, receipt.id)).or_default() += 1;
        }
    }

    /// A tab heard this.
    pub(crate) fn heard(&mut self, receipts: &[Receipt]) {
        self.answered.extend(receipts.iter().map(|receipt| receipt.id));
        let done = receipts.iter().filter(|receipt| receipt.code.is_none());
        self.acknowledged.extend(done.map(|receipt| receipt.id));
    }

    /// A tab of this profile says that something is wrong.
    pub(crate) fn trouble(&mut self, profile: usize, trouble: Trouble) {
        if trouble != Trouble::Diverged {
            return;
        }
        // Rows of a person who was erased vanish without a trace. Their other tabs find that out by the digest.
        let erased = self.acts.values().any(|(by, op)| *by == profile && matches!(op, Op::Erase {}));
        self.counts.add(if erased { "read afresh after an erasure" } else { DIVERGED });
    }

    pub(crate) fn crash(&mut self, effect: &Effect, done: bool) {
        self.counts.add(match (effect, done) {
            (Effect::Load, false) => "crash before Load",
            (Effect::Load, true) => "crash after Load",
            (Effect::Enqueue(_), false) => "crash before Enqueue",
            (Effect::Enqueue(_), true) => "crash after Enqueue",
            (Effect::Keep(_), false) => "crash before Keep",
            (Effect::Keep(_), true) => "crash after Keep",
            (Effect::Note(_), false) => "crash before Note",
            (Effect::Note(_), true) => "crash after Note",
            (Effect::Discard(_), false) => "crash before Discard",
            (Effect::Discard(_), true) => "crash after Discard",
            (Effect::Wipe, false) => "crash before Wipe",
            (Effect::Wipe, true) => "crash after Wipe",
            _ => "crash elsewhere",
        });
    }
}
