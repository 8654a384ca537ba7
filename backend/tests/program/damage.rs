//! Databases that are not what they were when the program last closed them.

use std::fs;

use rusqlite::Connection;

use crate::program::Place;

/// A place whose server has stopped in order: one file, no log.
fn closed() -> Place {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    // Whoever closes it last writes the log into it.
    drop(Connection::open(place.database()).unwrap().query_row("PRAGMA wal_checkpoint", [], |_| Ok(())));
    place
}

#[test]
fn a_database_that_is_not_whole_is_refused_as_it_is() {
    let place = closed();
    let whole = fs::read(place.database()).unwrap();
    let mut overwritten = whole.clone();
    overwritten[4096..8192].fill(b'x');
    let mut headless = whole.clone();
    headless[..100].fill(0);
    for (bytes, why) in [
        (&whole[..whole.len() / 2], "the file is damaged"),
        (&whole[..whole.len() - 1], "the file is damaged"),
        (&whole[..50], "not an SQLite database"),
        (&overwritten[..], "the file is damaged"),
        (&headless[..], "not an SQLite database"),
        (&[], "the file is empty"),
    ] {
        fs::write(place.database(), bytes).unwrap();
        for command in [&["serve", "--port", "0"][..], &["code", "vannerie"]] {
            let complaint = place.run(command).badly();
            assert!(complaint.contains(why), "{} bytes: {complaint}", bytes.len());
            assert!(complaint.contains("`cercle-backend restore FILE`"), "{complaint}");
        }
        assert!(fs::read(place.database()).unwrap() == bytes, "it was written to");
    }
}

#[test]
fn a_log_without_its_database_is_not_thrown_away() {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    let log = place.file("data/cercle.sqlite-wal");
    let kept = fs::read(&log).unwrap();
    assert!(!kept.is_empty(), "the server was killed, and so it had no time to tidy up");
    for left in [None, Some("")] {
        fs::remove_file(place.database()).unwrap();
        if let Some(bytes) = left {
            fs::write(place.database(), bytes).unwrap();
        }
        place.run(&["serve", "--port", "0"]).badly();
        assert!(fs::read(&log).unwrap() == kept, "the log was touched");
        fs::write(place.database(), "").unwrap();
    }
}

#[test]
fn somebody_elses_database_is_left_alone() {
    let place = Place::new();
    fs::create_dir(place.file("data")).unwrap();
    let other = Connection::open(place.database()).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(other);
    let before = fs::read(place.database()).unwrap();
    let complaint = place.run(&["serve", "--port", "0"]).badly();
    assert!(complaint.contains("not one of Cercle"), "{complaint}");
    assert_eq!(fs::read(place.database()).unwrap(), before);
}

#[test]
fn rows_that_cannot_be_read_are_named_at_the_start_and_the_rest_is_served() {
    let place = closed();
    let served = place.serve();
    served.propose(2, "Ateliers");
    drop(served);
    let db = Connection::open(place.database()).unwrap();
    let torn =
        db.execute("UPDATE row SET body = '{\"title\": \"Ate' WHERE kind = 'topic' AND id LIKE '%2'", []);
    assert_eq!(torn, Ok(1));
    drop(db);
    for _ in 0..2 {
        let (served, complaint) = place.serve_and_hear();
        assert!(
            complaint.contains("set aside in the table quarantine, the rest is served: topic 0000")
                && complaint.contains("2 of community vannerie"),
            "{complaint}"
        );
        assert_eq!(served.titles(), ["Revues de code"]);
        // What was done is done, and is not done again by itself.
        assert_eq!(served.propose(2, "Ateliers"), (200, "dup".to_owned()));
    }
}

#[test]
fn a_damaged_name_in_the_log_blocks_nobody() {
    let place = closed();
    let db = Connection::open(place.database()).unwrap();
    assert_eq!(db.execute("UPDATE op_log SET actor = 'ad'", []), Ok(1));
    drop(db);
    assert_eq!(place.serve().propose(1, "Revues de code"), (200, "dup".to_owned()));
}
