//! A community as one JSON file: how a browser without a backend hands it on, and how a person takes their data along.

use std::sync::Arc;

use cercle_domain::id::{PersonId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::readable;
use cercle_domain::row::{Audience, Row};
use cercle_domain::rules::limits;
use cercle_domain::topic::Topic;
use cercle_domain::{Key, Slice};

use super::json;

/// The version of this format.
const VERSION: u32 = 1;

struct File {
    /// [`VERSION`]; also how a file is recognised.
    cercle: u32,
    /// Who wrote it, in the file of a whole community only.
    me: PersonId,
    rows: Vec<WireRow>,
}

readable!(File { cercle, me, rows });

/// The file of a whole community, written by `me`.
pub(super) fn export(community: &str, slice: &Slice, me: PersonId) -> String {
    write(community, "me", me, slice, |_, _| true)
}

/// The file of what one person said and did.
pub(super) fn export_own(community: &str, slice: &Slice, me: PersonId) -> String {
    write(community, "of", me, slice, |key, row| match (key, row) {
        (Key::Member(person) | Key::Volunteering(_, person), _) => *person == me,
        (_, Row::Topic(topic)) => topic.by == Some(me),
        _ => key.audience() == Audience::Only(me),
    })
}

fn write(
    community: &str,
    role: &str,
    person: PersonId,
    slice: &Slice,
    goes: impl Fn(&Key, &Row) -> bool,
) -> String {
    let mut rows: Vec<WireRow> = slice
        .rows()
        .filter(|(key, row)| goes(key, row))
        .map(|(key, row)| WireRow { key: *key, ver: Ver(0), row: Some(row.clone()) })
        .collect();
    rows.sort_by_key(|row| row.key);
    let rows: Vec<String> = rows.iter().map(json::write).collect();
    // One row a line, by hand: people find their way in it, and no second writer of JSON comes along to indent it.
    format!(
        "{{\"cercle\":{VERSION},\"community\":{},\"{role}\":\"{person}\",\"rows\":[\n{}\n]}}\n",
        json::write(community),
        rows.join(",\n")
    )
}

/// The rows of a file that [`export`] wrote; `None` if it is anything else. Whoever wrote it is `me` on this device, if
/// anybody: the device that it was written on may be lost.
pub(super) fn import(json: &str, me: Option<PersonId>) -> Option<Vec<WireRow>> {
    let file: File = json::read(json)?;
    let fits = |row: &WireRow| match &row.row {
        Some(Row::Topic(topic)) => {
            topic.wording.title.chars().count() <= limits::TITLE
                && topic.wording.text.chars().count() <= limits::TEXT
        }
        Some(_) => true,
        None => false,
    };
    let own = |person| me.filter(|_| person == file.me).unwrap_or(person);
    (file.cercle == VERSION && file.rows.iter().all(fits))
        .then(|| file.rows.into_iter().map(|row| renamed(row, &own)).collect())
}

/// A row with other names for the people in it.
fn renamed(WireRow { key, ver, row }: WireRow, name: &impl Fn(PersonId) -> PersonId) -> WireRow {
    let key = match key {
        Key::Facilitator(person) => Key::Facilitator(name(person)),
        Key::Member(person) => Key::Member(name(person)),
        Key::Voter(person) => Key::Voter(name(person)),
        Key::Vote(person, topic) => Key::Vote(name(person), topic),
        Key::Follow(person, topic) => Key::Follow(name(person), topic),
        Key::Volunteering(topic, person) => Key::Volunteering(topic, name(person)),
        Key::Community | Key::Topic(_) | Key::Exposure(_) | Key::Tally(_) => key,
    };
    let row = row.map(|row| match row {
        Row::Topic(topic) => Row::Topic(Arc::new(Topic { by: topic.by.map(name), ..Topic::clone(&topic) })),
        row => row,
    });
    WireRow { key, ver, row }
}

#[cfg(test)]
mod tests {
    use cercle_domain::id::{Millis, OpId, TopicId};
    use cercle_domain::op::Op;
    use cercle_domain::row::{Count, Mark};
    use cercle_domain::topic::Wording;
    use cercle_domain::{Stamp, apply};
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_file_has_one_row_a_line_and_is_read_as_it_was_written() {
        let mut slice = Slice::whole();
        slice.put(Key::Tally(TopicId(1)), Row::Tally(Count { n: 3 }));
        slice.put(Key::Facilitator(PersonId(2)), Row::Facilitator(Mark {}));
        let file = export("vannerie", &slice, PersonId(2));
        expect![[r#"
            {"cercle":1,"community":"vannerie","me":"00000000000000000000000000000002","rows":[
            ["facilitator",{"id":"00000000000000000000000000000002","ver":"0","is":{}}],
            ["tally",{"id":"00000000000000000000000000000001","ver":"0","is":{"n":3}}]
            ]}
        "#]]
        .assert_eq(&file);
        let read = import(&file, None).unwrap();
        let keys: Vec<Key> = read.iter().map(|row| row.key).collect();
        assert_eq!(keys, [Key::Facilitator(PersonId(2)), Key::Tally(TopicId(1))]);
    }

    #[test]
    fn whoever_wrote_the_file_is_whoever_reads_it_on_another_device_and_nobody_else_is() {
        let (me, other, topic) = (PersonId(2), PersonId(3), TopicId(1));
        let mut slice = Slice::whole();
        let stamp = Stamp { actor: me, at: Millis(0), op: OpId(1) };
        let wording = Wording { title: "Revue".into(), ..Wording::default() };
        apply(&mut slice, &stamp, &Op::Propose { topic, wording }).unwrap();
        slice.put(Key::Vote(me, topic), Row::Vote(Mark {}));
        slice.put(Key::Vote(other, topic), Row::Vote(Mark {}));
        let read = import(&export("vannerie", &slice, me), Some(PersonId(9))).unwrap();
        let votes: Vec<Key> =
            read.iter().map(|row| row.key).filter(|key| matches!(key, Key::Vote(..))).collect();
        assert_eq!(votes, [Key::Vote(PersonId(9), topic), Key::Vote(other, topic)]);
        let by = read.iter().find_map(|row| match &row.row {
            Some(Row::Topic(topic)) => topic.by,
            _ => None,
        });
        assert_eq!(by, Some(PersonId(9)));
    }

    #[test]
    fn what_one_person_took_along_is_no_community() {
        let slice = Slice::whole();
        assert_eq!(import(&export_own("vannerie", &slice, PersonId(2)), None), None);
    }
}
