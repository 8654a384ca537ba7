//! `member.erase`: nothing that leads back to a person stays in any table.

use std::fmt::Write as _;

use cercle_domain::Op;
use cercle_domain::id::TopicId;
use cercle_domain::member::Size;
use cercle_domain::protocol::Outcome;
use cercle_domain::topic::Stage;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::app::{TestApp, join, keys, propose, vote};

/// Everything in every table, as text.
fn dump(app: &TestApp) -> String {
    let db = Connection::open(cercle_backend::server::database(app.options())).unwrap();
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut text = String::new();
    for table in tables.map(Result::unwrap) {
        let mut rows = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                match row.get(column).unwrap() {
                    Value::Text(value) => text.push_str(&value),
                    other => write!(text, "{other:?}").unwrap(),
                }
                text.push('\n');
            }
        }
    }
    text
}

#[tokio::test]
async fn who_erased_themselves_is_in_no_table() {
    let app = TestApp::start().await;
    let facilitator = app.facilitator("animatrice").await;
    let ada = app.person("ada");
    let offer = Op::Volunteer { topic: TopicId(2), size: Some(Size::Host) };
    let ops = [
        (1, propose(1, "Un sujet que je garde pour moi")),
        (2, propose(2, "Revues de code")),
        (3, join("Ada-la-Tisseuse")),
        (4, vote(1)),
        (5, vote(2)),
        (6, offer),
        (7, Op::Shown { topics: vec![TopicId(2)] }),
        (8, Op::Follow { topic: TopicId(2), on: false }),
    ];
    let answer = ada.push(&ops).await.sync();
    assert!(answer.receipts.iter().all(|receipt| receipt.s == Outcome::Ok));
    facilitator.act(20, Op::Move { topic: TopicId(2), stage: Stage::Scheduled }).await.unwrap();
    let ada_is = answer.you.to_string();
    assert!(dump(&app).contains(&ada_is) && dump(&app).contains("Ada-la-Tisseuse"));

    ada.act(9, Op::Erase {}).await.unwrap();
    let kept = dump(&app);
    assert!(!kept.contains(&ada_is), "{kept}");
    assert!(!kept.contains("Ada-la-Tisseuse"), "{kept}");
    // The topic stays; that she wrote it is forgotten, in the log as well.
    assert_eq!(kept.matches("Un sujet que je garde pour moi").count(), 1);
    // The tally of the closed topic holds.
    assert!(kept.contains(r#"{"n":1}"#));
}

#[tokio::test]
async fn others_forget_them_too() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    let you = ada.push(&[(1, join("Ada")), (2, propose(1, "Revues de code"))]).await.sync().you;
    let before = lin.pull(None).await;
    assert!(keys(&before).contains(&you.to_string()));
    ada.act(3, Op::Erase {}).await.unwrap();
    // A tombstone would have to name them; so lin starts afresh.
    let after = lin.pull(Some(&before)).await;
    assert!(after.reset);
    assert!(!serde_json::to_string(&after).unwrap().contains(&you.to_string()));
    // And goes on from there as usual.
    let next = lin.pull(Some(&after)).await;
    assert!(!next.reset && next.rows.is_empty());
}

#[tokio::test]
async fn an_erasure_whose_answer_was_lost_can_be_sent_again() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.push(&[(1, join("Ada")), (2, propose(1, "Revues de code")), (3, vote(1))]).await.sync();
    for expected in [Outcome::Ok, Outcome::Dup] {
        let answer = ada.push(&[(2, propose(1, "Revues de code")), (4, Op::Erase {})]).await.sync();
        assert_eq!(answer.receipts[1].s, expected);
        assert!(answer.reset && !keys(&answer).contains("member"));
    }
    // Whoever has the key may begin anew.
    assert_eq!(ada.act(5, join("Quelqu'un")).await, Ok(()));
}

#[tokio::test]
async fn nobody_can_read_in_the_log_who_looked() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.act(1, propose(0xfeed, "Revues de code")).await.unwrap();
    let you = lin.push(&[(2, Op::Shown { topics: vec![TopicId(0xfeed)] })]).await.sync().you;
    assert!(!dump(&app).contains(&you.to_string()));
    // It counts once all the same.
    lin.push(&[(2, Op::Shown { topics: vec![TopicId(0xfeed)] })]).await.sync();
    assert_eq!(dump(&app).matches(r#"{"n":1}"#).count(), 1);
}
