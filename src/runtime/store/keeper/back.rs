//! From memory back to the device.

use cercle_domain::id::OpId;

use crate::app::effect::{Entry, Page, Place, Saved};
use crate::app::reply::Snapshot;

/// Acts that the backend got from memory and that the device has never had. Should another tab send them once more before
/// the device knows that they are done, their ids keep them from being done twice.
pub(super) fn unknown(held: &Snapshot, device: &Snapshot) -> Vec<Entry> {
    if held.me != device.me {
        return Vec::new();
    }
    let waits = |id: OpId| device.outbox.iter().any(|entry| entry.id == id);
    let is_done = |id: OpId| device.saved.iter().any(|saved| saved.act.id == id);
    let acts = held.saved.iter().map(|saved| saved.act.clone());
    acts.filter(|act| !waits(act.id) && !is_done(act.id)).collect()
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
