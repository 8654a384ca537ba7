//! `cercle-backend backup FILE`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rusqlite::Connection;

use crate::program::{Place, names};

#[test]
fn a_backup_made_while_people_write_is_one_moment_of_the_database() {
    let place = Place::new();
    let served = place.serve();
    served.propose(0, "Revues de code");
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| (1..100).for_each(|id| drop(served.propose(id, "Ateliers"))));
        while !writing.is_finished() {
            let before = served.titles().len();
            place.run(&["backup", "copy.sqlite"]).well();
            let after = served.titles().len();
            let copy = Connection::open(place.file("copy.sqlite")).unwrap();
            let count = |what: &str| -> usize {
                copy.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).unwrap()
            };
            let (topics, log) = (count("row WHERE kind = 'topic'"), count("op_log"));
            assert_eq!(topics, log);
            assert!((before..=after).contains(&topics), "{topics} of {before} to {after} topics");
        }
    });
    assert_eq!(names(&place.file("")), ["copy.sqlite", "data"]);
    let mode = fs::metadata(place.file("copy.sqlite")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "the secret of the database is in it");
}

#[test]
fn what_cannot_be_copied_leaves_the_backup_before_it_alone() {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    place.run(&["backup", "copy.sqlite"]).well();
    let good = fs::read(place.file("copy.sqlite")).unwrap();
    // The beginning of the second page on: tables.
    let mut torn = fs::read(place.database()).unwrap();
    torn.truncate(4096 + 1000);
    fs::write(place.database(), torn).unwrap();
    let complaint = place.run(&["backup", "copy.sqlite"]).badly();
    assert!(complaint.contains("cercle.sqlite: the file is damaged"), "{complaint}");
    assert_eq!(fs::read(place.file("copy.sqlite")).unwrap(), good);
    assert_eq!(names(&place.file("")), ["copy.sqlite", "data"]);
}

#[test]
fn a_backup_never_takes_the_place_of_the_database() {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    let complaint = place.run(&["backup", "data/../data/cercle.sqlite"]).badly();
    assert!(complaint.contains("is the database itself"), "{complaint}");
    let complaint = place.run(&["backup", "nowhere/copy.sqlite"]).badly();
    assert!(complaint.contains("nowhere/copy.sqlite.partial: No such file"), "{complaint}");
}
