//! A database and the second copy of it, and what becomes of both.

use cercle_domain::id::{Millis, OpId};
use cercle_domain::op::Op;

use super::*;
use crate::runtime::store::schema::json;

fn key(n: u128) -> Vec<u8> {
    json(&DeviceKey::roll(|| n)).unwrap()
}

fn act(n: u128) -> Entry {
    Entry { id: OpId(n), op: Op::Leave {}, at: Millis(0), place: None, refused: None }
}

fn id(n: u128) -> String {
    name(&act(n))
}

fn add(n: u128) -> Write {
    Write::Add(json(&act(n)).unwrap())
}

fn text(json: Vec<u8>) -> String {
    String::from_utf8(json).unwrap()
}

/// A database with this key in which acts stand at the places of their numbers.
fn database(with: Option<u128>, acts: &[u64]) -> Vec<Record> {
    let key = with.map(|n| (named(KEY), Some(key(n))));
    let acts = acts.iter().map(|n| (Spot::Act(*n), Some(json(&act(u128::from(*n))).unwrap())));
    key.into_iter().chain(acts).collect()
}

fn copy(with: Option<u128>, acts: &[u128]) -> Copy {
    let key = with.map(|n| (KEY.to_owned(), text(key(n))));
    let acts = acts.iter().map(|n| (id(*n), text(json(&act(*n)).unwrap())));
    key.into_iter().chain(acts).collect()
}

#[test]
fn two_that_agree_are_left_alone() {
    assert_eq!(compare(&database(Some(1), &[3, 4]), &copy(Some(1), &[3, 4])), Amends::default());
    assert_eq!(compare(&[], &Copy::new()), Amends::default());
}

#[test]
fn a_database_that_was_wiped_gets_its_key_back_and_its_acts_in_their_order() {
    let amends = compare(&[], &copy(Some(1), &[9, 3, 5]));
    assert_eq!(amends.back, [Write::Put(named(KEY), key(1)), add(9), add(3), add(5)]);
    assert!(amends.lacking.is_empty() && amends.done.is_empty(), "{amends:?}");
}

#[test]
fn what_was_done_since_the_wipe_comes_behind_what_was_done_before_it() {
    let amends = compare(&database(None, &[1, 2]), &copy(Some(1), &[7, 1, 8]));
    let gone = [1, 2].map(|place| Write::Delete(Spot::Act(place)));
    let back = [7, 1, 8, 2].map(add);
    let key = [Write::Put(named(KEY), key(1))];
    let expected: Vec<Write> = key.into_iter().chain(gone).chain(back).collect();
    assert_eq!(amends.back, expected);
    assert_eq!(amends.lacking, [(id(2), json(&act(2)).unwrap())]);
}

#[test]
fn drafts_come_back_where_nothing_has_been_written_since() {
    let mut copy = copy(Some(1), &[]);
    copy.push((DRAFTS.to_owned(), "{}".to_owned()));
    let drafts = Write::Put(named(DRAFTS), b"{}".into());
    assert_eq!(compare(&[], &copy).back, [Write::Put(named(KEY), key(1)), drafts]);
    let newer = [(named(DRAFTS), Some(b"{\"edits\":{}}".to_vec()))];
    assert_eq!(compare(&newer, &copy).back, [Write::Put(named(KEY), key(1))]);
    assert_eq!(compare(&database(Some(1), &[]), &copy), Amends::default());
}

#[test]
fn an_act_that_the_same_database_has_let_go_of_is_done_and_never_comes_back() {
    let amends = compare(&database(Some(1), &[3]), &copy(Some(1), &[2, 3, 4]));
    assert_eq!(amends, Amends { done: vec![id(2), id(4)], ..Amends::default() });
}

#[test]
fn what_the_copy_lacks_is_copied() {
    let amends = compare(&database(Some(1), &[3]), &Copy::new());
    let lacking = vec![(KEY.to_owned(), key(1)), (id(3), json(&act(3)).unwrap())];
    assert_eq!(amends, Amends { lacking, ..Amends::default() });
}

#[test]
fn a_database_that_was_begun_anew_without_the_copy_keeps_its_key_and_gets_the_acts() {
    let amends = compare(&database(Some(2), &[]), &copy(Some(1), &[5]));
    assert_eq!((amends.back, amends.lacking), (vec![add(5)], vec![(KEY.to_owned(), key(2))]));
    assert!(amends.done.is_empty());
}

#[test]
fn a_refused_act_that_is_moved_stays_refused() {
    let refused = Entry { refused: Some(cercle_domain::Rejection::Refused), ..act(1) };
    let record = (Spot::Act(1), Some(json(&refused).unwrap()));
    let amends = compare(&[record], &copy(Some(1), &[7, 1]));
    assert_eq!(amends.back.last(), Some(&Write::Add(json(&refused).unwrap())));
}

#[test]
fn what_cannot_be_read_is_nobodys_key_and_nobodys_act() {
    let mut broken = copy(Some(1), &[3]);
    for (_, text) in &mut broken {
        text.truncate(9);
    }
    assert_eq!(compare(&[], &broken), Amends::default());
    let records = [(named(KEY), Some(b"\"7\"".to_vec())), (Spot::Act(3), None)];
    let amends = compare(&records, &copy(Some(1), &[3]));
    assert_eq!(amends.back, [Write::Put(named(KEY), key(1)), add(3)]);
}

#[test]
fn acts_are_named_by_their_places() {
    let records = database(Some(1), &[3, 4]);
    assert_eq!(names(&records, &[Place(4), Place(9)]), [id(4)]);
}
