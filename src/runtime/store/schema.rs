//! What stands in the database of one community, how it is read, and what each change writes. Pure: bytes in, meaning
//! and writes out; [`super::indexed_db`] does the reading and writing.
//!
//! Version 1 for ever: three generic object stores of JSON bytes, so that no visit ever waits for another tab to let
//! go of an older version. What changes with time is the JSON, where fields are only added, with defaults.
//!
//! | store | key | value |
//! | --- | --- | --- |
//! | `meta` | `key`, `me`, `cursor`, `drafts`, `seen` | one JSON value each |
//! | `meta` | `saved/<n>` | the acts that the backend has, 64 places a record |
//! | `meta` | `aside/<store>/<key>/<n>` | a record that could not be read, exactly as it stood |
//! | `rows` | 0 to 31 | the rows whose hash falls there: a browser charges by the record, not by the byte |
//! | `outbox` | counted up by the browser | one act |

use cercle_domain::Key;
use cercle_domain::digest::Fnv;
use cercle_domain::id::PersonId;
use cercle_domain::protocol::WireRow;
use cercle_domain::read::Read;
use serde::Serialize;

use super::{DeviceKey, StoreError, Stored, change};
use crate::app::effect::{Cursor, Entry, Page, Place, REMEMBERED, Saved};
use crate::app::json::read;
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
/// What keys in [`META`] begin with where acts are remembered.
const SAVED: &str = "saved/";
/// How many places one such record holds, and how many records there are.
const PLACES: u64 = 64;
const RECORDS: u64 = REMEMBERED / PLACES + 1;
/// What keys in [`META`] begin with where something was set aside.
const ASIDE: &str = "aside/";

const BUCKETS: usize = 32;

/// The name of the database for a community of this backend; the empty address is no backend.
pub(crate) fn database_name(backend: &str, community: &str) -> String {
    format!("cercle-{:016x}-{community}", Fnv::default().bytes(backend.as_bytes()).finish())
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// In [`META`], by its key.
    Meta(String),
    /// In [`ROWS`], by its bucket.
    Row(u64),
    /// In [`OUTBOX`], by its place.
    Act(u64),
}

/// A record; `None` if it is not even bytes.
pub(super) type Record = (Spot, Option<Vec<u8>>);

/// Something to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Put this in place of whatever stands there.
    Put(Spot, Vec<u8>),
    /// Take it away.
    Delete(Spot),
    /// Add an act behind all others.
    Add(Vec<u8>),
    /// Move what stands there, exactly as it is, to this key in [`META`].
    SetAside(Spot, String),
    /// Empty an object store.
    Clear(&'static str),
}

/// Whether these records hold the key of somebody else.
pub(super) fn is_of_another(records: &[Record], key: DeviceKey) -> bool {
    let held: Option<DeviceKey> = meta(records, KEY, &mut Vec::new());
    held.is_some_and(|held| held != key)
}

