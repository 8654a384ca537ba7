//! `POST /v1/communities/{community}/sync`.

use axum::http::Method;
use cercle_backend::buckets::Rate;
use cercle_domain::protocol::{MAX_BODY_BYTES, MAX_OPS, Outcome};
use cercle_domain::{Key, Rejection, Row};
use serde_json::json;

use crate::app::{Setup, TestApp, join, keys, problem, propose, vote};

#[tokio::test]
async fn what_was_pushed_comes_back_as_receipts_and_rows() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let answer = ada.push(&[(1, propose(1, "Revues de code")), (2, join("Ada"))]).await.sync();

    let outcomes: Vec<_> = answer.receipts.iter().map(|receipt| (receipt.id.0, receipt.s)).collect();
    assert_eq!(outcomes, [(1, Outcome::Ok), (2, Outcome::Ok)]);
    assert!(answer.reset && !answer.more && answer.digest.is_some());
    let (you, topic) = (answer.you, format!("{:032x}", 1));
    assert_eq!(
        keys(&answer),
        format!("topic {topic}\nexposure {topic}\nfollow {you}.{topic}\nmember {you}\n")
    );
}

#[tokio::test]
async fn an_op_that_is_sent_again_is_done_once() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let first = ada.push(&[(2, vote(1))]).await.sync();
    let again = ada.push(&[(2, vote(1)), (2, vote(1))]).await.sync();

    assert_eq!(first.receipts[0].s, Outcome::Ok);
    assert_eq!(again.receipts.iter().map(|receipt| receipt.s).collect::<Vec<_>>(), [Outcome::Dup; 2]);
    assert_eq!(again.cursor, first.cursor);
}

#[tokio::test]
async fn an_op_under_a_known_id_is_not_done_even_if_it_says_something_else() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let answer = ada.push(&[(1, propose(2, "Autre chose"))]).await.sync();
    assert_eq!(answer.receipts[0].s, Outcome::Dup);
    assert_eq!(keys(&answer).matches("topic ").count(), 1);
}

#[tokio::test]
async fn a_rejected_op_stays_rejected_and_stands_in_nobody_s_way() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let ops = [(1, vote(1)), (2, propose(1, "Revues de code"))];
    for _ in 0..2 {
        let receipts = ada.push(&ops).await.receipts();
        assert_eq!((receipts[0].s, receipts[0].code), (Outcome::Rejected, Some(Rejection::UnknownTopic)));
        assert_eq!(receipts[1].code, None);
    }
}

#[tokio::test]
async fn an_op_from_another_time_is_unsupported_and_takes_no_other_with_it() {
    let app = TestApp::start().await;
    let id = |n: u32| format!("{n:032x}");
    let ops = json!([
        {"id": id(1), "t": "topic.paint", "a": {"colour": "red"}},
        {"id": id(2), "t": "vote.set", "a": {"topic": 7}},
        {"id": id(3), "t": "vote.set"},
        {"id": id(4), "t": "member.join", "a": {"name": "Ada", "size": "quarter", "mood": "good"}},
    ]);
    let receipts = app.person("ada").post("sync", &json!({"v": 1, "ops": ops})).await.receipts();
    let codes: Vec<_> = receipts.iter().map(|receipt| receipt.code).collect();
    let unsupported = Some(Rejection::Unsupported);
    assert_eq!(codes, [unsupported, unsupported, unsupported, None]);
}

#[tokio::test]
async fn an_id_of_somebody_else_refuses_the_whole_request_and_nothing_is_half_applied() {
    let app = TestApp::start().await;
    app.person("ada").act(1, propose(1, "Revues de code")).await.unwrap();
    let lin = app.person("lin");
    let refused = lin.push(&[(2, propose(2, "Ateliers")), (1, vote(1))]).await;
    assert_eq!(refused.problem(), problem(403, "id_in_use_by_other"));
    assert_eq!(keys(&lin.pull(None).await).matches("topic ").count(), 1);
    // Its own op was not used up by that.
    assert_eq!(lin.act(2, propose(2, "Ateliers")).await, Ok(()));
}

#[tokio::test]
async fn an_id_means_nothing_in_another_community() {
    let app = TestApp::start().await;
    let mut lin = app.person("lin");
    app.person("ada").act(1, propose(1, "Revues de code")).await.unwrap();
    lin.community = "poterie".to_owned();
    assert_eq!(lin.act(1, propose(1, "Émaux")).await, Ok(()));
    assert_eq!(keys(&lin.pull(None).await).matches("topic ").count(), 1);
}

