//! Acts that the backend had, for an incarnation of its database that may not have them: after a backup was put back, every
//! returning device offers again what it remembers. Op ids see to it that nothing is done twice.

use cercle_domain::id::Epoch;
use cercle_domain::op::Op;
use cercle_domain::planted::{Bug, planted};
use cercle_domain::{Rejection, apply};

use super::{Replica, stamp};
use crate::app::effect::{Cursor, Entry, Place, Saved};

/// An incarnation that nobody remembers.
const UNKNOWN: Epoch = Epoch(0);

impl Replica {
    /// Remembers acts that the backend has, wherever there is one.
    pub(super) fn remember(&mut self, done: &[Entry]) -> Vec<Saved> {
        let Some(Cursor { epoch, .. }) = self.cursor.filter(|_| !self.local) else { return Vec::new() };
        let saved = |act: &Entry| Some(Saved { place: act.place?, epoch, act: act.clone() });
        let saved: Vec<Saved> = done.iter().filter_map(saved).collect();
        self.saved.extend(saved.iter().cloned());
        saved
    }

    /// Puts acts that another incarnation of the backend's database had back into the outbox, as they stood; says where.
    /// This one may have them too, and then does them no second time.
    pub(super) fn offer_again(&mut self) -> Vec<Place> {
        let epoch = self.cursor.map(|cursor| cursor.epoch);
        if planted(Bug::NotOfferedAgain) || !self.remembers_another() {
            return Vec::new();
        }
        let mut again = Vec::new();
        self.saved.sort_by_key(|saved| saved.place);
        // What waits stands behind them.
        self.shown = self.confirmed.fork();
        for saved in std::mem::take(&mut self.saved) {
            if Some(saved.epoch) == epoch || self.is_too_early(&saved.act) {
                self.saved.push(saved);
            } else {
                again.push(saved.place);
                self.outbox.push(saved.act);
            }
        }
        self.sort();
        self.refold();
        again
    }

    /// Takes acts that wait out of the outbox if another incarnation of the backend's database could not take them yet;
    /// they are remembered as if the one before had them. Whoever knows of none before may all the same have sent them
    /// there, before an erasure or a browser emptied the device.
    pub(super) fn hold_back(&mut self, base: Option<Cursor>) -> Vec<Saved> {
        let epoch = base.map_or(UNKNOWN, |base| base.epoch);
        if self.local || self.cursor.is_none_or(|cursor| cursor.epoch == epoch) {
            return Vec::new();
        }
        self.shown = self.confirmed.fork();
        let mut early = Vec::new();
        for act in std::mem::take(&mut self.outbox) {
            match act.place {
                Some(place) if act.refused.is_none() && self.is_too_early(&act) => {
                    early.push(Saved { place, epoch, act });
                }
                _ => self.outbox.push(act),
            }
        }
        self.saved.extend(early.iter().cloned());
        self.refold();
        early
    }

    /// Whether acts are remembered that another incarnation of the backend's database had.
    #[inline(never)]
    pub(in crate::app) fn remembers_another(&self) -> bool {
        let epoch = self.cursor.map(|cursor| cursor.epoch);
        self.saved.iter().any(|saved| Some(saved.epoch) != epoch)
    }

    /// How many of the person's acts wait here until somebody else has brought back what they are about.
    pub(in crate::app) fn held_back(&self) -> usize {
        let epoch = self.cursor.map(|cursor| cursor.epoch);
        let waits = |saved: &&Saved| Some(saved.epoch) != epoch && !matches!(saved.act.op, Op::Shown { .. });
        self.saved.iter().filter(waits).count()
    }

    /// Whether an act needs what somebody else has to bring back first. Once refused, it would be refused for good.
    fn is_too_early(&mut self, act: &Entry) -> bool {
        let done = apply(&mut self.shown, &stamp(self.me, act), &act.op);
        !planted(Bug::OfferedTooEarly)
            && matches!(done, Err(Rejection::UnknownTopic | Rejection::JoinFirst | Rejection::Forbidden))
    }
}