/// Reads everything there is, and says what must be mended so that it can be read again. `shared` says whether there is
/// a backend that can send rows again.
pub(super) fn load(
    records: &[Record],
    fresh: DeviceKey,
    shared: bool,
) -> Result<(Stored, Vec<Write>), StoreError> {
    let mut unreadable = Vec::new();
    let key: Option<DeviceKey> = meta(records, KEY, &mut unreadable);
    let me = meta(records, ME, &mut unreadable);
    let mut cursor: Option<Cursor> = meta(records, CURSOR, &mut unreadable);
    let drafts = meta(records, DRAFTS, &mut unreadable).unwrap_or_default();
    let seen = meta(records, SEEN, &mut unreadable).unwrap_or_default();

    let (mut rows, mut outbox, mut saved) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows_lost = false;
    for (spot, value) in records {
        match spot {
            Spot::Meta(key) if key.starts_with(SAVED) => match parse::<Vec<Saved>>(value.as_deref()) {
                Some(read) => saved.extend(read),
                None => unreadable.push(spot),
            },
            Spot::Meta(_) => {}
            Spot::Row(_) => {
                if let Some(read) = parse::<Vec<WireRow>>(value.as_deref()) {
                    rows.extend(read);
                } else {
                    unreadable.push(spot);
                    rows_lost = true;
                }
            }
            Spot::Act(place) => match parse::<Entry>(value.as_deref()) {
                Some(entry) => outbox.push(Entry { place: Some(Place(*place)), ..entry }),
                None => unreadable.push(spot),
            },
        }
    }

    let is_aside = |(spot, _): &&Record| matches!(spot, Spot::Meta(key) if key.starts_with(ASIDE));
    let earlier = records.iter().filter(is_aside).count();
    let set_aside = unreadable.len();
    let mut writes = Vec::new();
    for (n, spot) in unreadable.into_iter().enumerate() {
        writes.push(Write::SetAside(spot.clone(), aside(spot, earlier + n)));
    }
    if rows_lost && shared {
        cursor = None;
        writes.push(Write::Delete(named(CURSOR)));
    }
    if key.is_none() {
        writes.push(Write::Put(named(KEY), json(&fresh)?));
    }
    let key = key.unwrap_or(fresh);
    let me = whose(me, Some(key));
    saved.sort_by_key(|saved| saved.place);
    let snapshot =
        Snapshot { me, cursor, rows, outbox, saved, drafts, seen, set_aside, lost: false, durable: false };
    Ok((Stored { key, snapshot }, writes))
}

/// Whose the records are: who a backend has said, until then who the key says.
fn whose(me: Option<PersonId>, key: Option<DeviceKey>) -> Option<PersonId> {
    me.or(key.map(DeviceKey::person))
}

/// The records that [`keep`] has to see.
pub(super) fn wanted(page: &Page) -> Vec<Spot> {
    let mut spots = [CURSOR, ME, KEY].map(named).to_vec();
    spots.extend(page.refused.iter().map(|(place, _)| Spot::Act(place.0)));
    spots.extend(remembering(page).into_iter().map(remembered));
    if !page.reset {
        let buckets = by_bucket(&page.rows).into_iter().zip(0..);
        spots.extend(buckets.filter(|(rows, _)| !rows.is_empty()).map(|(_, bucket)| Spot::Row(bucket)));
    }
    spots
}

/// What a page writes; `None` if it is stale. It is stale as well if it meets a record that cannot be read: the load that
/// follows sets that aside.
pub(super) fn keep(records: &[Record], page: &Page) -> Result<Option<Vec<Write>>, StoreError> {
    let fits = match find(records, &named(CURSOR)) {
        None => page.base.is_none(),
        Some((_, stored)) => page.base.is_some() && parse(stored.as_deref()) == page.base,
    };
    let me = meta(records, ME, &mut Vec::new());
    let key = meta(records, KEY, &mut Vec::new());
    if !fits || whose(me, key) != Some(page.whose) {
        return Ok(None);
    }
    let mut writes = Vec::new();
    if page.reset {
        writes.push(Write::Clear(ROWS));
    }
    for (changes, bucket) in by_bucket(&page.rows).into_iter().zip(0..) {
        if changes.is_empty() {
            continue;
        }
        let before = find(records, &Spot::Row(bucket));
        let Some(mut rows) = before.map_or(Some(Vec::new()), |(_, rows)| parse(rows.as_deref())) else {
            return Ok(None);
        };
        change(&mut rows, changes);
        writes.push(Write::Put(Spot::Row(bucket), json(&rows)?));
    }
    writes.extend(page.done.iter().map(|place| Write::Delete(Spot::Act(place.0))));
    for (place, why) in &page.refused {
        let spot = Spot::Act(place.0);
        // Where it is gone, another tab let go of it.
        if let Some((_, act)) = find(records, &spot) {
            let Some(entry) = parse::<Entry>(act.as_deref()) else { return Ok(None) };
            writes.push(Write::Put(spot, json(&Entry { refused: Some(*why), ..entry })?));
        }
    }
    if !remember(records, page, &mut writes)? {
        return Ok(None);
    }
    writes.push(Write::Put(named(CURSOR), json(&page.cursor)?));
    writes.push(Write::Put(named(ME), json(&page.me)?));
    Ok(Some(writes))
}

