//! A community as one JSON file: how a browser without a backend hands it on, and how a person takes their data along.

use cercle_domain::id::{PersonId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::readable;
use cercle_domain::row::{Audience, Row};
use cercle_domain::rules::limits;
use cercle_domain::{Key, Slice};
use serde::Serialize;

use super::json;

/// The version of this format.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct File {
    /// [`VERSION`]; also how a file is recognised.
    cercle: u32,
    community: String,
    rows: Vec<WireRow>,
}

readable!(File { cercle, community, rows });

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
    let file = File { cercle: VERSION, community: community.to_owned(), rows };
    // Rows are plain data with string keys: there is nothing in them that JSON cannot say.
    serde_json::to_string_pretty(&file).unwrap_or_default()
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
