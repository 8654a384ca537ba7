//! What stands in the database, read back and set aside.

use super::*;
use cercle_domain::id::{Epoch, Millis, OpId, PersonId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::row::{Count, Row};

fn fresh() -> DeviceKey {
    DeviceKey::roll(|| 7)
}

fn tally(topic: u128, n: u32) -> WireRow {
    let key = Key::Tally(TopicId(topic));
    WireRow { key, ver: Ver(1), row: Some(Row::Tally(Count { n })) }
}

fn record(spot: Spot, value: &impl Serialize) -> Record {
    (spot, Some(json(value).unwrap()))
}

fn cursor(ver: u64) -> Cursor {
    Cursor { epoch: Epoch(1), ver: Ver(ver) }
}

fn a_board() -> Vec<Record> {
    let act = Entry { id: OpId(1), op: Op::Leave {}, at: Millis(0), place: None, refused: None };
    vec![
        record(named(KEY), &DeviceKey::roll(|| 1)),
        record(named(CURSOR), &cursor(9)),
        record(Spot::Row(8), &[tally(1, 5)]),
        record(Spot::Act(4), &act),
    ]
}

fn spoil(records: &mut Vec<Record>, spot: Spot, value: Option<&[u8]>) {
    records.retain(|(is, _)| *is != spot);
    records.push((spot, value.map(<[u8]>::to_vec)));
}

fn a_page() -> Page {
    Page {
        base: Some(cursor(9)),
        whose: DeviceKey::roll(|| 1).person(),
        cursor: cursor(10),
        me: PersonId(1),
        reset: false,
        rows: vec![tally(1, 6)],
        done: Vec::new(),
        refused: Vec::new(),
        saved: Vec::new(),
        again: Vec::new(),
    }
}

#[test]
fn what_was_kept_is_read() {
    let (stored, writes) = load(&a_board(), fresh(), true).unwrap();
    assert!(stored.key == DeviceKey::roll(|| 1) && writes.is_empty());
    assert_eq!(stored.snapshot.rows, [tally(1, 5)]);
    assert_eq!(stored.snapshot.outbox[0].place, Some(Place(4)));
}

#[test]
fn an_empty_database_gets_the_fresh_key() {
    let (stored, writes) = load(&[], fresh(), true).unwrap();
    assert_eq!(writes, [Write::Put(named(KEY), json(&fresh()).unwrap())]);
    assert_eq!((stored.key, stored.snapshot.me), (fresh(), Some(fresh().person())));
}

#[test]
fn rows_that_cannot_be_read_take_the_cursor_with_them_where_a_backend_can_send_them_again() {
    let aside = Write::SetAside(Spot::Row(8), "aside/rows/8/0".into());
    for (shared, cursor) in [(true, None), (false, Some(cursor(9)))] {
        let mut records = a_board();
        spoil(&mut records, Spot::Row(8), Some(b"[[\"tally\",{\"id\""));
        let (Stored { snapshot, .. }, writes) = load(&records, fresh(), shared).unwrap();
        assert_eq!((snapshot.cursor, snapshot.set_aside), (cursor, 1));
        assert_eq!(writes[0], aside);
        assert_eq!(writes[1..].contains(&Write::Delete(named(CURSOR))), shared);
    }
}

#[test]
fn whatever_cannot_be_read_leaves_the_rest_readable() {
    let mut records = a_board();
    spoil(&mut records, named(DRAFTS), Some(b"null?"));
    spoil(&mut records, named(SEEN), None);
    spoil(&mut records, Spot::Act(5), Some(b"{}"));
    let (Stored { snapshot, .. }, writes) = load(&records, fresh(), true).unwrap();
    let asides = ["aside/meta/drafts/0", "aside/meta/seen/1", "aside/outbox/5/2"];
    let spots = [named(DRAFTS), named(SEEN), Spot::Act(5)];
    let expected: Vec<Write> =
        spots.into_iter().zip(asides).map(|(spot, aside)| Write::SetAside(spot, aside.into())).collect();
    assert_eq!(writes, expected);
    assert_eq!((snapshot.outbox.len(), snapshot.rows.len(), snapshot.set_aside), (1, 1, 3));
}

#[test]
fn what_is_set_aside_never_takes_the_place_of_what_was_set_aside_before() {
    let mut records = a_board();
    for n in 0..3 {
        spoil(&mut records, named(SEEN), None);
        let (_, writes) = load(&records, fresh(), true).unwrap();
        let aside = format!("aside/meta/seen/{n}");
        assert_eq!(writes, [Write::SetAside(named(SEEN), aside.clone())]);
        records.push((named(&aside), None));
    }
}

#[test]
fn a_page_asks_for_what_it_changes_and_writes_that_alone() {
    let page = a_page();
    assert_eq!(wanted(&page), [named(CURSOR), named(ME), named(KEY), Spot::Row(8)]);
    let writes = keep(&a_board(), &page).unwrap().unwrap();
    let expected = [
        Write::Put(Spot::Row(8), json(&[tally(1, 6)]).unwrap()),
        Write::Put(named(CURSOR), json(&cursor(10)).unwrap()),
        Write::Put(named(ME), json(&PersonId(1)).unwrap()),
    ];
    assert_eq!(writes, expected);
}

#[test]
fn a_page_that_meets_what_cannot_be_read_is_stale() {
    for (spot, page) in [
        (named(CURSOR), a_page()),
        (Spot::Row(8), a_page()),
        (Spot::Act(4), Page { refused: vec![(Place(4), cercle_domain::Rejection::Refused)], ..a_page() }),
    ] {
        let mut records = a_board();
        assert!(keep(&records, &page).unwrap().is_some());
        spoil(&mut records, spot.clone(), Some(b"{"));
        assert_eq!(keep(&records, &page).unwrap(), None, "{spot:?}");
        let from_nowhere = Page { base: None, ..page };
        assert_eq!(keep(&records, &from_nowhere).unwrap(), None, "{spot:?}");
    }
}

#[test]
fn a_newer_row_takes_the_place_of_the_older_and_one_that_is_gone_leaves_none() {
    let mut rows = vec![tally(1, 1), tally(2, 2)];
    let gone = WireRow { row: None, ..tally(1, 0) };
    change(&mut rows, &[tally(2, 3), gone]);
    assert_eq!(rows, [tally(2, 3)]);
}

#[test]
fn rows_spread_over_all_buckets_and_a_row_stays_in_its_own() {
    let rows: Vec<WireRow> = (0..3_000).map(|topic| tally(topic, 1)).collect();
    let sizes = by_bucket(&rows).map(|rows| rows.len());
    assert!(sizes.iter().all(|size| (50..200).contains(size)), "{sizes:?}");
    // A stored database relies on this number for ever.
    assert_eq!(bucket(&Key::Tally(TopicId(1))), 8);
}

#[test]
fn the_name_of_a_database_tells_backends_apart_and_names_nobody() {
    let names = ["", "https://a.example", "https://b.example"].map(|url| database_name(url, "tests"));
    assert!(names[0] != names[1] && names[1] != names[2]);
    assert!(names[1].starts_with("cercle-") && names[1].ends_with("-tests") && !names[1].contains("example"));
}

#[test]
fn the_database_is_the_same_for_ever() {
    assert_eq!((VERSION, [META, ROWS, OUTBOX]), (1, ["meta", "rows", "outbox"]));
    assert_eq!([KEY, ME, CURSOR, DRAFTS, SEEN], ["key", "me", "cursor", "drafts", "seen"]);
    let spots = [named(SEEN), Spot::Row(31), Spot::Act(7)].map(|spot| aside(&spot, 2));
    assert_eq!(spots, ["aside/meta/seen/2", "aside/rows/31/2", "aside/outbox/7/2"]);
}

#[test]
fn a_database_belongs_to_the_one_whose_key_it_holds() {
    assert!(!is_of_another(&a_board(), DeviceKey::roll(|| 1)));
    assert!(is_of_another(&a_board(), fresh()));
    assert!(!is_of_another(&[], fresh()));
}
