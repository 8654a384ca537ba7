//! JSON as text, from wherever it comes and wherever it goes.

use cercle_domain::read::{Read, Value};
use serde::Serialize;

/// What the text says; `None` if it is no JSON, or not of this form.
pub(crate) fn read<T: Read>(text: &str) -> Option<T> {
    T::read(tree(text)?)
}

/// By itself, so that whoever reads something more brings no more of serde along.
fn tree(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// The text that says this.
pub(crate) fn write(thing: &(impl Serialize + ?Sized)) -> String {
    // All of ours is plain data with string keys: there is nothing in it that JSON cannot say.
    serde_json::to_string(thing).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use cercle_domain::id::{Epoch, Millis, OpId, TopicId, Ver};
    use cercle_domain::topic::Wording;
    use cercle_domain::{Op, Rejection};
    use expect_test::{Expect, expect};

    use super::*;
    use crate::app::drafts::{Drafts, Edit, Edits};
    use crate::app::effect::{Cursor, Entry, Place};

    fn check<T: Read + Serialize + PartialEq + std::fmt::Debug>(thing: &T, spelled: Expect) {
        let text = write(thing);
        spelled.assert_eq(&text);
        assert_eq!(read::<T>(&text).as_ref(), Some(thing));
    }

    #[test]
    fn what_a_device_keeps_is_spelled_like_this_for_ever_and_read_as_it_was_written() {
        let wording = Wording { title: "« A »\n\"\\\u{1f9f6}".into(), ..Wording::default() };
        let mut edits = Edits::default();
        edits.put(TopicId(1), Edit { base: 2, wording: wording.clone() });
        check(
            &Drafts { proposal: wording, edits },
            expect![[
                r#"{"proposal":{"title":"« A »\n\"\\🧶","text":"","wants":[]},"edits":{"00000000000000000000000000000001":{"base":2,"wording":{"title":"« A »\n\"\\🧶","text":"","wants":[]}}}}"#
            ]],
        );
        let op = Op::Vote { topic: TopicId(1), on: true };
        check(
            &Entry { id: OpId(3), op, at: Millis(4), place: None, refused: Some(Rejection::Merged) },
            expect![[
                r#"{"id":"00000000000000000000000000000003","op":{"t":"vote.set","a":{"topic":"00000000000000000000000000000001","on":true}},"at":4,"refused":"merged"}"#
            ]],
        );
        check(
            &Cursor { epoch: Epoch(5), ver: Ver(6) },
            expect![[r#"{"epoch":"00000000000000000000000000000005","ver":"6"}"#]],
        );
        check(&vec![TopicId(7)], expect![[r#"["00000000000000000000000000000007"]"#]]);
    }

    #[test]
    fn what_is_missing_is_nothing_yet_and_a_place_is_never_read() {
        assert_eq!(read::<Drafts>("{}"), Some(Drafts::default()));
        let entry =
            r#"{"id":"00000000000000000000000000000003","op":{"t":"member.leave","a":{}},"at":4,"place":5}"#;
        assert_eq!(read::<Entry>(entry).and_then(|entry| entry.place), None::<Place>);
        assert!(read::<Entry>(entry).is_some());
    }

    #[test]
    fn what_is_no_json_or_of_another_form_is_not_read() {
        for text in ["", "{", "[1,]", "{}x", "nul", r#""\ud800""#, r#"{"epoch":5,"ver":"6"}"#, "null", "[]"] {
            assert_eq!(read::<Cursor>(text), None, "{text}");
        }
        for text in [r#"{"edits":[]}"#, r#"{"edits":{"x":{"base":1,"wording":{"title":""}}}}"#, "[]", "null"]
        {
            assert_eq!(read::<Drafts>(text), None, "{text}");
        }
    }
}
