//! The law of [`Store`](super::Store) as tests, one list for every implementation.
//!
//! `contract!(open)` takes a function that gives the same, at first empty, database each time it is called.

use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, PersonId, TopicId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::row::{Count, Mark};
use cercle_domain::{Key, Rejection, Row};

use super::{CodeHash, Committed, Entry, Identity, Store, Write};
use crate::secret::Secret;

macro_rules! contract {
    ($fixture:expr) => {
        contract!($fixture;
            a_database_keeps_its_identity,
            a_community_is_opened_once_with_the_code_of_the_first,
            what_was_written_is_there_and_only_what_changed_is_given,
            a_write_on_an_older_state_is_refused_whole,
            a_known_op_id_refuses_the_whole_write,
            a_code_is_spent_once,
            what_is_purged_leaves_no_tombstone_and_says_so,
            who_is_forgotten_is_in_no_entry,
            rejections_are_remembered,
        );
    };
    ($fixture:expr; $($law:ident,)*) => {
        $(#[test]
        fn $law() {
            let fixture = $fixture;
            $crate::store::contract::$law(&|| fixture.open());
        })*
    };
}
pub(super) use contract;

/// Gives another handle on the same database.
pub(super) type Open<'a> = &'a dyn Fn() -> Box<dyn Store>;

pub(super) fn identity() -> Identity {
    Identity { epoch: Epoch(7), secret: Secret::new([7; 32]) }
}

fn community() -> CommunityId {
    "vannerie".parse().unwrap()
}

fn code(text: &str) -> CodeHash {
    CodeHash(text.to_owned())
}

fn opened(open: Open<'_>) -> Box<dyn Store> {
    let mut store = open();
    assert!(store.open(&community(), &code("first")).unwrap());
    store
}

fn write(from: u64, to: u64) -> Write {
    Write {
        community: community(),
        from: Ver(from),
        to: Ver(to),
        horizon: Ver(0),
        purge: Vec::new(),
        rows: Vec::new(),
        forget: Vec::new(),
        log: Vec::new(),
        spend: None,
    }
}

fn tally(topic: u128, ver: u64, n: Option<u32>) -> WireRow {
    WireRow { key: Key::Tally(TopicId(topic)), ver: Ver(ver), row: n.map(|n| Row::Tally(Count { n })) }
}

fn entry(op: u128, actor: u128) -> Entry {
    Entry {
        op: OpId(op),
        actor: Some(PersonId(actor)),
        at: Millis(99),
        t: "vote.set".to_owned(),
        a: Some("{}".to_owned()),
        rejected: None,
    }
}

fn rows(store: &mut dyn Store, after: u64) -> Vec<WireRow> {
    let mut rows = store.since(&community(), Ver(after)).unwrap().unwrap().rows;
    rows.sort_by_key(|row| (row.ver, row.key));
    rows
}

pub(super) fn a_database_keeps_its_identity(open: Open<'_>) {
    let (one, other) = (open().identity().unwrap(), open().identity().unwrap());
    assert_eq!(one.epoch, other.epoch);
    assert_eq!(one.secret.to_hex(), other.secret.to_hex());
}

pub(super) fn a_community_is_opened_once_with_the_code_of_the_first(open: Open<'_>) {
    assert_eq!(open().since(&community(), Ver(0)).unwrap(), None);
    drop(opened(open));
    let mut store = open();
    assert!(!store.open(&community(), &code("second")).unwrap());
    assert_eq!(store.code(&community()).unwrap(), Some(code("first")));
    assert_eq!(store.communities().unwrap(), [community()]);
    store.set_code(&community(), &code("third")).unwrap();
    assert_eq!(open().code(&community()).unwrap(), Some(code("third")));
}

pub(super) fn what_was_written_is_there_and_only_what_changed_is_given(open: Open<'_>) {
    let mut store = opened(open);
    let first = Write {
        rows: vec![tally(1, 1, Some(1)), tally(2, 2, Some(5))],
        log: vec![entry(1, 1)],
        ..write(0, 2)
    };
    assert_eq!(store.commit(&[first]).unwrap(), Committed::Done);
    let second =
        Write { rows: vec![tally(2, 3, None)], log: vec![entry(2, 1)], horizon: Ver(1), ..write(2, 3) };
    assert_eq!(store.commit(&[second]).unwrap(), Committed::Done);

    let mut store = open();
    assert_eq!(rows(&mut *store, 0), [tally(1, 1, Some(1)), tally(2, 3, None)]);
    assert_eq!(rows(&mut *store, 1), [tally(2, 3, None)]);
    assert_eq!(rows(&mut *store, 3), []);
    let since = store.since(&community(), Ver(3)).unwrap().unwrap();
    assert_eq!((since.ver, since.horizon, since.purged), (Ver(3), Ver(1), Ver(0)));
    let asked = [OpId(2), OpId(9)];
    assert_eq!(store.logged(&community(), &asked).unwrap(), [entry(2, 1)]);
}

