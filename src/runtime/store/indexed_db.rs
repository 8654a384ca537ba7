//! The device's store in browsers: three generic object stores of one IndexedDB database, see [`schema`].
//!
//! There is one way in: a [`Change`] reads some records, decides, and writes, in one transaction. What people did is
//! written with `strict` durability: with the browsers' own default a killed Chromium was seen to lose the whole
//! database. Between the opening of a transaction and its explicit commit nothing is awaited but the database itself, or
//! browsers would commit half of it behind our back; a transaction that is dropped is undone.
//!
//! What nobody else has goes into a [second copy](super::second_copy) as well. It is put there at once, beside the
//! transaction, and taken away behind it; the two are compared at the beginning of a visit and in a database that is new.

pub(super) mod cache; // beside the database
mod connection; // open in time, open again
mod change; // one transaction

use std::cell::Cell;
use std::mem::take;
use std::rc::Rc;

use super::second_copy::{Amends, compare, name, names};
use super::{DeviceKey, Enqueued, Store, StoreError, Stored, schema};
use crate::app::effect::{Entry, Kept, Note, Page, Place};
use crate::app::reply::Snapshot;
use crate::runtime::hints::Hints;
use crate::runtime::js::spawn;
use cache::Cache;
use change::{Added, Change, Wanted};
use connection::Connection;
use schema::{DRAFTS, KEY, META, OUTBOX, ROWS, Record, Spot, Write};

/// All object stores.
const ALL: [&str; 3] = [META, ROWS, OUTBOX];

/// The database of one community.
#[derive(Debug)]
pub(crate) struct IndexedDb {
    connection: Rc<Connection>,
    /// Whether a backend can send rows again.
    shared: bool,
    hints: Option<Hints>,
    /// Where the second copy is; without a backend there is none.
    copy: Option<Cache>,
    /// Whether the second copy was looked at in this visit.
    compared: Cell<bool>,
}

impl IndexedDb {
    /// The database of this name, opened when it is first needed. `elsewhere` is called whenever another tab or element
    /// has changed something in it.
    pub(crate) fn new(name: String, shared: bool, elsewhere: impl Fn() + 'static) -> Self {
        let hints = Hints::on(&name, elsewhere);
        let copy = shared.then(|| Cache::of(name.clone()));
        Self { connection: Rc::new(Connection::to(name)), shared, hints, copy, compared: Cell::new(false) }
    }

    /// Leaves the database to the others: the page may be put aside whole.
    pub(crate) fn let_go(&self) {
        self.connection.let_go();
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
    ) -> Result<Added, StoreError> {
        let mut decide = |_: &[Record]| Ok(write());
        let change =
            Change { stores, wanted: Wanted::These(Vec::new()), writes: true, strict, decide: &mut decide };
        self.connection.change(change).await
    }

    /// Takes acts away from the second copy.
    fn forget_copies(&self, names: &[String]) {
        if let Some(copy) = &self.copy {
            for name in names {
                copy.remove(name);
            }
        }
    }

    /// Gives a database that is new what another of its name left behind; says whether the browser lost that one and
    /// nothing of it is there.
    async fn recover(&self) -> Result<bool, StoreError> {
        let recovered = match &self.copy {
            Some(copy) => agree(&self.connection, copy).await?,
            None => false,
        };
        Ok(self.connection.takes_loss() && !recovered)
    }

