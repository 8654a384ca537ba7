//! What the log keeps of an op, and what it does not.
//!
//! The log says who did what when, and makes a repeated op happen once. Three things are left out on purpose:
//!
//! * `topic.shown` is kept without its actor and without what it said: nobody may learn who looked at what. Its random
//!   id alone keeps it from counting twice.
//! * What a rejected op said is not kept: its writer still has it, and texts that are too long shall not fill the disk.
//! * When a person erases themselves, all their entries lose the actor and everything they said, the erasure's own
//!   included. No pseudonym takes the actor's place: it would tie their acts together again. An id without an actor is
//!   answered as done before, whoever sends it, so that an erasure whose answer was lost can be repeated.

use cercle_domain::id::{Millis, PersonId};
use cercle_domain::{Op, Rejection};

use super::ask::RawOp;
use crate::store::Entry;

/// The name under which the log keeps that somebody became a facilitator by a code.
pub(super) const CLAIM: &str = "facilitator.claim";

/// The entry for an op and what came of it.
pub(super) fn entry(
    raw: &RawOp,
    op: Option<&Op>,
    actor: PersonId,
    at: Millis,
    rejected: Option<Rejection>,
) -> Entry {
    let unseen = matches!(op, Some(Op::Shown { .. }));
    let gone = matches!(op, Some(Op::Erase {}));
    let said = rejected.is_none() && !unseen && !gone;
    Entry {
        op: raw.id,
        actor: (!unseen && !gone).then_some(actor),
        at,
        t: op.map_or_else(unknown, |_| raw.t.clone()),
        a: said.then(|| raw.a.to_string()),
        rejected,
    }
}

/// An op that nobody understood may be called anything, at any length.
fn unknown() -> String {
    "unknown".to_owned()
}

/// Takes a person out of an entry.
pub(super) fn forget(entry: &mut Entry, person: PersonId) {
    if entry.actor == Some(person) {
        entry.actor = None;
        entry.a = None;
    }
}
