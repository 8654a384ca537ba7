//! The law of stores as a list of checks, one for every store there is.
//!
//! Natively each check is a test on memory. In browsers the feature `contract` exports `contract()`, which plays the
//! same list on IndexedDB. Nothing here panics: a browser could not go on after that, so a check says what it found.

mod law; // what every store does
#[cfg(test)]
pub(in crate::runtime) mod tests; // on memory
#[cfg(target_arch = "wasm32")]
mod browser; // the same on IndexedDB, and what only a database can suffer

#[cfg(target_arch = "wasm32")]
pub use browser::contract;

use std::fmt;

use cercle_domain::Key;
use cercle_domain::id::{Epoch, Millis, OpId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::protocol::WireRow;
use cercle_domain::row::{Count, Row};

use super::{DeviceKey, Store, StoreError, Stored};
use crate::app::effect::{Cursor, Entry, Page};
use crate::app::reply::Snapshot;

/// A place of its own for one check.
#[expect(async_fn_in_trait, reason = "the widget has one thread")]
pub trait Bench {
    /// What is checked.
    type Store: Store;

    /// A handle on the place. The first finds it empty, others find what was left.
    async fn open(&self) -> Self::Store;
}

/// What a check found.
type Verdict = Result<(), Breach>;

/// How the law was broken.
#[derive(Debug)]
struct Breach(String);

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<StoreError> for Breach {
    fn from(error: StoreError) -> Self {
        Self(format!("the store failed: {error}"))
    }
}

/// Two things that should be the same.
fn same<T: PartialEq + fmt::Debug>(what: &str, is: &T, should: &T) -> Verdict {
    if is == should { Ok(()) } else { Err(Breach(format!("{what}: {is:?} should be {should:?}"))) }
}

/// A handle on the place as visits have it: they load what is there before anything else.
async fn in_use<B: Bench>(bench: &B) -> Result<B::Store, StoreError> {
    let store = bench.open().await;
    load(&store).await?;
    Ok(store)
}

async fn load(store: &impl Store) -> Result<Snapshot, StoreError> {
    let Stored { snapshot, .. } = store.load(key(1)).await?;
    Ok(snapshot)
}

fn key(n: u128) -> DeviceKey {
    DeviceKey::roll(|| n)
}

fn act(n: u128) -> Entry {
    let op = Op::Follow { topic: TopicId(n), on: true };
    Entry { id: OpId(n), op, at: Millis(1_000), place: None, refused: None }
}

fn tally(topic: u128, ver: u64) -> WireRow {
    let row = Row::Tally(Count { n: 3 });
    WireRow { key: Key::Tally(TopicId(topic)), ver: Ver(ver), row: Some(row) }
}

fn cursor(ver: u64) -> Cursor {
    Cursor { epoch: Epoch(1), ver: Ver(ver) }
}

/// A page that changes nothing but the cursor.
fn page(base: Option<u64>, to: u64) -> Page {
    Page {
        base: base.map(cursor),
        whose: key(1).person(),
        cursor: cursor(to),
        me: key(1).person(),
        reset: false,
        rows: Vec::new(),
        done: Vec::new(),
        refused: Vec::new(),
        saved: Vec::new(),
        again: Vec::new(),
    }
}

fn rows(from: u128, to: u128, ver: u64) -> Vec<WireRow> {
    (from..to).map(|topic| tally(topic, ver)).collect()
}

fn in_order(mut rows: Vec<WireRow>) -> Vec<WireRow> {
    rows.sort_by_key(|row| row.key);
    rows
}
