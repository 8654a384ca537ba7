//! The check of the checks: each mistake that can be planted is found, and without one there is nothing to find.
//!
//! Run with `cargo test -p cercle-sim --features planted --test planted`. No history could show a store that does not wait
//! for its disk: `torture/tests/power.rs` shows that one, by cutting the power.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use std::thread;

use cercle_domain::id::{Millis, TopicId};
use cercle_domain::planted::{Bug, plant};
use cercle_domain::ranking::{Standing, rank};
use cercle_sim::{Judgement, Plan, play};

/// Within how many histories a mistake has to be found.
const HISTORIES: u64 = 2_000;

/// The first history in which this mistake shows, and as what.
fn found(bug: Option<Bug>, within: u64) -> Option<(u64, Judgement)> {
    plant(bug);
    (0..within).find_map(|number| {
        let outcome = play(&Plan::draw(11, number)).unwrap();
        let gravest = outcome.faults.iter().map(|fault| fault.judgement).min();
        gravest.map(|judgement| (number, judgement))
    })
}

#[test]
fn every_mistake_is_found() {
    // A mistake is planted for one thread.
    let hunt = |bug| (bug, thread::spawn(move || found(Some(bug), HISTORIES)));
    let hunts: Vec<_> = Bug::ALL.into_iter().filter(|bug| *bug != Bug::TiesUnbroken).map(hunt).collect();
    let mut missed = Vec::new();
    for (bug, hunt) in hunts {
        match hunt.join().unwrap() {
            Some((number, judgement)) => println!("{bug:?}: history {number}, {}", judgement.name()),
            None => missed.push(bug),
        }
    }
    assert_eq!(missed, [], "missed in {HISTORIES} histories");
}

#[test]
fn without_a_mistake_there_is_nothing_to_find() {
    assert_eq!(found(None, HISTORIES / 10), None);
}

/// In a history, topics always come in the order of their ids.
#[test]
fn ties_that_nothing_breaks_are_found() {
    let standing = |topic| Standing { topic: TopicId(topic), at: Millis(0), votes: 3, shown: 9 };
    let depends_on_the_order_of_asking = || rank(&[1, 2].map(standing)) != rank(&[2, 1].map(standing));
    assert!(!depends_on_the_order_of_asking());
    plant(Some(Bug::TiesUnbroken));
    assert!(depends_on_the_order_of_asking());
}
