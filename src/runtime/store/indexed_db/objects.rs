//! Records of an object store: JSON bytes under keys.

use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{META, OUTBOX, ROWS};
use crate::runtime::store::StoreError;
use crate::runtime::store::schema::{Records, Value, parse};

/// One object store in a transaction.
///
/// Writes are sent off at once and not waited for: whatever becomes of them shows at the commit.
pub(super) struct Objects<'a>(ObjectStore<'a>);

impl<'a> Objects<'a> {
    pub(super) fn of(transaction: &'a Transaction<'_>, name: &str) -> Result<Self, StoreError> {
        Ok(Self(transaction.object_store(name)?))
    }

    /// `None` if there is nothing, `Some(None)` if it cannot be read.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        key: &JsValue,
    ) -> Result<Option<Option<T>>, StoreError> {
        let found: Option<JsValue> = self.0.get(key.clone()).primitive()?.await?;
        Ok(found.map(|found| parse(&bytes(&found))))
    }

    pub(super) fn put(&self, key: &JsValue, json: &[u8]) -> Result<(), StoreError> {
        self.put_as_it_is(key, Uint8Array::from(json).into())
    }

    pub(super) fn put_as_it_is(&self, key: &JsValue, value: JsValue) -> Result<(), StoreError> {
        drop(self.0.put(value).with_key(key.clone()).without_key_type().primitive()?);
        Ok(())
    }

    /// Adds a record behind all others, under a key that the browser counts up.
    pub(super) async fn add(&self, json: &[u8]) -> Result<u64, StoreError> {
        let value = JsValue::from(Uint8Array::from(json));
        let key: u32 = self.0.add(value).with_key_type::<u32>().primitive()?.await?;
        Ok(key.into())
    }

    pub(super) fn delete(&self, key: &JsValue) -> Result<(), StoreError> {
        drop(self.0.delete(key.clone()).primitive()?);
        Ok(())
    }

    pub(super) fn clear(&self) -> Result<(), StoreError> {
        drop(self.0.clear()?);
        Ok(())
    }

    async fn all(&self) -> Result<Vec<(JsValue, JsValue)>, StoreError> {
        let keys = self.0.get_all_keys::<JsValue>().primitive()?;
        let values = self.0.get_all::<JsValue>().primitive()?;
        let keys: Vec<JsValue> = keys.await?.collect::<Result<_, _>>()?;
        let values: Vec<JsValue> = values.await?.collect::<Result<_, _>>()?;
        Ok(keys.into_iter().zip(values).collect())
    }
}

/// Every record of the database, as it stands.
pub(super) struct Everything([(&'static str, Vec<(JsValue, JsValue)>); 3]);

impl Everything {
    pub(super) async fn in_it(transaction: &Transaction<'_>) -> Result<Self, StoreError> {
        Ok(Self([
            (META, Objects::of(transaction, META)?.all().await?),
            (ROWS, Objects::of(transaction, ROWS)?.all().await?),
            (OUTBOX, Objects::of(transaction, OUTBOX)?.all().await?),
        ]))
    }

    pub(super) fn records(&self) -> Records {
        let [(_, meta), (_, rows), (_, outbox)] = &self.0;
        let counted = |records: &[(JsValue, JsValue)]| {
            let record = |(key, value): &(JsValue, JsValue)| Some((counted(key)?, bytes(value)));
            records.iter().filter_map(record).collect()
        };
        let named = |(key, value): &(JsValue, JsValue)| Some((key.as_string()?, bytes(value)));
        Records {
            meta: meta.iter().filter_map(named).collect(),
            rows: counted(rows),
            outbox: counted(outbox),
        }
    }

    /// The value of a record exactly as it stands.
    pub(super) fn value(&self, name: &str, key: &JsValue) -> Option<JsValue> {
        let (_, records) = self.0.iter().find(|(of, _)| *of == name)?;
        records.iter().find(|(of, _)| of == key).map(|(_, value)| value.clone())
    }
}

/// The bytes of a value, if it is bytes.
fn bytes(value: &JsValue) -> Value {
    value.dyn_ref().map(Uint8Array::to_vec)
}

/// A number as a key.
#[expect(clippy::cast_precision_loss, reason = "a browser would have to count beyond 2^53")]
pub(super) fn number(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

/// A key as a number; other keys were never ours.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against what it came from"
)]
fn counted(key: &JsValue) -> Option<u64> {
    let number = key.as_f64()? as u64;
    (self::number(number) == *key).then_some(number)
}

pub(super) fn to_json(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|error| StoreError(error.to_string()))
}
