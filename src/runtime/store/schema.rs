//! What stands in the database of one community, and how it is read. Pure: bytes in, meaning out.
//!
//! Version 1 for ever: three generic object stores of JSON bytes, so that no visit ever waits for another tab to let
//! go of an older version. What changes with time is the JSON, where fields are only added, with defaults.
//!
//! | store | key | value |
//! | --- | --- | --- |
//! | `meta` | `key`, `me`, `cursor`, `drafts`, `seen` | one JSON value each |
//! | `meta` | `aside/<store>/<key>/<n>` | a record that could not be read, exactly as it stood |
//! | `rows` | 0 to 31 | the rows whose hash falls there: a browser charges by the record, not by the byte |
//! | `outbox` | counted up by the browser | one act |

use std::collections::BTreeMap;

use cercle_domain::Key;
use cercle_domain::digest::Fnv;
use cercle_domain::protocol::WireRow;
use serde::de::DeserializeOwned;

use super::{DeviceKey, Stored};
use crate::app::effect::{Cursor, Entry, Place};
use crate::app::reply::Snapshot;

/// The version of the database.
pub(super) const VERSION: u8 = 1;

/// The object stores.
pub(super) const META: &str = "meta";
pub(super) const ROWS: &str = "rows";
pub(super) const OUTBOX: &str = "outbox";

/// The keys in [`META`].
pub(super) const KEY: &str = "key";
pub(super) const ME: &str = "me";
pub(super) const CURSOR: &str = "cursor";
pub(super) const DRAFTS: &str = "drafts";
pub(super) const SEEN: &str = "seen";
/// What keys in [`META`] begin with where something was set aside.
const ASIDE: &str = "aside/";

const BUCKETS: u64 = 32;

/// The name of the database for a community of this backend; the empty address is no backend.
pub(crate) fn database_name(backend: &str, community: &str) -> String {
    format!("cercle-{:016x}-{community}", Fnv::default().bytes(backend.as_bytes()).finish())
}

/// The value of a record, `None` if it is not even bytes.
pub(super) type Value = Option<Vec<u8>>;

/// Everything that stands in the database.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) meta: BTreeMap<String, Value>,
    pub(super) rows: BTreeMap<u64, Value>,
    pub(super) outbox: BTreeMap<u64, Value>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    Meta(&'static str),
    Row(u64),
    Act(u64),
}

/// What the records say, and what must be mended so that they can be read again.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) stored: Stored,
    /// Whether the key is the fresh one and must be kept.
    pub(super) key_is_new: bool,
    /// Records that cannot be read, and where in [`META`] to set them aside.
    pub(super) unreadable: Vec<(Spot, String)>,
    /// Whether the cursor must go, so that rows are fetched again.
    pub(super) forget_cursor: bool,
}

impl Reading {
    /// Whether anything must be written before the records can be relied on.
    pub(super) fn needs_mending(&self) -> bool {
        self.key_is_new || !self.unreadable.is_empty()
    }
}

/// Reads everything. `shared` says whether there is a backend that can send rows again.
pub(super) fn read(records: &Records, fresh: DeviceKey, shared: bool) -> Reading {
    let mut unreadable = Vec::new();
    let key: Option<DeviceKey> = meta(records, KEY, &mut unreadable);
    let me = meta(records, ME, &mut unreadable);
    let mut cursor: Option<Cursor> = meta(records, CURSOR, &mut unreadable);
    let drafts = meta(records, DRAFTS, &mut unreadable).unwrap_or_default();
    let seen = meta(records, SEEN, &mut unreadable).unwrap_or_default();

    let mut rows = Vec::new();
    let mut rows_lost = false;
    for (bucket, value) in &records.rows {
        if let Some(read) = parse::<Vec<WireRow>>(value) {
            rows.extend(read);
        } else {
            unreadable.push(Spot::Row(*bucket));
            rows_lost = true;
        }
    }
    let forget_cursor = rows_lost && shared;
    if forget_cursor {
        cursor = None;
    }

    let mut outbox = Vec::new();
    for (place, value) in &records.outbox {
        match parse::<Entry>(value) {
            Some(entry) => outbox.push(Entry { place: Some(Place(*place)), ..entry }),
            None => unreadable.push(Spot::Act(*place)),
        }
    }

    let me = me.or(Some(key.unwrap_or(fresh).person()));
    let set_aside = unreadable.len();
    let earlier = records.meta.keys().filter(|key| key.starts_with(ASIDE)).count();
    let unreadable =
        unreadable.into_iter().zip(earlier..).map(|(spot, n)| (spot.clone(), aside(&spot, n))).collect();
    let snapshot = Snapshot { me, cursor, rows, outbox, drafts, seen, set_aside, durable: false };
    let stored = Stored { key: key.unwrap_or(fresh), snapshot };
    Reading { stored, key_is_new: key.is_none(), unreadable, forget_cursor }
}

fn meta<T: DeserializeOwned>(records: &Records, key: &'static str, unreadable: &mut Vec<Spot>) -> Option<T> {
    let value = records.meta.get(key)?;
    let read = parse(value);
    if read.is_none() {
        unreadable.push(Spot::Meta(key));
    }
    read
}

/// The meaning of a record, if it has one.
pub(super) fn parse<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_slice(value.as_ref()?).ok()
}

/// Where to set a record aside; `n` tells apart what was set aside from one place at different times.
fn aside(spot: &Spot, n: usize) -> String {
    match spot {
        Spot::Meta(key) => format!("{ASIDE}{META}/{key}/{n}"),
        Spot::Row(bucket) => format!("{ASIDE}{ROWS}/{bucket}/{n}"),
        Spot::Act(place) => format!("{ASIDE}{OUTBOX}/{place}/{n}"),
    }
}

/// Which bucket a row belongs to.
fn bucket(key: &Key) -> u64 {
    let id = key.to_string();
    Fnv::default().bytes(key.kind().name().as_bytes()).bytes(id.as_bytes()).finish() % BUCKETS
}

/// Changes of rows by the bucket they belong to.
pub(super) fn by_bucket(rows: &[WireRow]) -> BTreeMap<u64, Vec<&WireRow>> {
    let mut buckets: BTreeMap<u64, Vec<&WireRow>> = BTreeMap::new();
    for row in rows {
        buckets.entry(bucket(&row.key)).or_default().push(row);
    }
    buckets
}

/// What a bucket says after some changes.
pub(super) fn changed(before: &[WireRow], changes: &[&WireRow]) -> Vec<WireRow> {
    let mut rows: BTreeMap<&Key, &WireRow> = before.iter().map(|row| (&row.key, row)).collect();
    for row in changes {
        match row.row {
            Some(_) => rows.insert(&row.key, row),
            None => rows.remove(&row.key),
        };
    }
    rows.into_values().cloned().collect()
}

#[cfg(test)]
mod tests;
