//! What an answer changes, within one transaction over all object stores.

use indexed_db_futures::transaction::Transaction;

use super::objects::{Objects, number, to_json};
use super::{META, OUTBOX, ROWS};
use crate::app::effect::{Cursor, Entry, Kept, Page};
use crate::runtime::store::{StoreError, schema};

/// Keeps a page, up to the commit. It is stale as well if it meets a record that cannot be read: the load that follows
/// sets that aside.
pub(super) async fn keep(transaction: &Transaction<'_>, page: &Page) -> Result<Kept, StoreError> {
    let meta = Objects::of(transaction, META)?;
    let fits = match meta.get::<Cursor>(&schema::CURSOR.into()).await? {
        None => page.base.is_none(),
        Some(stored) => stored.is_some() && stored == page.base,
    };
    if !fits || !rows(transaction, page).await? || !acts(transaction, page).await? {
        return Ok(Kept::Stale);
    }
    meta.put(&schema::CURSOR.into(), &to_json(&page.cursor)?)?;
    meta.put(&schema::ME.into(), &to_json(&page.me)?)?;
    Ok(Kept::Done)
}

/// Puts rows into their buckets; `false` if one of these cannot be read.
async fn rows(transaction: &Transaction<'_>, page: &Page) -> Result<bool, StoreError> {
    let rows = Objects::of(transaction, ROWS)?;
    if page.reset {
        rows.clear()?;
    }
    for (bucket, changes) in schema::by_bucket(&page.rows) {
        let bucket = number(bucket);
        let Some(before) = rows.get(&bucket).await?.unwrap_or(Some(Vec::new())) else { return Ok(false) };
        rows.put(&bucket, &to_json(&schema::changed(&before, &changes))?)?;
    }
    Ok(true)
}

/// Takes acts that are done out of the outbox and marks those that were refused; `false` if one cannot be read.
async fn acts(transaction: &Transaction<'_>, page: &Page) -> Result<bool, StoreError> {
    let outbox = Objects::of(transaction, OUTBOX)?;
    for place in &page.done {
        outbox.delete(&number(place.0))?;
    }
    for (place, why) in &page.refused {
        let place = number(place.0);
        match outbox.get::<Entry>(&place).await? {
            // Another tab let go of it.
            None => {}
            Some(None) => return Ok(false),
            Some(Some(entry)) => outbox.put(&place, &to_json(&Entry { refused: Some(*why), ..entry })?)?,
        }
    }
    Ok(true)
}