#[tokio::test]
async fn bad_requests_have_codes() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let many: Vec<_> = (0..=MAX_OPS).map(|n| json!({"id": format!("{n:032x}"), "t": "x"})).collect();
    let bad_id = json!({"v": 1, "ops": [{"id": "1", "t": "member.leave", "a": {}}]});
    let cases = [
        ("{torn".to_owned(), 400, "malformed_json"),
        (String::new(), 400, "malformed_json"),
        ("[]".to_owned(), 400, "malformed_json"),
        (r#"{"v":1,"since":4711}"#.to_owned(), 400, "malformed_json"),
        (r#"{"v":1,"since":"-1"}"#.to_owned(), 400, "malformed_json"),
        (r#"{"ops":[]}"#.to_owned(), 400, "malformed_json"),
        (bad_id.to_string(), 400, "malformed_json"),
        ("[".repeat(50_000), 400, "malformed_json"),
        (r#"{"v":2,"rows":"whatever"}"#.to_owned(), 400, "unsupported_version"),
        (json!({"v": 1, "ops": many}).to_string(), 400, "too_many_ops"),
        (" ".repeat(MAX_BODY_BYTES + 1), 413, "body_too_large"),
    ];
    for (body, status, code) in cases {
        let answer = ada.post_text("sync", &body).await;
        assert_eq!(answer.problem(), problem(status, code), "{body:.60}");
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_all_the_same() {
    let app = TestApp::start().await;
    let authorization = app.person("ada").authorization();
    let endless = futures_util::stream::repeat_with(|| {
        Ok::<_, std::io::Error>(axum::body::Bytes::from(" ".repeat(8192)))
    });
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    let body = axum::body::Body::from_stream(endless);
    let answer = app.open(Method::POST, "/v1/communities/vannerie/sync", &headers, body).await;
    assert_eq!(answer.status(), 413);
}

#[tokio::test]
async fn the_protocol_before_this_one_is_still_spoken() {
    let app = TestApp::start().await;
    assert_eq!(app.person("ada").post("sync", &json!({"v": 0})).await.status, 200);
}

#[tokio::test]
async fn only_json_by_its_name_is_read() {
    let app = TestApp::start().await;
    let authorization = app.person("ada").authorization();
    for (name, fine) in [
        ("text/plain", false),
        ("application/x-www-form-urlencoded", false),
        ("application/json; charset=utf-8", true),
    ] {
        let headers = [("authorization", authorization.as_str()), ("content-type", name)];
        let answer = app.send(Method::POST, "/v1/communities/vannerie/sync", &headers, r#"{"v":1}"#).await;
        assert_eq!(answer.status == 200, fine, "{name}");
    }
}

#[tokio::test]
async fn who_sends_nothing_about_themselves_is_asked_to() {
    let app = TestApp::start().await;
    for end in ["changes", "events"] {
        let answer = app.get(&format!("/v1/communities/vannerie/{end}")).await;
        assert_eq!(answer.problem(), problem(401, "unauthorized"));
        assert_eq!(answer.header("www-authenticate"), "Device");
    }
    let strict = TestApp::with_options("--no-device-keys").await;
    let answer = strict.person("ada").get("changes").await;
    assert_eq!(answer.problem(), problem(401, "unauthorized"));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_community_has_a_plain_name_and_may_have_to_be_named_beforehand() {
    let app = TestApp::with_options("--community vannerie --community poterie").await;
    let mut ada = app.person("ada");
    assert_eq!(ada.get("changes").await.status, 200);
    for (community, status, code) in [
        ("dinanderie", 404, "community_unknown"),
        ("Vannerie", 400, "bad_community"),
        ("a%00b", 400, "bad_community"),
        ("%ff", 400, "bad_community"),
        ("..%2f..", 400, "bad_community"),
    ] {
        ada.community = community.to_owned();
        assert_eq!(ada.get("changes").await.problem(), problem(status, code), "{community}");
    }
}

#[tokio::test]
async fn there_are_no_more_communities_than_allowed() {
    let app = TestApp::with_options("--max-communities 2").await;
    let mut ada = app.person("ada");
    for (community, status) in [("a", 200), ("b", 200), ("c", 404), ("a", 200)] {
        ada.community = community.to_owned();
        assert_eq!(ada.get("changes").await.status, status, "{community}");
    }
}

#[tokio::test]
async fn who_writes_too_fast_is_told_when_to_come_back_and_may_still_read() {
    let app = TestApp::with(Setup { rate: Rate { per_second: 0.001, burst: 2.0 }, ..Setup::default() }).await;
    let ada = app.person("ada");
    assert_eq!(ada.push(&[(1, join("Ada"))]).await.status, 200);
    assert_eq!(ada.push(&[(2, join("Ada"))]).await.status, 200);
    let refused = ada.push(&[(3, join("Ada"))]).await;
    assert_eq!(refused.problem(), problem(429, "too_many_requests"));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(ada.push(&[]).await.status, 200);
    assert_eq!(app.person("lin").push(&[(4, join("Lin"))]).await.status, 200);
}

#[tokio::test]
async fn people_who_write_at_the_same_time_all_count() {
    let app = TestApp::start().await;
    app.person("ada").act(1, propose(1, "Revues de code")).await.unwrap();
    let voters = (0u128..40).map(|n| {
        let person = app.person(&format!("voter{n}-"));
        // Everybody's browser sends everything twice.
        async move {
            let (a, b) = tokio::join!(person.act(100 + n, vote(1)), person.act(100 + n, vote(1)));
            (a.unwrap(), b.unwrap())
        }
    });
    futures_util::future::join_all(voters).await;
    let seen = app.person("voter0-").pull(None).await;
    let tally = seen.rows.iter().find(|row| matches!(row.key, Key::Tally(_))).unwrap();
    assert!(matches!(&tally.row, Some(Row::Tally(count)) if count.n == 40), "{tally:?}");
}
