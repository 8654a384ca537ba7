//! A store that lasts as long as the page: for tests, and for browsers that keep nothing.

use std::cell::RefCell;
use std::rc::Rc;

use cercle_domain::id::PersonId;

use super::{DeviceKey, Enqueued, Store, StoreError, Stored, change};
use crate::app::effect::{Entry, Kept, Note, Page, Place, REMEMBERED, Saved};
use crate::app::reply::Snapshot;

/// A handle on things in memory. Clones are handles on the same things.
#[derive(Debug, Clone, Default)]
pub struct Memory(Rc<RefCell<Shelf>>);

impl Store for Memory {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        Ok(self.0.borrow_mut().load(fresh))
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError> {
        let mut shelf = self.0.borrow_mut();
        Ok(Enqueued { place: shelf.enqueue(entry.clone()), key: shelf.key })
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

    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError> {
        self.0.borrow_mut().wipe(key);
        Ok(())
    }
}

/// The things themselves.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    key: Option<DeviceKey>,
    /// The last place given, for a place is never given twice.
    last: u64,
    /// Everything else; the outbox in the order of its places.
    kept: Snapshot,
}

impl Shelf {
    /// A copy of what a store holds.
    pub(super) fn copy_of(stored: &Stored) -> Self {
        let kept = Snapshot { set_aside: 0, lost: false, durable: false, ..stored.snapshot.clone() };
        let waits = kept.outbox.iter().filter_map(|entry| entry.place);
        let last = waits.chain(kept.saved.iter().map(|saved| saved.place)).max();
        Self { key: Some(stored.key), last: last.map_or(0, |place| place.0), kept }
    }

    pub(super) fn key(&self) -> Option<DeviceKey> {
        self.key
    }

    pub(super) fn load(&mut self, fresh: DeviceKey) -> Stored {
        Stored { key: *self.key.get_or_insert(fresh), snapshot: self.snapshot() }
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot { me: self.whose(), ..self.kept.clone() }
    }

    fn whose(&self) -> Option<PersonId> {
        self.kept.me.or(self.key.map(DeviceKey::person))
    }

    pub(super) fn enqueue(&mut self, entry: Entry) -> Place {
        let place = Place(self.last + 1);
        self.put(place, entry);
        place
    }

    pub(super) fn put(&mut self, place: Place, entry: Entry) {
        self.last = self.last.max(place.0);
        self.kept.outbox.push(Entry { place: Some(place), ..entry });
    }

    pub(super) fn keep(&mut self, page: &Page) -> Kept {
        if self.kept.cursor != page.base || self.whose() != Some(page.whose) {
            return Kept::Stale;
        }
        if page.reset {
            self.kept.rows = page.rows.iter().filter(|row| row.row.is_some()).cloned().collect();
        } else {
            change(&mut self.kept.rows, &page.rows);
        }
        self.discard(&page.done);
        for (place, why) in &page.refused {
            for entry in self.kept.outbox.iter_mut().filter(|entry| entry.place == Some(*place)) {
                entry.refused = Some(*why);
            }
        }
        self.remember(page);
        self.kept.cursor = Some(page.cursor);
        self.kept.me = Some(page.me);
        Kept::Done
    }

    fn remember(&mut self, page: &Page) {
        let Snapshot { saved, outbox, .. } = &mut self.kept;
        let (again, kept) =
            std::mem::take(saved).into_iter().partition(|saved| page.again.contains(&saved.place));
        *saved = kept;
        saved.extend(page.saved.iter().cloned());
        saved.sort_by_key(|saved| saved.place);
        let newest = saved.last().map_or(0, |saved| saved.place.0);
        let oldest = newest.saturating_sub(REMEMBERED);
        saved.retain(|saved| saved.place.0 >= oldest);
        let back = |saved: Saved| Entry { place: Some(saved.place), ..saved.act };
        outbox.extend(Vec::into_iter(again).map(back));
        outbox.sort_by_key(|entry| entry.place);
    }

    pub(super) fn note(&mut self, note: &Note) {
        match note {
            Note::Drafts(drafts) => self.kept.drafts = drafts.clone(),
            Note::Seen(topics) => self.kept.seen.clone_from(topics),
        }
    }

    pub(super) fn discard(&mut self, places: &[Place]) {
        self.kept.outbox.retain(|entry| entry.place.is_none_or(|place| !places.contains(&place)));
    }

    pub(super) fn wipe(&mut self, key: DeviceKey) {
        if self.key.is_none_or(|other| other == key) {
            *self = Self { last: self.last, ..Self::default() };
        }
    }
}
