//! A device that fails, and what the page keeps of it.

use super::*;
use crate::app::drafts::Drafts;
use crate::app::effect::{Cursor, Kept};
use crate::runtime::store::contract::tests::now;
use crate::runtime::store::{Memory, Stored};
use cercle_domain::Key;
use cercle_domain::id::{Epoch, Millis, OpId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::protocol::WireRow;
use cercle_domain::row::{Count, Row};

/// A device that can break.
#[derive(Default)]
struct Fragile {
    memory: Memory,
    broken: Cell<bool>,
    calls: Cell<u32>,
}

impl Fragile {
    fn try_to(&self) -> Result<(), StoreError> {
        self.calls.set(self.calls.get() + 1);
        if self.broken.get() { Err(StoreError("the disk is full".into())) } else { Ok(()) }
    }
}

impl Store for Fragile {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        self.try_to()?;
        self.memory.load(fresh).await
    }

    async fn enqueue(&self, entry: &Entry) -> Result<Place, StoreError> {
        self.try_to()?;
        self.memory.enqueue(entry).await
    }

    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        self.try_to()?;
        self.memory.keep(page).await
    }

    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        self.try_to()?;
        self.memory.note(note).await
    }

    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        self.try_to()?;
        self.memory.discard(places).await
    }

    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError> {
        self.try_to()?;
        self.memory.wipe(key).await
    }
}

fn key() -> DeviceKey {
    DeviceKey::roll(|| 7)
}

fn act(n: u128) -> Entry {
    Entry { id: OpId(n), op: Op::Leave {}, at: Millis(0), place: None, refused: None }
}

fn a_page() -> Page {
    let row = WireRow { key: Key::Tally(TopicId(1)), ver: Ver(1), row: Some(Row::Tally(Count { n: 3 })) };
    Page {
        base: None,
        whose: key().person(),
        cursor: Cursor { epoch: Epoch(1), ver: Ver(1) },
        me: key().person(),
        reset: false,
        rows: vec![row],
        done: Vec::new(),
        refused: Vec::new(),
        saved: Vec::new(),
        again: Vec::new(),
    }
}

/// A keeper that was in use for a while: one act waits, one row is there.
fn in_use() -> Keeper<Fragile> {
    let keeper = Keeper::new(Fragile::default());
    now(keeper.load(key()));
    now(keeper.enqueue(act(1)));
    now(keeper.keep(a_page()));
    keeper
}

/// The snapshot that follows the news of a failure, and the replies after it.
fn after_failure(mut replies: Vec<Reply>) -> (Snapshot, Vec<Reply>) {
    let rest = replies.split_off(2);
    match <[Reply; 2]>::try_from(replies) {
        Ok([Reply::StoreFailed, Reply::Loaded(snapshot)]) => (snapshot, rest),
        other => panic!("{other:?}"),
    }
}

#[test]
fn while_the_device_works_it_keeps_everything() {
    let keeper = in_use();
    let replies = now(keeper.load(key()));
    assert!(matches!(&replies[..], [Reply::Loaded(Snapshot { durable: true, .. })]), "{replies:?}");
    let on_device = now(keeper.device.load(key())).unwrap().snapshot;
    assert_eq!((on_device.outbox.len(), on_device.rows.len()), (1, 1));
}

#[test]
fn an_act_that_the_device_will_not_keep_is_kept_in_memory_behind_the_others() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    let (snapshot, rest) = after_failure(now(keeper.enqueue(act(2))));
    let ids: Vec<u128> = snapshot.outbox.iter().map(|entry| entry.id.0).collect();
    assert_eq!((ids, snapshot.rows.len(), snapshot.durable), (vec![1, 2], 1, false));
    assert_eq!(rest, [Reply::Enqueued { id: OpId(2), place: Place(2) }]);
}

#[test]
fn a_page_that_the_device_will_not_keep_is_kept_in_memory() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    let cursor = Cursor { epoch: Epoch(1), ver: Ver(2) };
    let page = Page { base: Some(a_page().cursor), cursor, done: vec![Place(1)], ..a_page() };
    let (snapshot, rest) = after_failure(now(keeper.keep(page)));
    assert_eq!((snapshot.cursor, snapshot.outbox.len()), (Some(cursor), 0));
    assert_eq!(rest, [Reply::Kept(Kept::Done)]);
}

#[test]
fn a_device_that_fails_from_the_start_leaves_an_empty_memory_with_a_key() {
    let keeper = Keeper::new(Fragile::default());
    keeper.device.broken.set(true);
    let (snapshot, rest) = after_failure(now(keeper.load(key())));
    assert_eq!((snapshot.me, snapshot.durable), (Some(key().person()), false));
    assert!(rest.is_empty() && keeper.key() == Some(key()));
}

#[test]
fn a_device_that_failed_is_left_alone_and_the_news_is_told_once() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    after_failure(now(keeper.note(Note::Drafts(Drafts::default()))));
    let calls = keeper.device.calls.get();
    keeper.device.broken.set(false);
    assert_eq!(now(keeper.enqueue(act(2))), [Reply::Enqueued { id: OpId(2), place: Place(2) }]);
    assert!(matches!(&now(keeper.load(key()))[..], [Reply::Loaded(Snapshot { durable: false, .. })]));
    assert_eq!(keeper.device.calls.get(), calls);
}

#[test]
fn whoever_asks_to_be_forgotten_is_forgotten_in_memory_too() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    let (snapshot, rest) = after_failure(now(keeper.wipe()));
    assert_eq!((snapshot.outbox.len(), snapshot.rows.len(), snapshot.me), (0, 0, None));
    assert!(rest == [Reply::Wiped] && keeper.key().is_none());
}
