//! Histories that every run of the tests plays: a few hundred drawn afresh, and every one that failed before.

use std::fs;
use std::path::Path;

use cercle_sim::{Plan, play};

const HISTORIES: u64 = 100;

#[test]
fn a_hundred_histories_come_to_nothing_that_must_not_be() {
    for number in 0..HISTORIES {
        let outcome = play(&Plan::draw(1, number)).unwrap();
        assert_eq!(outcome.faults, [], "history {number}");
    }
}

#[test]
fn what_failed_once_does_not_fail_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let mut replayed = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let plan: Plan = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(play(&plan).unwrap().faults, [], "{}", path.display());
        replayed += 1;
    }
    assert!(replayed > 0, "no regression was found to replay");
}

#[test]
fn a_history_plays_the_same_each_time() {
    let plan = Plan::draw(7, 7);
    let (one, other) = (play(&plan).unwrap(), play(&plan).unwrap());
    assert_eq!((one.counts, one.healed_after), (other.counts, other.healed_after));
}

#[test]
fn every_kind_of_fault_happens_in_a_few_hundred_histories() {
    let mut counts = cercle_sim::Counts::default();
    for number in 0..300 {
        counts.merge(&play(&Plan::draw(2, number)).unwrap().counts);
    }
    for name in [
        "answer lost after commit",
        "answered by a newer backend",
        "asked by an older widget",
        "asked of an older backend",
        "browser killed",
        "browser killed, relaxed tail lost",
        "browser killed, store wiped",
        "browser killed, strict tail lost",
        "clock jumped",
        "commit failed",
        "crash after Enqueue",
        "crash after Keep",
        "crash after Load",
        "crash before Enqueue",
        "crash before Keep",
        "crash before Load",
        "delayed",
        "duplicated",
        "older backup restored",
        "reordered",
        "request dropped",
        "reset",
        "server died",
        "server died in a commit",
        "tab closed",
    ] {
        assert!(counts.of(name) > 0, "it never happened: {name}");
    }
}
