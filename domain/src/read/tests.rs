//! What is written is read back, and what is mangled is refused or read as something that could have been written.

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::community::Community;
use crate::id::{Epoch, Millis, OpId, PersonId, TopicId, Ver};
use crate::member::{Member, Size, Skill, Volunteering};
use crate::op::{Op, Profile};
use crate::protocol::{Outcome, Problem, Receipt, SyncAnswer, WireRow};
use crate::rejection::Rejection;
use crate::row::{Count, Key, Kind, Mark, Row};
use crate::topic::{Stage, Topic, Wording};

fn size() -> impl Strategy<Value = Size> {
    prop::sample::select(Size::ALL.as_slice())
}

fn stage() -> impl Strategy<Value = Stage> {
    prop::sample::select(Stage::ALL.as_slice())
}

fn skills() -> impl Strategy<Value = Vec<Skill>> {
    prop::collection::vec(any::<String>().prop_map(Skill), 0..3)
}

fn topic() -> impl Strategy<Value = TopicId> {
    any::<u128>().prop_map(TopicId)
}

fn wording() -> impl Strategy<Value = Wording> {
    (any::<String>(), any::<String>(), skills()).prop_map(|(title, text, wants)| Wording {
        title,
        text,
        wants,
    })
}

fn community() -> impl Strategy<Value = Community> {
    any::<(String, String, Option<u32>, bool, u32)>().prop_map(
        |(name, purpose, vote_cap, hide_tallies, cadence_days)| Community {
            name,
            purpose,
            vote_cap,
            hide_tallies,
            cadence_days,
        },
    )
}

fn ops() -> impl Strategy<Value = [Op; 13]> {
    let profile = (any::<String>(), size(), skills(), skills())
        .prop_map(|(name, size, offers, wants)| Profile { name, size, offers, wants });
    let topics = (topic(), topic(), prop::collection::vec(topic(), 0..3));
    (
        topics,
        wording(),
        (stage(), prop::option::of(size()), any::<u32>(), any::<bool>()),
        profile,
        community(),
    )
        .prop_map(|((topic, into, topics), wording, (stage, size, base, on), profile, community)| {
            [
                Op::Propose { topic, wording: wording.clone() },
                Op::Edit { topic, base, wording },
                Op::Move { topic, stage },
                Op::Merge { topic, into },
                Op::Unmerge { topic },
                Op::Shown { topics },
                Op::Vote { topic, on },
                Op::Follow { topic, on },
                Op::Volunteer { topic, size },
                Op::Join(profile),
                Op::Leave {},
                Op::Erase {},
                Op::Settle(community),
            ]
        })
}

fn rows() -> impl Strategy<Value = Vec<WireRow>> {
    let ids = any::<(u128, u128)>().prop_map(|(person, topic)| (PersonId(person), TopicId(topic)));
    let member = (any::<String>(), size(), skills(), skills());
    let lived = (wording(), stage(), prop::option::of(topic()), prop::collection::vec(topic(), 0..3));
    (ids, any::<(u32, u64, u64, Option<u128>)>(), member, lived, community()).prop_map(
        |((person, topic), (n, at, ver, by), (name, size, offers, wants), lived, community)| {
            let at = Millis(at);
            let (wording, stage, merged_into, merged) = lived;
            let by = by.map(PersonId);
            let is = [
                (Key::Community, Row::Community(community.into())),
                (Key::Facilitator(person), Row::Facilitator(Mark {})),
                (Key::Member(person), Row::Member(Member { name, size, offers, wants, at }.into())),
                (Key::Voter(person), Row::Voter(Mark {})),
                (
                    Key::Topic(topic),
                    Row::Topic(Topic { wording, rev: n, stage, at, by, merged_into, merged }.into()),
                ),
                (Key::Exposure(topic), Row::Exposure(Count { n })),
                (Key::Tally(topic), Row::Tally(Count { n })),
                (Key::Vote(person, topic), Row::Vote(Mark {})),
                (Key::Follow(person, topic), Row::Follow(Mark {})),
                (Key::Volunteering(topic, person), Row::Volunteering(Volunteering { size, at })),
            ];
            let ver = Ver(ver);
            let both = |(key, row)| [WireRow { key, ver, row: Some(row) }, WireRow { key, ver, row: None }];
            is.into_iter().flat_map(both).collect()
        },
    )
}

fn written(thing: &impl Serialize) -> Value {
    serde_json::to_value(thing).unwrap()
}

/// Both ways: from a text, as it travels, and from a tree.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(thing: &T) {
    let text = serde_json::to_string(thing).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), thing, "{text}");
    assert_eq!(&serde_json::from_value::<T>(written(thing)).unwrap(), thing, "{text}");
}