pub(super) fn a_write_on_an_older_state_is_refused_whole(open: Open<'_>) {
    let mut store = opened(open);
    let other: CommunityId = "poterie".parse().unwrap();
    assert!(store.open(&other, &code("x")).unwrap());
    let good = Write {
        community: other.clone(),
        rows: vec![tally(1, 1, Some(1))],
        log: vec![entry(1, 1)],
        ..write(0, 1)
    };
    let stale = Write { rows: vec![tally(1, 6, Some(1))], ..write(5, 6) };
    let nowhere = Write { community: "nulle-part".parse().unwrap(), ..write(0, 1) };
    for bad in [stale, nowhere] {
        assert_eq!(store.commit(&[good.clone(), bad]).unwrap(), Committed::Behind);
        let since = open().since(&other, Ver(0)).unwrap().unwrap();
        assert_eq!((since.ver, since.rows.len()), (Ver(0), 0));
        assert_eq!(open().logged(&other, &[OpId(1)]).unwrap(), []);
    }
}

pub(super) fn a_known_op_id_refuses_the_whole_write(open: Open<'_>) {
    let mut store = opened(open);
    let first = Write { log: vec![entry(1, 1)], ..write(0, 0) };
    assert_eq!(store.commit(&[first]).unwrap(), Committed::Done);
    let again =
        Write { rows: vec![tally(1, 1, Some(1))], log: vec![entry(2, 1), entry(1, 1)], ..write(0, 1) };
    assert_eq!(store.commit(&[again]).unwrap(), Committed::Behind);
    assert_eq!(rows(&mut *open(), 0), []);
    assert_eq!(open().logged(&community(), &[OpId(2)]).unwrap(), []);
}

pub(super) fn a_code_is_spent_once(open: Open<'_>) {
    let mut store = opened(open);
    let spend = |code: CodeHash| Write {
        rows: vec![WireRow {
            key: Key::Facilitator(PersonId(1)),
            ver: Ver(1),
            row: Some(Row::Facilitator(Mark {})),
        }],
        spend: Some(code),
        ..write(0, 1)
    };
    assert_eq!(store.commit(&[spend(code("wrong"))]).unwrap(), Committed::Behind);
    assert_eq!(store.code(&community()).unwrap(), Some(code("first")));
    assert_eq!(store.commit(&[spend(code("first"))]).unwrap(), Committed::Done);
    assert_eq!(open().code(&community()).unwrap(), None);
    let again = Write { from: Ver(1), to: Ver(2), ..spend(code("first")) };
    assert_eq!(store.commit(&[again]).unwrap(), Committed::Behind);
}

pub(super) fn what_is_purged_leaves_no_tombstone_and_says_so(open: Open<'_>) {
    let mut store = opened(open);
    let first =
        Write { rows: vec![tally(1, 1, Some(1)), tally(2, 1, Some(1)), tally(3, 1, None)], ..write(0, 1) };
    assert_eq!(store.commit(&[first]).unwrap(), Committed::Done);
    let purge = Write {
        purge: vec![Key::Tally(TopicId(1)), Key::Tally(TopicId(2)), Key::Tally(TopicId(3))],
        rows: vec![tally(2, 2, Some(9))],
        ..write(1, 2)
    };
    assert_eq!(store.commit(&[purge]).unwrap(), Committed::Done);
    let since = open().since(&community(), Ver(0)).unwrap().unwrap();
    assert_eq!(since.purged, Ver(2));
    assert_eq!(since.rows, [tally(2, 2, Some(9))]);
}

pub(super) fn who_is_forgotten_is_in_no_entry(open: Open<'_>) {
    let mut store = opened(open);
    let before = Write { log: vec![entry(1, 1), entry(2, 2)], ..write(0, 0) };
    assert_eq!(store.commit(&[before]).unwrap(), Committed::Done);
    let forget = Write { forget: vec![PersonId(1)], log: vec![entry(3, 1)], ..write(0, 0) };
    assert_eq!(store.commit(&[forget]).unwrap(), Committed::Done);
    let ids = [OpId(1), OpId(2), OpId(3)];
    let forgotten = Entry { actor: None, a: None, ..entry(1, 1) };
    let logged = open().logged(&community(), &ids).unwrap();
    assert_eq!(logged, [forgotten, entry(2, 2), entry(3, 1)]);
}

pub(super) fn rejections_are_remembered(open: Open<'_>) {
    let mut store = opened(open);
    let rejected = Entry { rejected: Some(Rejection::VotesSpent), a: None, ..entry(1, 1) };
    let write = Write { log: vec![rejected.clone()], ..write(0, 0) };
    assert_eq!(store.commit(&[write]).unwrap(), Committed::Done);
    assert_eq!(open().logged(&community(), &[OpId(1)]).unwrap(), [rejected]);
}
