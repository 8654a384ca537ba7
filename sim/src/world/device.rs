//! The browser's database of one profile: it obeys the law of [`Store`], and it can lose what a browser can lose.
//!
//! Every write is done at once for whoever reads, but is *safe* only later: a strict write makes itself and everything
//! before it safe, as in the browser. What a [`Loss`] takes away is taken from the end.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use cercle::app::drafts::Drafts;
use cercle::app::effect::{Cursor, Entry, Kept, Note, Page, Place, Saved};
use cercle::app::reply::Snapshot;
use cercle::runtime::store::{DeviceKey, Enqueued, Store, StoreError, Stored};
use cercle_domain::id::{OpId, PersonId, TopicId};
use cercle_domain::protocol::WireRow;
use cercle_domain::{Key, Op};

use crate::plan::Loss;

/// How many writes a lying disk can lose.
const LOSABLE: usize = 8;

/// A handle on the database of a profile.
#[derive(Debug, Clone, Default)]
pub(crate) struct Device(Rc<RefCell<Database>>);

#[derive(Debug, Default)]
struct Database {
    now: Shelf,
    /// What survives everything but a wipe; behind `now` by `tail`.
    safe: Shelf,
    tail: VecDeque<Write>,
    /// How many of the last writes a browser may lose.
    relaxed: usize,
    /// Whether other tabs are to be told that something changed.
    changed: bool,
}

/// What is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    pub(crate) key: Option<DeviceKey>,
    pub(crate) me: Option<PersonId>,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) rows: BTreeMap<Key, WireRow>,
    pub(crate) outbox: BTreeMap<u64, Entry>,
    pub(crate) saved: BTreeMap<u64, Saved>,
    last: u64,
    drafts: Drafts,
    seen: Vec<TopicId>,
}

impl Shelf {
    /// How many acts of the person's another incarnation of the backend had, and this one could not take yet.
    pub(crate) fn waits_for_others(&self) -> usize {
        let epoch = self.cursor.map(|cursor| cursor.epoch);
        let waits = |saved: &&Saved| Some(saved.epoch) != epoch && !matches!(saved.act.op, Op::Shown { .. });
        self.saved.values().filter(waits).count()
    }
}

#[derive(Debug, Clone)]
enum Write {
    Key(DeviceKey),
    Add(Entry),
    Page(Rc<Page>),
    Note(Note),
    Discard(Vec<Place>),
    Wipe(DeviceKey),
}

impl Device {
    /// Looks at what is kept.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Shelf) -> T) -> T {
        look(&self.0.borrow().now)
    }

    /// Whether something changed that other tabs are told of, since this was asked last.
    pub(crate) fn takes_changed(&self) -> bool {
        std::mem::take(&mut self.0.borrow_mut().changed)
    }

    /// Loses something. Says which acts were kept or remembered and are no more.
    pub(crate) fn lose(&self, loss: Loss) -> Vec<OpId> {
        let mut database = self.0.borrow_mut();
        let before = database.now.acts();
        database.lose(loss);
        let left: BTreeSet<OpId> = database.now.acts().into_iter().collect();
        before.into_iter().filter(|id| !left.contains(id)).collect()
    }
}

impl Database {
    fn write(&mut self, write: Write, strict: bool) {
        self.now.take(&write);
        self.tail.push_back(write);
        self.relaxed = if strict { 0 } else { self.relaxed + 1 };
        while self.tail.len() > LOSABLE.max(self.relaxed) {
            if let Some(write) = self.tail.pop_front() {
                self.safe.take(&write);
            }
        }
    }

    fn lose(&mut self, loss: Loss) {
        let lost = match loss {
            Loss::Tab | Loss::Browser => return,
            Loss::Relaxed => self.relaxed,
            Loss::Tail(writes) => usize::from(writes),
            Loss::Wiped => return *self = Self::default(),
        };
        let left = self.tail.len().saturating_sub(lost);
        self.tail.truncate(left);
        for write in std::mem::take(&mut self.tail) {
            self.safe.take(&write);
        }
        self.relaxed = 0;
        self.now = self.safe.clone();
    }
}