    /// Whether somebody has come in place of whoever had this key.
    async fn belongs_to_another(&self, key: DeviceKey) -> Result<bool, StoreError> {
        let mut another = false;
        let mut decide = |records: &[Record]| {
            another = schema::is_of_another(records, key);
            Ok(Vec::new())
        };
        let wanted = Wanted::These(vec![schema::named(KEY)]);
        let change = Change { stores: &[META], wanted, writes: false, strict: false, decide: &mut decide };
        self.connection.change(change).await?;
        Ok(another)
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
        let (mut made, mut lost) = (false, false);
        // If anything must be mended, once more where that is possible: another tab may have mended it meanwhile.
        for mends in [false, true] {
            let mut whole = true;
            let mut decide = |records: &[Record]| {
                let (stored, writes) = schema::load(records, fresh, self.shared)?;
                whole = mends || writes.is_empty();
                made = stored.key == fresh;
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
            if made {
                lost = self.recover().await?;
            }
        }
        if let Some(copy) = self.copy.clone().filter(|_| !self.compared.replace(true) || made) {
            let connection = Rc::clone(&self.connection);
            // Whatever goes wrong there will go wrong again where somebody waits for it.
            spawn(async move { drop(agree(&connection, &copy).await) });
        }
        let Stored { key, snapshot } = read.ok_or_else(|| StoreError("nothing was read".into()))?;
        Ok(Stored { key, snapshot: Snapshot { lost, ..snapshot } })
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError> {
        let act = schema::json(entry)?;
        let copying = self.copy.as_ref().map(|copy| copy.put(&name(entry), &act));
        let Added { place, key } =
            self.write(&[META, OUTBOX], true, || vec![Write::Add(act.clone())]).await?;
        if let Some(copying) = copying {
            copying.wait().await;
        }
        self.changed();
        Ok(Enqueued { place: Place(place), key: schema::parse(key.as_deref()) })
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        let mut kept = Kept::Stale;
        let mut done = Vec::new();
        let mut decide = |records: &[Record]| {
            let writes = schema::keep(records, page)?;
            done = names(records, &page.done);
            kept = if writes.is_some() { Kept::Done } else { Kept::Stale };
            Ok(writes.unwrap_or_default())
        };
        let has_acts = !page.done.is_empty() || !page.refused.is_empty();
        let mut wanted = schema::wanted(page);
        wanted.extend(acts_at(&page.done));
        let wanted = Wanted::These(wanted);
        let change = Change { stores: &ALL, wanted, writes: true, strict: has_acts, decide: &mut decide };
        self.connection.change(change).await?;
        if kept == Kept::Done {
            self.forget_copies(&done);
            self.changed();
        }
        Ok(kept)
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        let (key, note) = match note {
            Note::Drafts(drafts) => (DRAFTS, schema::json(drafts)?),
            Note::Seen(topics) => (schema::SEEN, schema::json(topics)?),
        };
        if let Some(copy) = self.copy.as_ref().filter(|_| key == DRAFTS) {
            drop(copy.put(key, &note));
        }
        self.write(&[META], false, || vec![Write::Put(schema::named(key), note.clone())]).await?;
        Ok(())
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        let mut gone = Vec::new();
        let mut decide = |records: &[Record]| {
            gone = names(records, places);
            Ok(acts_at(places).map(Write::Delete).collect())
        };
        let wanted = Wanted::These(acts_at(places).collect());
        let change = Change { stores: &[OUTBOX], wanted, writes: true, strict: false, decide: &mut decide };
        self.connection.change(change).await?;
        self.forget_copies(&gone);
        self.changed();
        Ok(())
    }

    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError> {
        if self.belongs_to_another(key).await? {
            return Ok(());
        }
        // Before the database, because nothing of it may come back; and behind it, because another tab may have put there
        // what it had read before.
        let copy = self.copy.as_ref();
        if let Some(copy) = copy {
            copy.clear().await;
        }
        let mut decide = |records: &[Record]| {
            Ok(if schema::is_of_another(records, key) { Vec::new() } else { ALL.map(Write::Clear).into() })
        };
        let wanted = Wanted::These(vec![schema::named(KEY)]);
        self.connection
            .change(Change { stores: &ALL, wanted, writes: true, strict: true, decide: &mut decide })
            .await?;
        if let Some(copy) = copy {
            copy.clear().await;
        }
        self.changed();
        Ok(())
    }
}

/// Makes the database and the second copy agree, unless both are wiped meanwhile; says whether the database got anything
/// back.
async fn agree(connection: &Connection, copy: &Cache) -> Result<bool, StoreError> {
    let clearings = copy.clearings();
    // Before the database is: what another tab has put here by now, it has begun to put there too.
    let Some(copied) = copy.read().await else { return Ok(false) };
    let mut amends = Amends::default();
    let mut back = false;
    let mut decide = |records: &[Record]| {
        amends = if copy.clearings() == clearings { compare(records, &copied) } else { Amends::default() };
        back = !amends.back.is_empty();
        Ok(take(&mut amends.back))
    };
    let stores = &[META, OUTBOX];
    connection
        .change(Change { stores, wanted: Wanted::All, writes: true, strict: true, decide: &mut decide })
        .await?;
    if copy.clearings() != clearings {
        return Ok(back);
    }
    for name in &amends.done {
        copy.remove(name);
    }
    for (name, json) in &amends.lacking {
        drop(copy.put(name, json));
    }
    Ok(back)
}

fn acts_at(places: &[Place]) -> impl Iterator<Item = Spot> {
    places.iter().map(|place| Spot::Act(place.0))
}
