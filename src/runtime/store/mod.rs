//! What this device keeps of one community, and the law that every store obeys.
//!
//! Only what was typed, done and fetched: no token, no e-mail address, nothing of the host page. The [`contract`] is
//! the law as a list of checks; it is played on [`Memory`] natively and on IndexedDB in real browsers.

mod device_key;
mod keeper; // the device, and memory when the device fails
mod memory;
#[cfg(any(target_arch = "wasm32", test))]
mod schema; // what stands in the database
#[cfg(any(target_arch = "wasm32", test))]
mod second_copy; // of what nobody else has
#[cfg(target_arch = "wasm32")]
mod indexed_db;
#[cfg(any(test, all(feature = "contract", target_arch = "wasm32")))]
pub mod contract;

use std::fmt;

use cercle_domain::protocol::WireRow;

use crate::app::effect::{Entry, Kept, Note, Page, Place};
use crate::app::reply::Snapshot;

pub use device_key::DeviceKey;
pub(crate) use keeper::Keeper;
pub use memory::Memory;
#[cfg(target_arch = "wasm32")]
pub(crate) use {indexed_db::IndexedDb, schema::database_name};

/// A place where things are kept.
///
/// Its law: a call that returns `Ok` was done whole and is seen by every later call through any handle on the same
/// place, in this visit or another; a call that returns an error may be repeated, and [`Store::keep`] then says
/// [`Kept::Stale`] if it had been done after all. Calls through one handle are made one at a time.
#[expect(async_fn_in_trait, reason = "the widget has one thread")]
pub trait Store {
    /// Reads everything. `fresh` becomes the device's key if it has none. What cannot be read is set aside, counted,
    /// and never lost: rows that were set aside are fetched again, because the cursor goes with them.
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError>;

    /// Keeps an act behind all others; it outlives the browser's end from here on.
    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError>;

    /// Keeps a page, all of it or nothing; nothing if the store does not stand at the page's base.
    async fn keep(&self, page: &Page) -> Result<Kept, StoreError>;

    /// Keeps a small thing in place of the last of its kind.
    async fn note(&self, note: &Note) -> Result<(), StoreError>;

    /// Forgets acts.
    async fn discard(&self, places: &[Place]) -> Result<(), StoreError>;

    /// Forgets everything about whoever has this key, the key and what was set aside included; nothing if somebody else
    /// has come meanwhile, because another tab was faster.
    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError>;
}

/// Where an act stands, and with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enqueued {
    /// Its place.
    pub place: Place,
    /// The key that the store holds by now, if any: another tab may have forgotten whoever was here.
    pub key: Option<DeviceKey>,
}

/// What a store holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// What this device shows the backend to be known again.
    pub key: DeviceKey,
    /// Everything else. Whether it is durable is not for the store to say.
    pub snapshot: Snapshot,
}

/// The device would not do it; the text is the browser's, for the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Changes some rows.
fn change<'a>(rows: &mut Vec<WireRow>, changes: impl IntoIterator<Item = &'a WireRow>) {
    changes.into_iter().for_each(|change| change_one(rows, change));
}

/// Most changes are few, so looking through the rows costs less than keeping them in order.
fn change_one(rows: &mut Vec<WireRow>, change: &WireRow) {
    rows.retain(|row| row.key != change.key);
    if change.row.is_some() {
        rows.push(change.clone());
    }
}