impl Shelf {
    /// Every act that is kept or remembered.
    pub(crate) fn acts(&self) -> Vec<OpId> {
        let saved = self.saved.values().map(|saved| saved.act.id);
        self.outbox.values().map(|entry| entry.id).chain(saved).collect()
    }

    fn whose(&self) -> Option<PersonId> {
        self.me.or(self.key.map(DeviceKey::person))
    }

    fn take(&mut self, write: &Write) {
        match write {
            Write::Key(key) => self.key = Some(*key),
            Write::Add(entry) => {
                self.last += 1;
                let place = Some(Place(self.last));
                self.outbox.insert(self.last, Entry { place, ..entry.clone() });
            }
            Write::Page(page) => self.turn_to(page),
            Write::Note(Note::Drafts(drafts)) => self.drafts = drafts.clone(),
            Write::Note(Note::Seen(topics)) => self.seen.clone_from(topics),
            Write::Discard(places) => places.iter().for_each(|place| drop(self.outbox.remove(&place.0))),
            // The browser's counter goes on counting.
            Write::Wipe(key) if self.key.is_none_or(|other| other == *key) => {
                *self = Self { last: self.last, ..Self::default() };
            }
            Write::Wipe(_) => {}
        }
    }

    fn turn_to(&mut self, page: &Page) {
        if page.reset {
            self.rows.clear();
        }
        for row in &page.rows {
            match &row.row {
                Some(_) => drop(self.rows.insert(row.key, row.clone())),
                None => drop(self.rows.remove(&row.key)),
            }
        }
        for place in &page.done {
            self.outbox.remove(&place.0);
        }
        for (place, why) in &page.refused {
            if let Some(entry) = self.outbox.get_mut(&place.0) {
                entry.refused = Some(*why);
            }
        }
        for place in &page.again {
            if let Some(saved) = self.saved.remove(&place.0) {
                self.outbox.insert(place.0, Entry { place: Some(*place), ..saved.act });
            }
        }
        self.saved.extend(page.saved.iter().map(|saved| (saved.place.0, saved.clone())));
        self.cursor = Some(page.cursor);
        self.me = Some(page.me);
    }
}

impl Store for Device {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        let mut database = self.0.borrow_mut();
        if database.now.key.is_none() {
            database.write(Write::Key(fresh), true);
        }
        let now = &database.now;
        let key = now.key.unwrap_or(fresh);
        let snapshot = Snapshot {
            me: now.whose(),
            cursor: now.cursor,
            rows: now.rows.values().cloned().collect(),
            outbox: now.outbox.values().cloned().collect(),
            saved: now.saved.values().cloned().collect(),
            drafts: now.drafts.clone(),
            seen: now.seen.clone(),
            set_aside: 0,
            lost: false,
            durable: false,
        };
        Ok(Stored { key, snapshot })
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError> {
        let mut database = self.0.borrow_mut();
        database.write(Write::Add(entry.clone()), true);
        database.changed = true;
        Ok(Enqueued { place: Place(database.now.last), key: database.now.key })
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        let mut database = self.0.borrow_mut();
        if database.now.cursor != page.base || database.now.whose() != Some(page.whose) {
            return Ok(Kept::Stale);
        }
        let strict = !page.done.is_empty() || !page.refused.is_empty();
        database.write(Write::Page(Rc::new(page.clone())), strict);
        database.changed = true;
        Ok(Kept::Done)
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        self.0.borrow_mut().write(Write::Note(note.clone()), false);
        Ok(())
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        let mut database = self.0.borrow_mut();
        database.write(Write::Discard(places.to_vec()), false);
        database.changed = true;
        Ok(())
    }

    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError> {
        let mut database = self.0.borrow_mut();
        database.write(Write::Wipe(key), true);
        database.changed = true;
        Ok(())
    }
}
