//! A store that lasts as long as the page: for tests, and for browsers that keep nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cercle_domain::Key;
use cercle_domain::id::{PersonId, TopicId};
use cercle_domain::protocol::WireRow;

use super::{DeviceKey, Store, StoreError, Stored};
use crate::app::drafts::Drafts;
use crate::app::effect::{Cursor, Entry, Kept, Note, Page, Place};
use crate::app::reply::Snapshot;

/// A handle on things in memory. Clones are handles on the same things.
#[derive(Debug, Clone, Default)]
pub struct Memory(Rc<RefCell<Shelf>>);

impl Store for Memory {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        Ok(self.0.borrow_mut().load(fresh))
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Place, StoreError> {
        Ok(self.0.borrow_mut().enqueue(entry.clone()))
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        Ok(self.0.borrow_mut().keep(page))
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        self.0.borrow_mut().note(note);
        Ok(())
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        self.0.borrow_mut().discard(places);
        Ok(())
    }

    async fn wipe(&self) -> Result<(), StoreError> {
        self.0.borrow_mut().wipe();
        Ok(())
    }
}

/// The things themselves.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    key: Option<DeviceKey>,
    me: Option<PersonId>,
    cursor: Option<Cursor>,
    rows: BTreeMap<Key, WireRow>,
    outbox: BTreeMap<Place, Entry>,
    /// The last place given, for a place is never given twice.
    last: u64,
    drafts: Drafts,
    seen: Vec<TopicId>,
}

impl Shelf {
    /// A copy of what a store holds.
    pub(super) fn copy_of(stored: &Stored) -> Self {
        let Stored { key, snapshot } = stored;
        let mut copy = Self {
            key: Some(*key),
            me: snapshot.me,
            cursor: snapshot.cursor,
            rows: snapshot.rows.iter().map(|row| (row.key, row.clone())).collect(),
            drafts: snapshot.drafts.clone(),
            seen: snapshot.seen.clone(),
            ..Self::default()
        };
        for entry in &snapshot.outbox {
            if let Some(place) = entry.place {
                copy.put(place, entry.clone());
            }
        }
        copy
    }

    pub(super) fn key(&self) -> Option<DeviceKey> {
        self.key
    }

    pub(super) fn load(&mut self, fresh: DeviceKey) -> Stored {
        Stored { key: *self.key.get_or_insert(fresh), snapshot: self.snapshot() }
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            me: self.me.or(self.key.map(DeviceKey::person)),
            cursor: self.cursor,
            rows: self.rows.values().cloned().collect(),
            outbox: self.outbox.values().cloned().collect(),
            drafts: self.drafts.clone(),
            seen: self.seen.clone(),
            set_aside: 0,
            durable: false,
        }
    }

    pub(super) fn enqueue(&mut self, entry: Entry) -> Place {
        let place = Place(self.last + 1);
        self.put(place, entry);
        place
    }

    pub(super) fn put(&mut self, place: Place, entry: Entry) {
        self.last = self.last.max(place.0);
        self.outbox.insert(place, Entry { place: Some(place), ..entry });
    }

    pub(super) fn keep(&mut self, page: &Page) -> Kept {
        if self.cursor != page.base {
            return Kept::Stale;
        }
        if page.reset {
            self.rows.clear();
        }
        for row in &page.rows {
            match row.row {
                Some(_) => self.rows.insert(row.key, row.clone()),
                None => self.rows.remove(&row.key),
            };
        }
        self.discard(&page.done);
        for (place, why) in &page.refused {
            if let Some(entry) = self.outbox.get_mut(place) {
                entry.refused = Some(*why);
            }
        }
        self.cursor = Some(page.cursor);
        self.me = Some(page.me);
        Kept::Done
    }

    pub(super) fn note(&mut self, note: &Note) {
        match note {
            Note::Drafts(drafts) => self.drafts = drafts.clone(),
            Note::Seen(topics) => self.seen.clone_from(topics),
        }
    }

    pub(super) fn discard(&mut self, places: &[Place]) {
        for place in places {
            self.outbox.remove(place);
        }
    }

    pub(super) fn wipe(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }
}
