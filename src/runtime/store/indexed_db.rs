//! The device's store in browsers: three generic object stores of one IndexedDB database, see [`schema`].
//!
//! There is one way in: a [`Change`] reads some records, decides, and writes, in one transaction. What people did is
//! written with `strict` durability: with the browsers' own default a killed Chromium was seen to lose the whole
//! database. Between the opening of a transaction and its explicit commit nothing is awaited but the database itself, or
//! browsers would commit half of it behind our back; a transaction that is dropped is undone.

mod connection; // open in time, open again
mod change; // one transaction

use super::{DeviceKey, Store, StoreError, Stored, schema};
use crate::app::effect::{Entry, Kept, Note, Page, Place};
use crate::runtime::hints::Hints;
use change::{Change, Wanted};
use connection::Connection;
use schema::{META, OUTBOX, ROWS, Record, Spot, Write};

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

    /// Writes what is given, without a look at what is there.
    async fn write(
        &self,
        stores: &[&str],
        strict: bool,
        write: impl Fn() -> Vec<Write>,
    ) -> Result<u64, StoreError> {
        let mut decide = |_: &[Record]| Ok(write());
        let change =
            Change { stores, wanted: Wanted::These(Vec::new()), writes: true, strict, decide: &mut decide };
        self.connection.change(change).await
    }

    fn changed(&self) {
        if let Some(hints) = &self.hints {
            hints.give();
        }
    }
}

impl Store for IndexedDb {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        let mut read = None;
        // If anything must be mended, once more where that is possible: another tab may have mended it meanwhile.
        for mends in [false, true] {
            let mut whole = true;
            let mut decide = |records: &[Record]| {
                let (stored, writes) = schema::load(records, fresh, self.shared)?;
                whole = mends || writes.is_empty();
                read = Some(stored);
                Ok(if mends { writes } else { Vec::new() })
            };
            let change = Change {
                stores: &ALL,
                wanted: Wanted::All,
                writes: mends,
                strict: mends,
                decide: &mut decide,
            };
            self.connection.change(change).await?;
            if whole {
                break;
            }
        }
        read.ok_or_else(|| StoreError("nothing was read".into()))
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Place, StoreError> {
        let act = schema::json(entry)?;
        let place = self.write(&[OUTBOX], true, || vec![Write::Add(act.clone())]).await?;
        self.changed();
        Ok(Place(place))
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        let mut kept = Kept::Stale;
        let mut decide = |records: &[Record]| {
            let writes = schema::keep(records, page)?;
            kept = if writes.is_some() { Kept::Done } else { Kept::Stale };
            Ok(writes.unwrap_or_default())
        };
        let has_acts = !page.done.is_empty() || !page.refused.is_empty();
        let wanted = Wanted::These(schema::wanted(page));
        let change = Change { stores: &ALL, wanted, writes: true, strict: has_acts, decide: &mut decide };
        self.connection.change(change).await?;
        if kept == Kept::Done {
            self.changed();
        }
        Ok(kept)
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        let (key, note) = match note {
            Note::Drafts(drafts) => (schema::DRAFTS, schema::json(drafts)?),
            Note::Seen(topics) => (schema::SEEN, schema::json(topics)?),
        };
        self.write(&[META], false, || vec![Write::Put(schema::named(key), note.clone())]).await?;
        Ok(())
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        let delete = |place: &Place| Write::Delete(Spot::Act(place.0));
        self.write(&[OUTBOX], false, || places.iter().map(delete).collect()).await?;
        self.changed();
        Ok(())
    }

    async fn wipe(&self) -> Result<(), StoreError> {
        self.write(&ALL, true, || ALL.map(Write::Clear).into()).await?;
        self.changed();
        Ok(())
    }
}
