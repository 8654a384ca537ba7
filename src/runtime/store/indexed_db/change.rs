//! One transaction: reads what is asked for, lets somebody decide, and writes what they decided, all of it or nothing.

use std::cell::RefCell;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::future::BasicRequest;
use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransaction;

use super::{KEY, META, OUTBOX, ROWS, Record, Spot, Write};
use crate::runtime::store::StoreError;

/// What to do in a transaction.
pub(super) struct Change<'a> {
    /// The object stores that it reaches.
    pub(super) stores: &'a [&'a str],
    pub(super) wanted: Wanted,
    /// Whether it may write.
    pub(super) writes: bool,
    /// Whether it must outlive a power cut as soon as it is done.
    pub(super) strict: bool,
    /// Says what to write in the face of the records; called again if the transaction has to be.
    pub(super) decide: &'a mut Decide<'a>,
}

/// The last act that was added, if one was.
#[derive(Default)]
pub(super) struct Added {
    pub(super) place: u64,
    /// What stood at [`KEY`] then.
    pub(super) key: Option<Vec<u8>>,
}

/// What is on its way where an act is added: its place, and what stands at [`KEY`].
type Adding = (BasicRequest<JsValue>, BasicRequest<Option<JsValue>>);

/// A decision.
pub(super) type Decide<'a> = dyn FnMut(&[Record]) -> Result<Vec<Write>, StoreError> + 'a;

/// The records that a decision needs.
pub(super) enum Wanted {
    /// Every one.
    All,
    /// Those of these that there are.
    These(Vec<Spot>),
}

/// The last two transactions, of which one may be the second copy's. Once one writes, it is sent to its end at once and
/// needs the page no more; but one that reads in a page which is put aside lasts as long as that, and keeps the database
/// from everybody else.
#[derive(Debug, Default)]
pub(super) struct Reading(RefCell<[Option<IdbTransaction>; 2]>);

impl Reading {
    fn add(&self, transaction: IdbTransaction) {
        let [last, before] = &mut *self.0.borrow_mut();
        *before = last.replace(transaction);
    }

    /// Undoes what still reads: whoever made the change hears of that and makes it again.
    pub(super) fn stop(&self) {
        for transaction in self.0.take().into_iter().flatten() {
            // An error is one that is at its end.
            drop(transaction.abort());
        }
    }
}

impl Change<'_> {
    /// Makes the change; says of the last act that was added, if one was.
    pub(super) async fn make(&mut self, database: &Database, reading: &Reading) -> Result<Added, StoreError> {
        let mode = if self.writes { TransactionMode::Readwrite } else { TransactionMode::Readonly };
        let durability =
            if self.strict { TransactionDurability::Strict } else { TransactionDurability::Relaxed };
        let options = TransactionOptions::new().with_durability(durability);
        let transaction = database.transaction(self.stores).with_mode(mode).with_options(options).build()?;
        reading.add((**transaction.as_sys()).clone());
        let mut records = Vec::new();
        match &self.wanted {
            Wanted::All => {
                for name in self.stores {
                    all(&transaction.object_store(name)?, name, &mut records).await?;
                }
            }
            Wanted::These(spots) => {
                for spot in spots {
                    let (name, key) = address(spot);
                    if let Some(value) = get(&transaction.object_store(name)?, key)?.await? {
                        records.push((spot.clone(), bytes(&value)));
                    }
                }
            }
        }
        let writes = (self.decide)(&records)?;
        if writes.is_empty() {
            return Ok(Added::default());
        }
        let mut adding = None;
        for write in writes {
            adding = make(&transaction, write).await?.or(adding);
        }
        transaction.commit().await?;
        let Some((place, key)) = adding else { return Ok(Added::default()) };
        let key = key.await?.as_ref().and_then(bytes);
        Ok(Added { place: counted(&place.await?).unwrap_or_default(), key })
    }
}

/// Sends a write on its way; whatever becomes of it shows at the commit, and after that where it was added.
async fn make(transaction: &Transaction<'_>, write: Write) -> Result<Option<Adding>, Error> {
    let (name, key) = match &write {
        Write::Put(spot, _) | Write::Delete(spot) | Write::SetAside(spot, _) => address(spot),
        Write::Add(_) => (OUTBOX, JsValue::UNDEFINED),
        Write::Clear(name) => (*name, JsValue::UNDEFINED),
    };
    let store = transaction.object_store(name)?;
    match write {
        Write::Put(_, json) => put(&store, key, Uint8Array::from(&json[..]).into())?,
        Write::Delete(_) => drop(store.delete(key).primitive()?),
        Write::Add(json) => {
            let value: JsValue = Uint8Array::from(&json[..]).into();
            let place = store.add(value).with_key_type::<JsValue>().primitive()?;
            return Ok(Some((place, get(&transaction.object_store(META)?, KEY.into())?)));
        }
        Write::SetAside(_, aside) => {
            if let Some(value) = get(&store, key.clone())?.await? {
                put(&transaction.object_store(META)?, aside.into(), value)?;
            }
            drop(store.delete(key).primitive()?);
        }
        Write::Clear(_) => drop(store.clear()?),
    }
    Ok(None)
}

fn put(store: &ObjectStore<'_>, key: JsValue, value: JsValue) -> Result<(), Error> {
    drop(store.put(value).with_key(key).without_key_type().primitive()?);
    Ok(())
}

fn get(store: &ObjectStore<'_>, key: JsValue) -> Result<BasicRequest<Option<JsValue>>, Error> {
    store.get(key).primitive()
}

async fn all(store: &ObjectStore<'_>, name: &str, records: &mut Vec<Record>) -> Result<(), Error> {
    let keys = store.get_all_keys::<JsValue>().primitive()?;
    let values = store.get_all::<JsValue>().primitive()?;
    for (key, value) in keys.await?.zip(values.await?) {
        // Records under other keys were never ours.
        if let Some(spot) = spot(name, &key?) {
            records.push((spot, bytes(&value?)));
        }
    }
    Ok(())
}

/// The object store of a record, and its key there.
fn address(spot: &Spot) -> (&'static str, JsValue) {
    #[expect(clippy::cast_precision_loss, reason = "a browser would have to count beyond 2^53")]
    let number = |number: u64| JsValue::from_f64(number as f64);
    match spot {
        Spot::Meta(key) => (META, JsValue::from_str(key)),
        Spot::Row(bucket) => (ROWS, number(*bucket)),
        Spot::Act(place) => (OUTBOX, number(*place)),
    }
}

fn spot(name: &str, key: &JsValue) -> Option<Spot> {
    Some(match name {
        META => Spot::Meta(key.as_string()?),
        ROWS => Spot::Row(counted(key)?),
        _ => Spot::Act(counted(key)?),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers that a browser counted"
)]
fn counted(key: &JsValue) -> Option<u64> {
    key.as_f64().map(|number| number as u64)
}

/// The bytes of a value, if it is bytes.
fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref().map(Uint8Array::to_vec)
}
