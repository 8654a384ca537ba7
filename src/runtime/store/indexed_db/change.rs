//! One transaction: reads what is asked for, lets somebody decide, and writes what they decided, all of it or nothing.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction};

use super::request::{answer, said};
use super::{META, OUTBOX, ROWS, Record, Spot, Write};
use crate::runtime::js::object;
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

/// A decision.
pub(super) type Decide<'a> = dyn FnMut(&[Record]) -> Result<Vec<Write>, StoreError> + 'a;

/// The records that a decision needs.
pub(super) enum Wanted {
    /// Every one.
    All,
    /// Those of these that there are.
    These(Vec<Spot>),
}

impl Change<'_> {
    /// Makes the change; the place of the last act that was added, if one was.
    pub(super) async fn make(&mut self, database: &IdbDatabase) -> Result<u64, StoreError> {
        let transaction = Transaction::begin(database, self.stores, self.writes, self.strict)?;
        let mut records = Vec::new();
        match &self.wanted {
            Wanted::All => {
                for name in self.stores {
                    all(&transaction.objects(name)?, name, &mut records).await?;
                }
            }
            Wanted::These(spots) => {
                for spot in spots {
                    let (name, key) = address(spot);
                    let value = get(&transaction.objects(name)?, &key).await?;
                    if !value.is_undefined() {
                        records.push((spot.clone(), bytes(&value)));
                    }
                }
            }
        }
        let writes = (self.decide)(&records)?;
        if writes.is_empty() {
            return Ok(0);
        }
        let mut place = 0;
        for write in writes {
            place = make(&transaction, write).await?.unwrap_or(place);
        }
        transaction.commit().await?;
        Ok(place)
    }
}

#[wasm_bindgen]
extern "C" {
    /// A database as far as web-sys calls it unstable: transactions with options.
    type Database;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &Array,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// A transaction, undone unless it is committed.
struct Transaction(IdbTransaction);

impl Transaction {
    fn begin(
        database: &IdbDatabase,
        stores: &[&str],
        writes: bool,
        strict: bool,
    ) -> Result<Self, StoreError> {
        let stores: Array = stores.iter().copied().map(JsValue::from_str).collect();
        let mode = if writes { "readwrite" } else { "readonly" };
        let durability = if strict { "strict" } else { "relaxed" };
        let options = object(&[("durability", durability.into())]);
        let database: &Database = database.unchecked_ref();
        Ok(Self(database.transaction(&stores, mode, &options)?))
    }

    fn objects(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        Ok(self.0.object_store(name)?)
    }

    async fn commit(&self) -> Result<(), StoreError> {
        let over = Promise::new(&mut |complete, abort| {
            self.0.set_oncomplete(Some(&complete));
            self.0.set_onabort(Some(&abort));
        });
        #[expect(deprecated, reason = "web-sys says so; every browser has it, and only it ends at once")]
        self.0.commit()?;
        let committed = JsFuture::from(over).await;
        committed.map(drop).map_err(|_| said(self.0.error()))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        // Fails where it is over already: there is nothing to undo.
        drop(self.0.abort());
    }
}

/// Sends a write on its way; whatever becomes of it shows at the commit.
async fn make(transaction: &Transaction, write: Write) -> Result<Option<u64>, StoreError> {
    match write {
        Write::Put(spot, json) => {
            let (name, key) = address(&spot);
            transaction.objects(name)?.put_with_key(&Uint8Array::from(&json[..]), &key)?;
        }
        Write::Delete(spot) => {
            let (name, key) = address(&spot);
            transaction.objects(name)?.delete(&key)?;
        }
        Write::Add(json) => {
            let added = transaction.objects(OUTBOX)?.add(&Uint8Array::from(&json[..]))?;
            return Ok(counted(&answer(&added).await?));
        }
        Write::SetAside(spot, aside) => {
            let (name, key) = address(&spot);
            let objects = transaction.objects(name)?;
            let value = get(&objects, &key).await?;
            if !value.is_undefined() {
                transaction.objects(META)?.put_with_key(&value, &aside.into())?;
            }
            objects.delete(&key)?;
        }
        Write::Clear(name) => drop(transaction.objects(name)?.clear()?),
    }
    Ok(None)
}

async fn get(objects: &IdbObjectStore, key: &JsValue) -> Result<JsValue, StoreError> {
    answer(&objects.get(key)?).await
}

async fn all(objects: &IdbObjectStore, name: &str, records: &mut Vec<Record>) -> Result<(), StoreError> {
    let keys: Array = answer(&objects.get_all_keys()?).await?.unchecked_into();
    let values: Array = answer(&objects.get_all()?).await?.unchecked_into();
    for (key, value) in keys.iter().zip(values.iter()) {
        // Records under other keys were never ours.
        if let Some(spot) = spot(name, &key) {
            records.push((spot, bytes(&value)));
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