proptest! {
    #[test]
    fn every_op_is_read_as_it_was_written(ops in ops()) {
        ops.iter().for_each(reads_back);
    }

    #[test]
    fn every_row_is_read_as_it_was_written(rows in rows(), more in any::<bool>()) {
        let receipt = |code| Receipt { id: OpId(1), s: Outcome::Rejected, code };
        reads_back(&SyncAnswer {
            epoch: Epoch(1),
            you: PersonId(2),
            cursor: Ver(3),
            receipts: vec![receipt(None), receipt(Some(Rejection::Merged))],
            rows,
            more,
            reset: !more,
            digest: more.then(crate::digest::Digest::default),
        });
    }

    #[test]
    fn what_a_later_version_adds_is_passed_over(ops in ops(), rows in rows()) {
        for op in ops {
            let mut later = written(&op);
            grow(&mut later);
            assert_eq!(serde_json::from_value::<Op>(later).unwrap(), op);
        }
        for row in rows {
            let mut later = written(&row);
            grow(&mut later);
            assert_eq!(serde_json::from_value::<WireRow>(later).unwrap(), row);
        }
    }
}

proptest! {
    // Each case is some thousands of trees.
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_is_mangled_is_refused_or_reads_as_something_that_can_be_written(ops in ops(), rows in rows()) {
        for op in &ops {
            mangled(&written(op), &mut |mangled| survives::<Op>(mangled));
        }
        for row in &rows {
            mangled(&written(row), &mut |mangled| survives::<WireRow>(mangled));
        }
    }
}

fn survives<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(mangled: &Value) {
    if let Ok(read) = serde_json::from_value::<T>(mangled.clone()) {
        reads_back(&read);
    }
}

/// Every tree that has something else in one place, or nothing at all.
fn mangled(value: &Value, each: &mut dyn FnMut(&Value)) {
    let odd = json!([null, true, 0, -1, 1.5, u64::MAX, "", "é.é", "topic", [], [[]], {}, {"t": 1}]);
    odd.as_array().unwrap().iter().for_each(&mut *each);
    match value {
        Value::Array(items) => {
            for at in 0..items.len() {
                let mut items = items.clone();
                let item = items.remove(at);
                each(&Value::Array(items.clone()));
                mangled(&item, &mut |item| {
                    let mut items = items.clone();
                    items.insert(at, item.clone());
                    each(&Value::Array(items));
                });
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let mut fields = fields.clone();
                fields.remove(name);
                each(&Value::Object(fields.clone()));
                mangled(field, &mut |field| {
                    fields.insert(name.clone(), field.clone());
                    each(&Value::Object(fields.clone()));
                });
            }
        }
        _ => {}
    }
}

/// Adds a field to every object in it.
fn grow(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(grow),
        Value::Object(fields) => {
            fields.values_mut().for_each(grow);
            fields.insert("later".to_owned(), json!([-1.5, {"n": null}]));
        }
        _ => {}
    }
}

#[test]
fn a_number_is_refused_unless_it_counts_and_fits() {
    let count = |n: Value| serde_json::from_value::<Count>(json!({ "n": n })).ok();
    assert_eq!(count(json!(u32::MAX)), Some(Count { n: u32::MAX }));
    for n in [json!(u64::from(u32::MAX) + 1), json!(-1), json!(1.0), json!("1"), Value::Null] {
        assert_eq!(count(n), None);
    }
}

#[test]
fn what_may_be_missing_is_what_nobody_said() {
    let community: Community = serde_json::from_str("{}").unwrap();
    assert_eq!(community, Community::default());
    let community: Community = serde_json::from_str(r#"{"vote_cap":null}"#).unwrap();
    assert_eq!(community, Community { vote_cap: None, ..Community::default() });
    assert!(serde_json::from_str::<Community>(r#"{"cadence_days":null}"#).is_err());
    let wording: Wording = serde_json::from_str(r#"{"title":"A"}"#).unwrap();
    assert_eq!(wording, Wording { title: "A".into(), ..Wording::default() });
    assert!(serde_json::from_str::<Wording>(r#"{"text":"A"}"#).is_err());
}

#[test]
fn names_that_nobody_gave_are_refused() {
    for json in [r#"{"t":"vote.sat","a":{}}"#, r#"{"t":"member.leave"}"#, r#"{"t":"member.leave","a":null}"#]
    {
        assert!(serde_json::from_str::<Op>(json).is_err(), "{json} was accepted");
    }
    assert!(serde_json::from_str::<Kind>("\"dragon\"").is_err());
    assert!(serde_json::from_str::<Stage>("\"Proposed\"").is_err());
}

#[test]
fn a_problem_is_read_under_its_names_on_the_wire() {
    let problem =
        Problem { kind: "about:blank".into(), status: 404, title: "No.".into(), code: "not_found".into() };
    reads_back(&problem);
    assert_eq!(written(&problem)["type"], "about:blank");
}
