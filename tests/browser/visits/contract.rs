//! The law of stores, played on the IndexedDB of each engine.

use std::time::Duration;

use serde_json::Value;

use crate::rig::run::visits;
use crate::rig::visit::Visit;
use crate::rig::wait::within;

visits! {
    indexed_db_keeps_the_law_of_stores,
}

/// Checks that the suite has at least; a suite that shrinks to nothing would pass.
const AT_LEAST: usize = 15;

fn indexed_db_keeps_the_law_of_stores(visit: &Visit) {
    let html = include_str!("../../pages/contract.html");
    let page = visit.page_at("a", html);
    // Dozens of databases, one of which is waited for until it is given up.
    let played =
        within(Duration::from_mins(1), || match page.host_does("return document.title !== 'playing'") {
            Value::Bool(true) => Ok(()),
            _ => Err("the law is still being played".to_owned()),
        });
    assert_eq!(played, Ok(()));

    let told = page.host_does("return document.getElementById('result').textContent");
    let told = told.as_str().unwrap_or_default();
    let checks: Vec<Value> =
        serde_json::from_str(told).unwrap_or_else(|_| panic!("the suite broke off: {told}"));
    let broken: Vec<String> = checks
        .iter()
        .filter(|check| check["ok"] != true)
        .map(|check| format!("{}: {}", check["name"], check["error"]))
        .collect();
    assert!(broken.is_empty(), "of {} checks failed:\n  {}", checks.len(), broken.join("\n  "));
    assert!(checks.len() >= AT_LEAST, "only {} checks were played", checks.len());
}
