//! From memory back to the device.

use cercle_domain::id::OpId;

use crate::app::effect::{Entry, Page, Place, Saved};
use crate::app::reply::Snapshot;

/// Acts that the backend got from memory and that the device has never had. Should another tab send them once more before
/// the device knows that they are done, their ids keep them from being done twice.
///
/// `None` if it is too early to go back: an act waits in memory for what somebody else has to bring back to the backend, or the
/// device knows another incarnation of it. The device might offer such an act too early, and a rejection would be final.
pub(super) fn unknown(held: &Snapshot, device: &Snapshot) -> Option<Vec<Entry>> {
    if held.me != device.me {
        return Some(Vec::new());
    }
    let waits = |id: OpId| device.outbox.iter().any(|entry| entry.id == id);
    let is_done = |id: OpId| device.saved.iter().any(|saved| saved.act.id == id);
    let is_new = |saved: &&Saved| !waits(saved.act.id) && !is_done(saved.act.id);
    let acts: Vec<&Saved> = held.saved.iter().filter(is_new).collect();
    let epoch = held.cursor.map(|cursor| cursor.epoch);
    let elsewhere = device.cursor.is_some_and(|at| Some(at.epoch) != epoch);
    let too_early = elsewhere || acts.iter().any(|saved| Some(saved.epoch) != epoch);
    (acts.is_empty() || !too_early).then(|| acts.into_iter().map(|saved| saved.act.clone()).collect())
}

/// What brings the device to where the page is that has nothing to send any more; `None` if it needs nothing of the page: it
/// is as far, or somebody else's by now, or knows another backend.
pub(super) fn catch_up(held: &Snapshot, device: &Snapshot) -> Option<Page> {
    let cursor = held.cursor?;
    let behind = device.cursor.is_none_or(|at| at.epoch == cursor.epoch && at.ver < cursor.ver);
    let whose = device.me.filter(|me| Some(*me) == held.me && behind)?;
    let saved: Vec<Saved> =
        device.outbox.iter().filter_map(|entry| saved(held, entry.id, entry.place?)).collect();
    Some(Page {
        base: device.cursor,
        whose,
        cursor,
        me: whose,
        reset: true,
        rows: held.rows.clone(),
        done: saved.iter().map(|saved| saved.place).collect(),
        refused: Vec::new(),
        saved,
        again: Vec::new(),
    })
}

/// An act of the device's that the backend has got meanwhile, at its place there.
fn saved(held: &Snapshot, id: OpId, place: Place) -> Option<Saved> {
    let known = held.saved.iter().find(|saved| saved.act.id == id)?;
    Some(Saved { place, ..known.clone() })
}
