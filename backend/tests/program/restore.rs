//! `cercle-backend restore FILE`.

use std::fs;
use std::time::Instant;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::program::{Place, names};

#[test]
fn a_backup_is_restored_under_a_server_and_whoever_waits_for_changes_learns_of_it() {
    let place = Place::new();
    let served = place.serve();
    served.propose(1, "Revues de code");
    place.run(&["backup", "copy.sqlite"]).well();
    served.propose(2, "Ateliers");

    let before = served.changes("");
    let text = |answer: &Value, name: &str| answer[name].as_str().unwrap().to_owned();
    let stands = format!("epoch={}&since={}", text(&before, "epoch"), text(&before, "cursor"));
    let (said, woken) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| served.changes(&format!("{stands}&wait=25")));
        let said = place.run(&["restore", "copy.sqlite"]).well();
        (said, waiting.join().unwrap())
    });
    assert_ne!(text(&woken, "epoch"), text(&before, "epoch"));
    assert_eq!(woken["reset"], true);
    assert_eq!(served.titles(), ["Revues de code"]);

    // Devices bring back what they had acknowledged; what the backup knows is not done again.
    assert_eq!(served.propose(1, "Revues de code"), done("dup"));
    assert_eq!(served.propose(2, "Ateliers"), done("ok"));
    assert_eq!(served.titles(), ["Ateliers", "Revues de code"]);

    // What was there before is whole, too.
    assert!(said.contains("what was there before is in data/cercle.sqlite.before-restore-1"), "{said}");
    served.propose(3, "Glanage");
    place.run(&["restore", "data/cercle.sqlite.before-restore-1"]).well();
    assert_eq!(served.titles(), ["Ateliers", "Revues de code"]);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "what is asked is whether it came before the patience was over"
)]
fn somebody_who_waits_is_woken_by_the_restore_and_not_by_the_end_of_their_patience() {
    let place = Place::new();
    let served = place.serve();
    served.propose(1, "Revues de code");
    place.run(&["backup", "copy.sqlite"]).well();
    let now = served.changes("");
    let stands =
        format!("epoch={}&since={}", now["epoch"].as_str().unwrap(), now["cursor"].as_str().unwrap());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let begun = Instant::now();
            (served.changes(&format!("{stands}&wait=25")), begun.elapsed())
        });
        while served.waiting() == 0 {}
        place.run(&["restore", "copy.sqlite"]).well();
        let (answer, took) = waiting.join().unwrap();
        assert_eq!(answer["reset"], true, "after {took:?}");
        assert!(took.as_secs() < 25, "{took:?}");
    });
}

