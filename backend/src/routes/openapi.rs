//! `GET /v1/openapi.json`: the description of all this, written by hand.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

pub(super) const DOCUMENT: &str = include_str!("openapi.json");

pub(super) async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use cercle_domain::community::Community;
    use cercle_domain::id::{Millis, PersonId, TopicId, Ver};
    use cercle_domain::member::{Member, Size, Skill, Volunteering};
    use cercle_domain::protocol::WireRow;
    use cercle_domain::row::{Count, Mark, Row};
    use cercle_domain::topic::{Stage, Topic, Wording};
    use cercle_domain::{Key, Rejection};
    use serde_json::Value;

    use super::DOCUMENT;
    use crate::problem::Problem;

    fn document() -> Value {
        serde_json::from_str(DOCUMENT).unwrap()
    }

    #[test]
    fn the_document_has_the_addresses_and_methods_of_the_router_and_no_others() {
        // The router is read as text: it is the table of contents, one line an address.
        let routes = include_str!("mod.rs").lines().filter_map(|line| {
            let (address, method) = line.trim().strip_prefix(".route(\"")?.split_once("\", ")?;
            Some(format!("{} {address}", method.split_once('(')?.0))
        });
        let document = document();
        let paths = document["paths"].as_object().unwrap();
        let described = paths.iter().flat_map(|(address, methods)| {
            let methods = methods.as_object().unwrap().keys().filter(|name| *name != "parameters");
            methods.map(move |method| format!("{method} {address}"))
        });
        assert_eq!(routes.collect::<BTreeSet<_>>(), described.collect());
    }

    #[test]
    fn the_document_has_every_code() {
        let document = document();
        let listed = |pointer: &str| -> BTreeSet<String> {
            let list = document.pointer(pointer).unwrap().as_array().unwrap();
            list.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
        };
        let problems = Problem::CODES.iter().map(|code| (*code).to_owned());
        assert_eq!(listed("/components/schemas/Problem/properties/code/enum"), problems.collect());
        let rejections = Rejection::ALL.iter().map(|rejection| rejection.code().to_owned());
        assert_eq!(listed("/components/schemas/Receipt/properties/code/enum"), rejections.collect());
    }

    /// Every kind of row, with nothing left out.
    fn full_rows() -> [(Key, Row); 10] {
        let (person, topic, at) = (PersonId(1), TopicId(2), Millis(3));
        let wording = Wording { title: "t".into(), text: "t".into(), wants: vec![Skill("s".into())] };
        let full = Topic {
            wording,
            rev: 1,
            stage: Stage::Backlog,
            at,
            by: Some(person),
            merged_into: Some(topic),
            merged: vec![topic],
        };
        let (size, skills) = (Size::Quarter, vec![Skill("s".into())]);
        let member = Member { name: "n".into(), size, offers: skills.clone(), wants: skills, at };
        [
            (Key::Community, Row::Community(Arc::new(Community::default()))),
            (Key::Facilitator(person), Row::Facilitator(Mark {})),
            (Key::Member(person), Row::Member(Arc::new(member))),
            (Key::Voter(person), Row::Voter(Mark {})),
            (Key::Topic(topic), Row::Topic(Arc::new(full))),
            (Key::Exposure(topic), Row::Exposure(Count { n: 1 })),
            (Key::Tally(topic), Row::Tally(Count { n: 1 })),
            (Key::Vote(person, topic), Row::Vote(Mark {})),
            (Key::Follow(person, topic), Row::Follow(Mark {})),
            (Key::Volunteering(topic, person), Row::Volunteering(Volunteering { size, at })),
        ]
    }

    #[test]
    fn the_document_has_the_fields_of_every_kind_of_row_and_no_others() {
        let document = document();
        let described = document.pointer("/components/schemas/Row/oneOf").unwrap().as_array().unwrap();
        let rows = full_rows();
        assert_eq!(described.len(), rows.len());
        for (described, (key, row)) in described.iter().zip(rows) {
            let wire = serde_json::to_value(WireRow { key, ver: Ver(1), row: Some(row) }).unwrap();
            assert_eq!(described.pointer("/prefixItems/0/const"), wire.get(0));
            let fields = described.pointer("/prefixItems/1/properties/is/properties").unwrap();
            let named = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
            assert_eq!(named(fields), named(wire.pointer("/1/is").unwrap()), "{}", wire[0]);
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut next = vec![&document];
        while let Some(value) = next.pop() {
            if let Some(target) = value.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(&target[1..]).is_some(), "{target} leads nowhere");
            }
            next.extend(value.as_object().into_iter().flat_map(|object| object.values()));
            next.extend(value.as_array().into_iter().flatten());
        }
    }
}
