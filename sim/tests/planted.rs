//! The check of the checks: each mistake that can be planted is found, and without one there is nothing to find.
//!
//! Run with `cargo test -p cercle-sim --features planted --test planted`. Two mistakes are not among them, because no
//! history could show them: a store that does not wait for its disk (processes that are killed must show that) and ties
//! that nothing breaks (the tests of the ranking do).

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use std::thread;

use cercle_domain::planted::{Bug, plant};
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
    let hunts: Vec<_> =
        Bug::ALL.into_iter().map(|bug| (bug, thread::spawn(move || found(Some(bug), HISTORIES)))).collect();
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
