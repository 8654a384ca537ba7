//! The layers of a slice, and what is read from them.

use super::*;
use crate::row::{Count, Mark};

#[test]
fn a_fork_can_be_dropped_without_a_trace() {
    let mut slice = Slice::default();
    slice.put(Key::Tally(TopicId(1)), Row::Tally(Count { n: 1 }));
    slice.settle();

    let mut fork = slice.fork();
    fork.remove(&Key::Tally(TopicId(1)));
    fork.put(Key::Tally(TopicId(2)), Row::Tally(Count { n: 2 }));

    assert_eq!(fork.rows().count(), 1);
    assert_eq!(slice.count(&Key::Tally(TopicId(1))), Some(1));
    assert_eq!(slice.rows().count(), 1);
}

#[test]
fn settling_changes_nothing_that_can_be_read() {
    let mut slice = Slice::default();
    slice.put(Key::Vote(PersonId(1), TopicId(1)), Row::Vote(Mark {}));
    slice.put(Key::Vote(PersonId(1), TopicId(2)), Row::Vote(Mark {}));
    slice.remove(&Key::Vote(PersonId(1), TopicId(1)));
    let before: Vec<_> = slice.votes_of(PersonId(1)).collect();
    slice.settle();
    assert_eq!(slice.votes_of(PersonId(1)).collect::<Vec<_>>(), before);
}

#[test]
fn rows_come_in_the_order_of_keys_whether_they_changed_or_not() {
    let tally = |topic: u128, n| (Key::Tally(TopicId(topic)), Row::Tally(Count { n }));
    let mut slice = Slice::default();
    for topic in [5, 2, 4] {
        let (key, row) = tally(topic, 1);
        slice.settle_version(key, Some(row), Ver(7));
    }
    for topic in [3, 5, 1] {
        let (key, row) = tally(topic, 2);
        slice.put(key, row);
    }
    slice.remove(&Key::Tally(TopicId(4)));
    let counts: Vec<_> = slice.counts(Key::Tally).map(|(topic, n)| (topic.0, n)).collect();
    assert_eq!(counts, [(1, 2), (2, 1), (3, 2), (5, 2)]);
    assert_eq!(slice.versions().collect::<Vec<_>>(), [(&Key::Tally(TopicId(2)), Ver(7))]);
}

#[test]
fn rows_that_merge_in_a_circle_do_not_hang_us() {
    let topic = |into: u128| Topic {
        wording: crate::topic::Wording::default(),
        rev: 0,
        stage: crate::topic::Stage::Proposed,
        at: crate::id::Millis(0),
        by: None,
        merged_into: Some(TopicId(into)),
        merged: vec![TopicId(into)],
    };
    let mut slice = Slice::default();
    slice.put(Key::Topic(TopicId(1)), Row::Topic(topic(2).into()));
    slice.put(Key::Topic(TopicId(2)), Row::Topic(topic(1).into()));
    assert_eq!(slice.group(slice.root(TopicId(1))).len(), 2);
}
