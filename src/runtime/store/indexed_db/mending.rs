//! What could not be read is set aside exactly as it stands, never overwritten and never dropped.

use indexed_db_futures::transaction::Transaction;
use wasm_bindgen::JsValue;

use super::objects::{Everything, Objects, number, to_json};
use super::{META, OUTBOX, ROWS};
use crate::runtime::store::StoreError;
use crate::runtime::store::schema::{self, Reading, Spot};

/// Makes the database say what was read from it, up to the commit.
pub(super) fn mend(
    transaction: &Transaction<'_>,
    everything: &Everything,
    reading: &Reading,
) -> Result<(), StoreError> {
    let meta = Objects::of(transaction, META)?;
    for (spot, aside) in &reading.unreadable {
        let (name, key) = match spot {
            Spot::Meta(key) => (META, JsValue::from_str(key)),
            Spot::Row(bucket) => (ROWS, number(*bucket)),
            Spot::Act(place) => (OUTBOX, number(*place)),
        };
        if let Some(value) = everything.value(name, &key) {
            meta.put_as_it_is(&aside.into(), value)?;
        }
        Objects::of(transaction, name)?.delete(&key)?;
    }
    if reading.key_is_new {
        meta.put(&schema::KEY.into(), &to_json(&reading.stored.key)?)?;
    }
    if reading.forget_cursor {
        meta.delete(&schema::CURSOR.into())?;
    }
    Ok(())
}
