use super::*;
use cercle_domain::id::{Epoch, Millis, OpId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::row::{Count, Row};

fn fresh() -> DeviceKey {
    DeviceKey::roll(|| 7)
}

fn tally(topic: u128, n: u32) -> WireRow {
    let key = Key::Tally(TopicId(topic));
    WireRow { key, ver: Ver(1), row: Some(Row::Tally(Count { n })) }
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn a_board() -> Records {
    let mut records = Records::default();
    records.meta.insert(KEY.into(), Some(json(&DeviceKey::roll(|| 1))));
    records.meta.insert(CURSOR.into(), Some(json(&Cursor { epoch: Epoch(1), ver: Ver(9) })));
    records.rows.insert(3, Some(json(&[tally(1, 5)])));
    let act = Entry { id: OpId(1), op: Op::Leave {}, at: Millis(0), place: None, refused: None };
    records.outbox.insert(4, Some(json(&act)));
    records
}

#[test]
fn what_was_kept_is_read() {
    let reading = read(&a_board(), fresh(), true);
    assert!(!reading.needs_mending());
    let Reading { stored, .. } = reading;
    assert!(stored.key == DeviceKey::roll(|| 1));
    assert_eq!(stored.snapshot.rows, [tally(1, 5)]);
    assert_eq!(stored.snapshot.outbox[0].place, Some(Place(4)));
}

#[test]
fn an_empty_database_gets_the_fresh_key() {
    let reading = read(&Records::default(), fresh(), true);
    assert!(reading.key_is_new && reading.stored.key == fresh());
    assert_eq!(reading.stored.snapshot.me, Some(fresh().person()));
}

#[test]
fn rows_that_cannot_be_read_take_the_cursor_with_them_where_a_backend_can_send_them_again() {
    for (shared, cursor) in [(true, None), (false, Some(Ver(9)))] {
        let mut records = a_board();
        records.rows.insert(3, Some(b"[[\"tally\",{\"id\"".to_vec()));
        let reading = read(&records, fresh(), shared);
        assert_eq!(reading.unreadable, [(Spot::Row(3), "aside/rows/3/0".into())]);
        assert_eq!(reading.stored.snapshot.cursor.map(|cursor| cursor.ver), cursor);
        assert_eq!((reading.forget_cursor, reading.stored.snapshot.set_aside), (shared, 1));
    }
}

#[test]
fn whatever_cannot_be_read_leaves_the_rest_readable() {
    let mut records = a_board();
    records.meta.insert(DRAFTS.into(), Some(b"null?".to_vec()));
    records.meta.insert(SEEN.into(), None);
    records.outbox.insert(5, Some(b"{}".to_vec()));
    let reading = read(&records, fresh(), true);
    let spots: Vec<&Spot> = reading.unreadable.iter().map(|(spot, _)| spot).collect();
    assert_eq!(spots, [&Spot::Meta(DRAFTS), &Spot::Meta(SEEN), &Spot::Act(5)]);
    assert_eq!(reading.stored.snapshot.outbox.len(), 1);
    assert_eq!(reading.stored.snapshot.rows.len(), 1);
}

#[test]
fn what_is_set_aside_never_takes_the_place_of_what_was_set_aside_before() {
    let mut records = a_board();
    let mut asides = Vec::new();
    for _ in 0..3 {
        records.meta.insert(SEEN.into(), None);
        let reading = read(&records, fresh(), true);
        let (_, aside) = &reading.unreadable[0];
        assert!(records.meta.insert(aside.clone(), records.meta[SEEN].clone()).is_none());
        asides.push(aside.clone());
    }
    assert_eq!(asides, ["aside/meta/seen/0", "aside/meta/seen/1", "aside/meta/seen/2"]);
}

#[test]
fn a_bucket_takes_the_newer_row_and_drops_the_one_that_is_gone() {
    let before = [tally(1, 1), tally(2, 2)];
    let gone = WireRow { row: None, ..tally(1, 0) };
    assert_eq!(changed(&before, &[&tally(2, 3), &gone]), [tally(2, 3)]);
}

#[test]
fn rows_spread_over_all_buckets_and_a_row_stays_in_its_own() {
    let rows: Vec<WireRow> = (0..3_000).map(|topic| tally(topic, 1)).collect();
    let buckets = by_bucket(&rows);
    assert_eq!(buckets.len() as u64, BUCKETS);
    assert!(buckets.values().all(|rows| rows.len() < 200), "some bucket holds too much");
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
    let spots = [Spot::Meta(SEEN), Spot::Row(31), Spot::Act(7)].map(|spot| aside(&spot, 2));
    assert_eq!(spots, ["aside/meta/seen/2", "aside/rows/31/2", "aside/outbox/7/2"]);
}
