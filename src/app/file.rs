//! A community as one JSON file: how a browser without a backend hands it on, and how a person takes their data along.

use cercle_domain::id::{PersonId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::readable;
use cercle_domain::row::{Audience, Row};
use cercle_domain::rules::limits;
use cercle_domain::{Key, Slice};

use super::json;

/// The version of this format.
const VERSION: u32 = 1;

struct File {
    /// [`VERSION`]; also how a file is recognised.
    cercle: u32,
    rows: Vec<WireRow>,
}

readable!(File { cercle, rows });

/// The file of a whole community.
pub(super) fn export(community: &str, slice: &Slice) -> String {
    write(community, slice, |_, _| true)
}

/// The file of what one person said and did.
pub(super) fn export_own(community: &str, slice: &Slice, me: PersonId) -> String {
    write(community, slice, |key, row| match (key, row) {
        (Key::Member(person) | Key::Volunteering(_, person), _) => *person == me,
        (_, Row::Topic(topic)) => topic.by == Some(me),
        _ => key.audience() == Audience::Only(me),
    })
}

fn write(community: &str, slice: &Slice, goes: impl Fn(&Key, &Row) -> bool) -> String {
    let mut rows: Vec<WireRow> = slice
        .rows()
        .filter(|(key, row)| goes(key, row))
        .map(|(key, row)| WireRow { key: *key, ver: Ver(0), row: Some(row.clone()) })
        .collect();
    rows.sort_by_key(|row| row.key);
    let rows: Vec<String> = rows.iter().map(json::write).collect();
    // One row a line, by hand: people find their way in it, and no second writer of JSON comes along to indent it.
    format!(
        "{{\"cercle\":{VERSION},\"community\":{},\"rows\":[\n{}\n]}}\n",
        json::write(community),
        rows.join(",\n")
    )
}

/// The rows of a file that [`export`] wrote; `None` if it is anything else.
pub(super) fn import(json: &str) -> Option<Vec<WireRow>> {
    let file: File = json::read(json)?;
    let fits = |row: &WireRow| match &row.row {
        Some(Row::Topic(topic)) => {
            topic.wording.title.chars().count() <= limits::TITLE
                && topic.wording.text.chars().count() <= limits::TEXT
        }
        Some(_) => true,
        None => false,
    };
    (file.cercle == VERSION && file.rows.iter().all(fits)).then_some(file.rows)
}

#[cfg(test)]
mod tests {
    use cercle_domain::id::TopicId;
    use cercle_domain::row::{Count, Mark};
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_file_has_one_row_a_line_and_is_read_as_it_was_written() {
        let mut slice = Slice::whole();
        slice.put(Key::Tally(TopicId(1)), Row::Tally(Count { n: 3 }));
        slice.put(Key::Facilitator(PersonId(2)), Row::Facilitator(Mark {}));
        let file = export("vannerie", &slice);
        expect![[r#"
            {"cercle":1,"community":"vannerie","rows":[
            ["facilitator",{"id":"00000000000000000000000000000002","ver":"0","is":{}}],
            ["tally",{"id":"00000000000000000000000000000001","ver":"0","is":{"n":3}}]
            ]}
        "#]]
        .assert_eq(&file);
        let read = import(&file).unwrap();
        let keys: Vec<Key> = read.iter().map(|row| row.key).collect();
        assert_eq!(keys, [Key::Facilitator(PersonId(2)), Key::Tally(TopicId(1))]);
    }
}