#[test]
fn who_erased_themselves_since_the_backup_stays_erased() {
    let place = Place::new();
    let served = place.serve();
    let topic = json!({"topic": format!("{:032x}", 1), "on": true});
    let join = |name: &str| json!({"name": name, "size": "quarter", "offers": [], "wants": []});
    served.propose(1, "Revues de code");
    assert_eq!(served.act("lin", 10, "member.join", &join("Lin")), done("ok"));
    assert_eq!(served.act("lin", 11, "vote.set", &topic), done("ok"));
    assert_eq!(served.act("mo", 12, "member.join", &join("Mo")), done("ok"));
    assert_eq!(served.act("mo", 13, "vote.set", &topic), done("ok"));
    place.run(&["backup", "copy.sqlite"]).well();
    served.propose(2, "Ateliers");
    assert_eq!(served.act("lin", 14, "member.join", &join("Linnéa")), done("ok"));
    assert_eq!(served.act("lin", 15, "member.erase", &json!({})), done("ok"));

    place.run(&["restore", "copy.sqlite"]).well();
    let rows = served.changes("")["rows"].to_string();
    assert!(rows.contains("Mo") && !rows.contains("Lin"), "{rows}");
    let db = Connection::open(place.database()).unwrap();
    let count = |question: &str| db.query_row(question, (), |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM op_log WHERE a LIKE '%Lin%'"), 0);
    assert_eq!(count("SELECT count(*) FROM row WHERE kind = 'vote'"), 1);
    assert_eq!(count("SELECT json_extract(body, '$.n') FROM row WHERE kind = 'tally'"), 1);
    drop(db);

    // Another device of theirs that has not heard of it changes nothing by bringing back what it knows.
    assert_eq!(served.act("lin", 14, "member.join", &join("Linnéa")), done("dup"));
    assert_eq!(served.act("lin", 15, "member.erase", &json!({})), done("dup"));
    // Whoever is there still is so, and comes back with what they did since.
    assert_eq!(served.act("mo", 13, "vote.set", &topic), done("dup"));
    assert_eq!(served.propose(2, "Ateliers"), done("ok"));
    assert_eq!(served.titles(), ["Ateliers", "Revues de code"]);
}

#[test]
fn without_a_server_and_without_a_database_a_restore_makes_one() {
    let (from, to) = (Place::new(), Place::new());
    from.serve().propose(1, "Revues de code");
    let copy = to.file("copy.sqlite");
    from.run(&["backup", copy.to_str().unwrap()]).well();
    let said = to.run(&["restore", "copy.sqlite"]).well();
    assert!(!said.contains("before"), "{said}");
    let served = to.serve();
    assert_eq!(served.titles(), ["Revues de code"]);
    assert_eq!(served.propose(1, "Revues de code"), done("dup"));
}

#[test]
fn a_file_that_is_no_sound_backup_is_refused_before_anything_is_touched() {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    place.run(&["backup", "copy.sqlite"]).well();
    let copy = fs::read(place.file("copy.sqlite")).unwrap();
    let torn = |name: &str| fs::write(place.file(name), &copy[..copy.len() / 2]).unwrap();
    torn("half.sqlite");
    fs::write(place.file("empty.sqlite"), "").unwrap();
    fs::write(place.file("text.sqlite"), "Bonjour. ".repeat(1000)).unwrap();
    let other = Connection::open(place.file("other.sqlite")).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    fs::write(place.file("newer.sqlite"), &copy).unwrap();
    let newer = Connection::open(place.file("newer.sqlite")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let files = |place: &Place| {
        let folder = place.file("data");
        names(&folder)
            .iter()
            .map(|name| (name.clone(), fs::read(folder.join(name)).unwrap()))
            .collect::<Vec<_>>()
    };
    let before = files(&place);
    for (name, why) in [
        ("half.sqlite", "the file is damaged"),
        ("empty.sqlite", "the file is empty"),
        ("text.sqlite", "not an SQLite database"),
        ("other.sqlite", "not one of Cercle"),
        ("newer.sqlite", "newer version"),
        ("nothing.sqlite", "no such file"),
        ("data/cercle.sqlite", "is the database itself"),
    ] {
        let complaint = place.run(&["restore", name]).badly();
        assert!(complaint.contains(why) && complaint.contains(name), "{complaint}");
    }
    assert!(files(&place) == before, "something was touched");
}

#[test]
fn another_database_is_put_in_place_only_while_nobody_serves() {
    let (here, there) = (Place::new(), Place::new());
    there.serve().propose(1, "Ateliers");
    let copy = here.file("copy.sqlite");
    there.run(&["backup", copy.to_str().unwrap()]).well();
    let served = here.serve();
    served.propose(1, "Revues de code");
    let complaint = here.run(&["restore", "copy.sqlite"]).badly();
    assert!(complaint.contains("a server has it open: stop the server, then restore"), "{complaint}");
    assert_eq!(served.titles(), ["Revues de code"]);
    drop(served);
    here.run(&["restore", "copy.sqlite"]).well();
    assert_eq!(here.serve().titles(), ["Ateliers"]);
}

#[test]
fn a_damaged_database_is_replaced_and_kept_as_it_was() {
    let place = Place::new();
    place.serve().propose(1, "Revues de code");
    place.run(&["backup", "copy.sqlite"]).well();
    fs::write(place.database(), "Bonjour. ".repeat(1000)).unwrap();
    place.run(&["restore", "copy.sqlite"]).well();
    assert_eq!(place.serve().titles(), ["Revues de code"]);
    let kept = fs::read_to_string(place.file("data/cercle.sqlite.before-restore-1")).unwrap();
    assert_eq!(kept, "Bonjour. ".repeat(1000));
}

fn done(how: &str) -> (u16, String) {
    (200, how.to_owned())
}
