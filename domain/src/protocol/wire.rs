//! A row on the wire and in the widget's store: `["topic", {"id": "…", "ver": "12", "is": {…}}]`, or with
//! `"del": true` in place of `is` when the row is gone.
//!
//! Written by hand because the second element's type follows from the first.

use serde::ser::SerializeTuple;
use serde::{Serialize, Serializer};

use crate::id::Ver;
use crate::read::{Object, Read, Value};
use crate::readable;
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

#[derive(Serialize)]
struct Body<T> {
    id: String,
    ver: Ver,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    del: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<T>,
}

impl Serialize for WireRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_tuple(2)?;
        pair.serialize_element(&self.key.kind())?;
        match &self.row {
            None => pair.serialize_element(&self.body::<()>(None))?,
            Some(Row::Community(row)) => pair.serialize_element(&self.body(Some(&**row)))?,
            Some(Row::Member(row)) => pair.serialize_element(&self.body(Some(&**row)))?,
            Some(Row::Topic(row)) => pair.serialize_element(&self.body(Some(&**row)))?,
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

impl Read for WireRow {
    fn read(value: Value) -> Option<Self> {
        let (kind, mut body): (Kind, Object) = Read::read(value)?;
        let key = Key::parse(kind, &body.take::<String>("id")?)?;
        let ver = body.take("ver")?;
        let row = match (body.take_or("del", false)?, body.take_or("is", Value::Null)?) {
            (true, Value::Null) => None,
            (false, row) => Some(Row::read(kind, row)?),
            (true, _) => return None,
        };
        Some(Self { key, ver, row })
    }
}

readable!(WireRow);

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