/// Writes which acts the backend has, and which of them are offered again; false if something cannot be read.
fn remember(records: &[Record], page: &Page, writes: &mut Vec<Write>) -> Result<bool, StoreError> {
    for n in remembering(page) {
        let before = find(records, &remembered(n));
        let Some(mut saved) = before.map_or(Some(Vec::<Saved>::new()), |(_, saved)| parse(saved.as_deref()))
        else {
            return Ok(false);
        };
        for act in saved.iter().filter(|saved| page.again.contains(&saved.place)) {
            writes.push(Write::Put(Spot::Act(act.place.0), json(&act.act)?));
        }
        saved.retain(|saved| !page.again.contains(&saved.place));
        saved.extend(page.saved.iter().filter(|saved| saved.place.0 / PLACES == n).cloned());
        writes.push(Write::Put(remembered(n), json(&saved)?));
        if before.is_none() && n >= RECORDS {
            writes.push(Write::Delete(remembered(n - RECORDS)));
        }
    }
    Ok(true)
}

/// The numbers of the records of remembered acts that a page changes.
fn remembering(page: &Page) -> Vec<u64> {
    let places = page.saved.iter().map(|saved| saved.place).chain(page.again.iter().copied());
    let mut numbers: Vec<u64> = places.map(|place| place.0 / PLACES).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn remembered(n: u64) -> Spot {
    Spot::Meta(format!("{SAVED}{n}"))
}

/// A record in [`META`].
pub(super) fn named(key: &str) -> Spot {
    Spot::Meta(key.to_owned())
}

pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    // Why not is not said: it cannot happen, and the words for it weigh a kilobyte.
    serde_json::to_vec(value).map_err(|_| StoreError("no JSON".to_owned()))
}

pub(super) fn parse<T: Read>(value: Option<&[u8]>) -> Option<T> {
    read(str::from_utf8(value?).ok()?)
}

fn find<'a>(records: &'a [Record], spot: &Spot) -> Option<&'a Record> {
    records.iter().find(|(is, _)| is == spot)
}

fn meta<'a, T: Read>(records: &'a [Record], key: &str, unreadable: &mut Vec<&'a Spot>) -> Option<T> {
    let (spot, value) = records.iter().find(|(spot, _)| matches!(spot, Spot::Meta(is) if is == key))?;
    let read = parse(value.as_deref());
    if read.is_none() {
        unreadable.push(spot);
    }
    read
}

/// Where to set a record aside; `n` tells apart what was set aside from one place at different times.
fn aside(spot: &Spot, n: usize) -> String {
    match spot {
        Spot::Meta(key) => format!("{ASIDE}{META}/{key}/{n}"),
        Spot::Row(bucket) => format!("{ASIDE}{ROWS}/{bucket}/{n}"),
        Spot::Act(place) => format!("{ASIDE}{OUTBOX}/{place}/{n}"),
    }
}

fn bucket(key: &Key) -> usize {
    let id = key.to_string();
    let hash = Fnv::default().bytes(key.kind().name().as_bytes()).bytes(id.as_bytes()).finish();
    usize::try_from(hash % BUCKETS as u64).unwrap_or(0)
}

fn by_bucket(rows: &[WireRow]) -> [Vec<&WireRow>; BUCKETS] {
    let mut buckets = [const { Vec::new() }; BUCKETS];
    for row in rows {
        buckets[bucket(&row.key)].push(row);
    }
    buckets
}

#[cfg(test)]
mod tests;
