//! A device that fails, and what the page keeps of it.

use super::*;
use crate::app::drafts::Drafts;
use crate::app::effect::{Cursor, Kept, Saved};
use crate::runtime::store::contract::tests::now;
use crate::runtime::store::{Enqueued, Memory, Stored};
use cercle_domain::Key;
use cercle_domain::id::{Epoch, Millis, OpId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::protocol::WireRow;
use cercle_domain::row::{Count, Row};
use cercle_domain::topic::Wording;

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

    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError> {
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
    let keeper = Keeper::new(Fragile::default(), true);
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

/// What a load of everything comes to.
fn loaded(keeper: &Keeper<Fragile>) -> Snapshot {
    match <[Reply; 1]>::try_from(now(keeper.load(key()))) {
        Ok([Reply::Loaded(snapshot)]) => snapshot,
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
    let keeper = Keeper::new(Fragile::default(), true);
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
fn once_the_backend_has_everything_the_device_is_tried_again_and_catches_up() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    after_failure(now(keeper.enqueue(act(2))));
    let proposal = Wording { title: "Relire".into(), ..Wording::default() };
    now(keeper.note(Note::Drafts(Drafts { proposal: proposal.clone(), ..Drafts::default() })));
    keeper.device.broken.set(false);
    assert!(!loaded(&keeper).durable);

    let cursor = Cursor { epoch: Epoch(1), ver: Ver(2) };
    let saved = [(Place(1), act(1)), (Place(2), act(2))];
    let saved = saved.map(|(place, act)| Saved { place, epoch: cursor.epoch, act });
    let done = vec![Place(1), Place(2)];
    now(keeper.keep(Page { base: Some(a_page().cursor), cursor, done, saved: saved.into(), ..a_page() }));
    let snapshot = loaded(&keeper);
    assert_eq!((snapshot.durable, snapshot.cursor, snapshot.outbox.len()), (true, Some(cursor), 0));
    let on_device = now(keeper.device.load(key())).unwrap().snapshot;
    assert_eq!((on_device.cursor, on_device.outbox.len(), on_device.saved.len()), (Some(cursor), 0, 2));
    assert_eq!(on_device.drafts.proposal, proposal);
}

#[test]
fn acts_of_memory_that_the_backend_has_are_remembered_by_a_device_that_another_tab_brought_further() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    after_failure(now(keeper.enqueue(act(2))));
    keeper.device.broken.set(false);
    let ahead = Cursor { epoch: Epoch(1), ver: Ver(9) };
    now(keeper.device.keep(&Page { base: Some(a_page().cursor), cursor: ahead, ..a_page() })).unwrap();

    let cursor = Cursor { epoch: Epoch(1), ver: Ver(2) };
    let saved = vec![Saved { place: Place(2), epoch: cursor.epoch, act: act(2) }];
    let done = vec![Place(1), Place(2)];
    now(keeper.keep(Page { base: Some(a_page().cursor), cursor, done, saved, ..a_page() }));
    let snapshot = loaded(&keeper);
    let waits: Vec<OpId> = snapshot.outbox.iter().map(|entry| entry.id).collect();
    assert_eq!((snapshot.durable, snapshot.cursor, waits), (true, Some(ahead), vec![OpId(1), OpId(2)]));
}

#[test]
fn acts_of_memory_wait_until_the_device_knows_the_same_incarnation_of_the_backend() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    after_failure(now(keeper.enqueue(act(2))));
    keeper.device.broken.set(false);
    let restored = Cursor { epoch: Epoch(2), ver: Ver(1) };
    now(keeper.device.keep(&Page { base: Some(a_page().cursor), cursor: restored, ..a_page() })).unwrap();

    let cursor = Cursor { epoch: Epoch(1), ver: Ver(2) };
    let saved = vec![Saved { place: Place(2), epoch: cursor.epoch, act: act(2) }];
    let done = vec![Place(1), Place(2)];
    now(keeper.keep(Page { base: Some(a_page().cursor), cursor, done, saved, ..a_page() }));
    assert!((0..8).all(|_| !loaded(&keeper).durable), "it offers its act to the new incarnation first");

    let saved = vec![Saved { place: Place(2), epoch: restored.epoch, act: act(2) }];
    let again = vec![Place(2)];
    now(keeper.keep(Page { base: Some(cursor), cursor: restored, again, ..a_page() }));
    now(keeper.keep(Page {
        base: Some(restored),
        cursor: restored,
        done: vec![Place(2)],
        saved,
        ..a_page()
    }));
    assert!((0..64).any(|_| loaded(&keeper).durable));
    let on_device = now(keeper.device.load(key())).unwrap().snapshot;
    assert!(on_device.outbox.iter().any(|entry| entry.id == OpId(2)), "it is there, under its old id");
}

#[test]
fn a_device_that_goes_on_failing_is_tried_less_and_less_often() {
    let keeper = Keeper::new(Fragile::default(), true);
    keeper.device.broken.set(true);
    now(keeper.load(key()));
    let before = keeper.device.calls.get();
    for _ in 0..100 {
        assert!(!loaded(&keeper).durable);
    }
    assert_eq!(keeper.device.calls.get() - before, 6);
}

#[test]
fn without_a_backend_what_is_in_memory_is_nowhere_else_and_stays_there() {
    let keeper = Keeper::new(Fragile::default(), false);
    keeper.device.broken.set(true);
    now(keeper.load(key()));
    keeper.device.broken.set(false);
    for _ in 0..10 {
        assert!(!loaded(&keeper).durable);
    }
}

#[test]
fn a_device_that_is_somebody_elses_by_now_gets_nothing() {
    let keeper = in_use();
    now(keeper.keep(Page { base: Some(a_page().cursor), done: vec![Place(1)], ..a_page() }));
    keeper.device.broken.set(true);
    after_failure(now(keeper.note(Note::Seen(vec![TopicId(1)]))));
    keeper.device.broken.set(false);
    now(keeper.device.wipe(key())).unwrap();
    let next = now(keeper.device.load(DeviceKey::roll(|| 8))).unwrap().snapshot;
    assert!(!loaded(&keeper).durable, "not at once");
    assert_eq!(loaded(&keeper), Snapshot { durable: true, ..next });
}

#[test]
fn whoever_acts_on_a_device_that_is_somebody_elses_by_now_hears_of_that_first() {
    let keeper = in_use();
    now(keeper.device.wipe(key())).unwrap();
    now(keeper.device.load(DeviceKey::roll(|| 8))).unwrap();
    let enqueued = Reply::Enqueued { id: OpId(2), place: Place(2) };
    assert_eq!(now(keeper.enqueue(act(2))), [Reply::Wiped, enqueued]);
}

#[test]
fn whoever_asks_to_be_forgotten_is_forgotten_in_memory_too() {
    let keeper = in_use();
    keeper.device.broken.set(true);
    let (snapshot, rest) = after_failure(now(keeper.wipe()));
    assert_eq!((snapshot.outbox.len(), snapshot.rows.len(), snapshot.me), (0, 0, None));
    assert!(rest == [Reply::Wiped] && keeper.key().is_none());
}
