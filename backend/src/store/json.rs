//! Rows as JSON texts in columns: the body alone, since kind, id and version have columns of their own.

use cercle_domain::row::{Kind, Row};

/// What a column holds of a row.
pub(super) fn write(row: &Row) -> serde_json::Result<String> {
    match row {
        Row::Community(row) => serde_json::to_string(row),
        Row::Member(row) => serde_json::to_string(row),
        Row::Topic(row) => serde_json::to_string(row),
        Row::Volunteering(row) => serde_json::to_string(row),
        Row::Exposure(row) | Row::Tally(row) => serde_json::to_string(row),
        Row::Facilitator(row) | Row::Voter(row) | Row::Vote(row) | Row::Follow(row) => {
            serde_json::to_string(row)
        }
    }
}

/// The row that a column holds.
pub(super) fn read(kind: Kind, body: &str) -> serde_json::Result<Row> {
    Ok(match kind {
        Kind::Community => Row::Community(serde_json::from_str(body)?),
        Kind::Facilitator => Row::Facilitator(serde_json::from_str(body)?),
        Kind::Member => Row::Member(serde_json::from_str(body)?),
        Kind::Voter => Row::Voter(serde_json::from_str(body)?),
        Kind::Topic => Row::Topic(serde_json::from_str(body)?),
        Kind::Exposure => Row::Exposure(serde_json::from_str(body)?),
        Kind::Tally => Row::Tally(serde_json::from_str(body)?),
        Kind::Vote => Row::Vote(serde_json::from_str(body)?),
        Kind::Follow => Row::Follow(serde_json::from_str(body)?),
        Kind::Volunteering => Row::Volunteering(serde_json::from_str(body)?),
    })
}
