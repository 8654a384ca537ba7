//! The device's store in browsers: three generic object stores of one IndexedDB database, see [`schema`].
//!
//! What people did is written with `strict` durability: with the browsers' own default a killed Chromium was seen to
//! lose the whole database. Between the opening of a transaction and its explicit commit nothing is awaited but the
//! database itself, or browsers would commit half of it behind our back; a transaction that is dropped is undone.

mod connection; // open in time, open again
mod objects; // bytes in and out
mod page; // what an answer changes
mod mending; // what could not be read

use indexed_db_futures::database::{Database, ObjectStoreName};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};

use super::{DeviceKey, Store, StoreError, Stored, schema};
use crate::app::effect::{Entry, Kept, Note, Page, Place};
use crate::runtime::hints::Hints;
use connection::Connection;
use objects::{Everything, Objects, number, to_json};
use schema::{META, OUTBOX, ROWS};

/// All object stores.
const ALL: [&str; 3] = [META, ROWS, OUTBOX];

/// The database of one community.
#[derive(Debug)]
pub(crate) struct IndexedDb {
    connection: Connection,
    /// Whether a backend can send rows again.
    shared: bool,
    hints: Option<Hints>,
}

impl IndexedDb {
    /// The database of this name, opened when it is first needed. `elsewhere` is called whenever another tab or element
    /// has changed something in it.
    pub(crate) fn new(name: String, shared: bool, elsewhere: impl Fn() + 'static) -> Self {
        let hints = Hints::on(&name, elsewhere);
        Self { connection: Connection::to(name), shared, hints }
    }

    /// Does what browsers do to connections when they run out of something.
    #[cfg(feature = "contract")]
    pub(super) fn break_connection(&self) {
        self.connection.break_it();
    }

    fn changed(&self) {
        if let Some(hints) = &self.hints {
            hints.give();
        }
    }
}

impl Store for IndexedDb {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        let read = async |transaction: &Transaction<'_>| {
            let everything = Everything::in_it(transaction).await?;
            let reading = schema::read(&everything.records(), fresh, self.shared);
            Ok::<_, StoreError>((everything, reading))
        };
        let load = async |database: &Database| {
            let transaction = database.transaction(ALL).build()?;
            let (_, reading) = read(&transaction).await?;
            if !reading.needs_mending() {
                return Ok(reading.stored);
            }
            drop(transaction);
            // Once more where it may be mended: another tab may have done so meanwhile.
            let transaction = writing(database, ALL, TransactionDurability::Strict)?;
            let (everything, reading) = read(&transaction).await?;
            mending::mend(&transaction, &everything, &reading)?;
            transaction.commit().await?;
            Ok(reading.stored)
        };
        self.connection.try_to(load).await
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Place, StoreError> {
        let act = to_json(entry)?;
        let enqueue = async |database: &Database| {
            let transaction = writing(database, OUTBOX, TransactionDurability::Strict)?;
            let place = Objects::of(&transaction, OUTBOX)?.add(&act).await?;
            transaction.commit().await?;
            Ok(Place(place))
        };
        let place = self.connection.try_to(enqueue).await?;
        self.changed();
        Ok(place)
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        let has_acts = !page.done.is_empty() || !page.refused.is_empty();
        let durability =
            if has_acts { TransactionDurability::Strict } else { TransactionDurability::Relaxed };
        let keep = async |database: &Database| {
            let transaction = writing(database, ALL, durability)?;
            let kept = page::keep(&transaction, page).await?;
            if kept == Kept::Done {
                transaction.commit().await?;
            }
            Ok(kept)
        };
        let kept = self.connection.try_to(keep).await?;
        if kept == Kept::Done {
            self.changed();
        }
        Ok(kept)
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        let (key, note) = match note {
            Note::Drafts(drafts) => (schema::DRAFTS, to_json(drafts)?),
            Note::Seen(topics) => (schema::SEEN, to_json(topics)?),
        };
        let keep = async |database: &Database| {
            let transaction = writing(database, META, TransactionDurability::Relaxed)?;
            Objects::of(&transaction, META)?.put(&key.into(), &note)?;
            Ok(transaction.commit().await?)
        };
        self.connection.try_to(keep).await
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        let discard = async |database: &Database| {
            let transaction = writing(database, OUTBOX, TransactionDurability::Relaxed)?;
            let outbox = Objects::of(&transaction, OUTBOX)?;
            for place in places {
                outbox.delete(&number(place.0))?;
            }
            Ok(transaction.commit().await?)
        };
        self.connection.try_to(discard).await?;
        self.changed();
        Ok(())
    }

    async fn wipe(&self) -> Result<(), StoreError> {
        let wipe = async |database: &Database| {
            let transaction = writing(database, ALL, TransactionDurability::Strict)?;
            for name in ALL {
                Objects::of(&transaction, name)?.clear()?;
            }
            Ok(transaction.commit().await?)
        };
        self.connection.try_to(wipe).await?;
        self.changed();
        Ok(())
    }
}

fn writing<N: ObjectStoreName>(
    database: &Database,
    names: N,
    durability: TransactionDurability,
) -> Result<Transaction<'_>, StoreError> {
    let options = TransactionOptions::new().with_durability(durability);
    let transaction = database.transaction(names).with_mode(TransactionMode::Readwrite).with_options(options);
    Ok(transaction.build()?)
}
