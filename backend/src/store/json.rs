//! Rows as JSON texts in columns: the body alone, since kind, id and version have columns of their own.

use cercle_domain::row::{Kind, Row};
use serde::de::Error as _;
use serde_json::Error;

/// What a column holds of a row.
pub(super) fn write(row: &Row) -> serde_json::Result<String> {
    match row {
        Row::Community(row) => serde_json::to_string(&**row),
        Row::Member(row) => serde_json::to_string(&**row),
        Row::Topic(row) => serde_json::to_string(&**row),
        Row::Volunteering(row) => serde_json::to_string(row),
        Row::Exposure(row) | Row::Tally(row) => serde_json::to_string(row),
        Row::Facilitator(row) | Row::Voter(row) | Row::Vote(row) | Row::Follow(row) => {
            serde_json::to_string(row)
        }
    }
}

/// The row that a column holds.
pub(super) fn read(kind: Kind, body: &str) -> serde_json::Result<Row> {
    Row::read(kind, serde_json::from_str(body)?)
        .ok_or_else(|| Error::custom(format_args!("this is no {kind:?}")))
}
