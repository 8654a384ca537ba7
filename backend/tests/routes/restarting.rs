//! Stopping and starting again.

use cercle_domain::protocol::Outcome;
use serde_json::json;

use crate::app::{COMMUNITY, TestApp, join, propose, vote};

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let app = TestApp::start().await;
    let ops = [(1, propose(1, "Revues de code")), (2, join("Ada")), (3, vote(1))];
    let before = app.person("ada").push(&ops).await.sync();
    let code = app.code(COMMUNITY);

    let app = app.restart().await;
    let ada = app.person("ada");
    let after = ada.pull(None).await;
    assert_eq!((&after.rows, after.digest, after.epoch), (&before.rows, before.digest, before.epoch));
    assert_eq!((after.you, after.cursor), (before.you, before.cursor));
    // A cursor from before goes on.
    let next = ada.pull(Some(&before)).await;
    assert!(!next.reset && next.rows.is_empty());
    // So do op ids, and the code that nobody has used yet.
    let again = ada.push(&ops).await.receipts();
    assert!(again.iter().all(|receipt| receipt.s == Outcome::Dup));
    assert_eq!(ada.post("facilitator", &json!({"code": code})).await.status, 204);
}

#[tokio::test]
async fn a_stopped_backend_leaves_one_tidy_file() {
    let app = TestApp::start().await;
    app.person("ada").act(1, join("Ada")).await.unwrap();
    let folder = app.stop().await;
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["cercle.sqlite"]);
}
