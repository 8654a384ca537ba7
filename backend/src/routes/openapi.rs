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

    use cercle_domain::Rejection;
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
