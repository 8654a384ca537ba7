//! A row on the wire and in the widget's store: `["topic", {"id": "…", "ver": "12", "is": {…}}]`, or with
//! `"del": true` in place of `is` when the row is gone.
//!
//! Written by hand because the second element's type follows from the first: serde's derived forms for that buffer
//! the whole document, and weigh more in the widget than all of this.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::Ver;
use crate::row::{Key, Kind, Row};

/// A row with its key and version; `None` is a row that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireRow {
    /// Which row.
    pub key: Key,
    /// The version of its last change.
    pub ver: Ver,
    /// What it says.
    pub row: Option<Row>,
}

#[derive(Serialize, Deserialize)]
struct Body<T> {
    id: String,
    ver: Ver,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    del: bool,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    is: Option<T>,
}

impl Serialize for WireRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_tuple(2)?;
        pair.serialize_element(&self.key.kind())?;
        match &self.row {
            None => pair.serialize_element(&self.body::<()>(None))?,
            Some(Row::Community(row)) => pair.serialize_element(&self.body(Some(row)))?,
            Some(Row::Member(row)) => pair.serialize_element(&self.body(Some(row)))?,
            Some(Row::Topic(row)) => pair.serialize_element(&self.body(Some(row)))?,
            Some(Row::Volunteering(row)) => pair.serialize_element(&self.body(Some(row)))?,
            Some(Row::Exposure(row) | Row::Tally(row)) => pair.serialize_element(&self.body(Some(row)))?,
            Some(Row::Facilitator(row) | Row::Voter(row) | Row::Vote(row) | Row::Follow(row)) => {
                pair.serialize_element(&self.body(Some(row)))?;
            }
        }
        pair.end()
    }
}

impl WireRow {
    fn body<T>(&self, is: Option<T>) -> Body<T> {
        Body { id: self.key.to_string(), ver: self.ver, del: self.row.is_none(), is }
    }
}

impl<'de> Deserialize<'de> for WireRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(2, Pair)
    }
}

struct Pair;

impl<'de> Visitor<'de> for Pair {
    type Value = WireRow;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind and a row")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<WireRow, A::Error> {
        let kind: Kind = pair.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        match kind {
            Kind::Community => read(pair, kind, Row::Community),
            Kind::Facilitator => read(pair, kind, Row::Facilitator),
            Kind::Member => read(pair, kind, Row::Member),
            Kind::Voter => read(pair, kind, Row::Voter),
            Kind::Topic => read(pair, kind, Row::Topic),
            Kind::Exposure => read(pair, kind, Row::Exposure),
            Kind::Tally => read(pair, kind, Row::Tally),
            Kind::Vote => read(pair, kind, Row::Vote),
            Kind::Follow => read(pair, kind, Row::Follow),
            Kind::Volunteering => read(pair, kind, Row::Volunteering),
        }
    }
}

fn read<'de, A, T>(mut pair: A, kind: Kind, row: fn(T) -> Row) -> Result<WireRow, A::Error>
where
    A: SeqAccess<'de>,
    T: Deserialize<'de>,
{
    let body: Body<T> = pair.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &Pair))?;
    let key = Key::parse(kind, &body.id).ok_or_else(|| A::Error::custom("the id does not fit the kind"))?;
    if body.del == body.is.is_some() {
        return Err(A::Error::custom("a row either is or is gone"));
    }
    Ok(WireRow { key, ver: body.ver, row: body.is.map(row) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{PersonId, TopicId};
    use crate::row::{Count, Mark};
    use expect_test::expect;

    #[test]
    fn rows_are_spelled_like_this() {
        let tally =
            WireRow { key: Key::Tally(TopicId(1)), ver: Ver(7), row: Some(Row::Tally(Count { n: 3 })) };
        let vote = Key::Vote(PersonId(2), TopicId(1));
        let rows = [
            tally,
            WireRow { key: vote, ver: Ver(8), row: Some(Row::Vote(Mark {})) },
            WireRow { key: vote, ver: Ver(9), row: None },
        ];
        let json = serde_json::to_string_pretty(&rows).unwrap();
        expect![[r#"
            [
              [
                "tally",
                {
                  "id": "00000000000000000000000000000001",
                  "ver": "7",
                  "is": {
                    "n": 3
                  }
                }
              ],
              [
                "vote",
                {
                  "id": "00000000000000000000000000000002.00000000000000000000000000000001",
                  "ver": "8",
                  "is": {}
                }
              ],
              [
                "vote",
                {
                  "id": "00000000000000000000000000000002.00000000000000000000000000000001",
                  "ver": "9",
                  "del": true
                }
              ]
            ]"#]]
        .assert_eq(&json);
        assert_eq!(serde_json::from_str::<Vec<WireRow>>(&json).unwrap(), rows);
    }

    #[test]
    fn a_row_that_contradicts_itself_is_refused() {
        for json in [
            r#"["tally",{"id":"nonsense","ver":"1","is":{"n":1}}]"#,
            r#"["tally",{"id":"00000000000000000000000000000001","ver":"1"}]"#,
            r#"["tally",{"id":"00000000000000000000000000000001","ver":"1","del":true,"is":{"n":1}}]"#,
            r#"["dragon",{"id":"","ver":"1","del":true}]"#,
            r#"["tally"]"#,
        ] {
            assert!(serde_json::from_str::<WireRow>(json).is_err(), "{json} was accepted");
        }
    }
}
