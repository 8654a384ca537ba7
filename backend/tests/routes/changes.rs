//! `GET /v1/communities/{community}/changes`.

use cercle_domain::Op;
use cercle_domain::id::TopicId;

use crate::app::{TestApp, keys, problem, propose, vote};

#[tokio::test]
async fn pages_add_up_to_everything_and_the_last_one_says_so() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let ops: Vec<_> = (1..=9).map(|n| (n, propose(n, "Un sujet"))).collect();
    let all = ada.push(&ops).await.sync();

    let (mut rows, mut pages) = (Vec::new(), 0);
    let mut query = "limit=4".to_owned();
    loop {
        let page = ada.get(&format!("changes?{query}")).await.sync();
        assert_eq!(page.reset, pages == 0);
        assert_eq!(page.digest.is_some(), !page.more);
        rows.extend(page.rows);
        pages += 1;
        query = format!("limit=4&since={}&epoch={}", page.cursor, page.epoch);
        if !page.more {
            assert_eq!((page.cursor, page.digest), (all.cursor, all.digest));
            break;
        }
    }
    assert_eq!((rows, pages), (all.rows, 9));
}

#[tokio::test]
async fn only_what_changed_after_the_cursor_is_given() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let before = ada.pull(None).await;
    ada.act(2, Op::Follow { topic: TopicId(1), on: false }).await.unwrap();
    let after = ada.pull(Some(&before)).await;
    assert!(!after.reset);
    assert_eq!(keys(&after), format!("follow {}.{:032x} (gone)\n", after.you, 1));
}

#[tokio::test]
async fn a_cursor_that_means_nothing_here_starts_afresh() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let epoch = ada.pull(None).await.epoch;
    let other = format!("{:032x}", 1);
    for query in [
        "since=1".to_owned(),
        format!("since=1&epoch={other}"),
        format!("since=99&epoch={epoch}"),
        format!("since=18446744073709551615&epoch={epoch}"),
    ] {
        let answer = ada.get(&format!("changes?{query}")).await.sync();
        assert!(answer.reset && answer.rows.len() == 3, "{query}: {answer:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_in_the_address_is_said() {
    let app = TestApp::start().await;
    for query in ["since=x", "since=-1", "epoch=1", "limit=x", "wait=-1", "wait=x"] {
        let answer = app.person("ada").get(&format!("changes?{query}")).await;
        assert_eq!(answer.problem(), problem(400, "bad_query"), "{query}");
    }
}

#[tokio::test]
async fn a_long_poll_ends_with_the_next_change() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    let before = lin.pull(None).await;
    for (id, query) in [(1, "wait=25&"), (2, "limit=0&wait=25&")] {
        let waiting = async {
            let query = format!("changes?{query}since={}&epoch={}", before.cursor.0 + id - 1, before.epoch);
            lin.get(&query).await.sync()
        };
        let acting = async {
            app.until("cercle_waiting", 1).await;
            ada.act(id.into(), propose(id.into(), "Revues de code")).await.unwrap();
        };
        let (answer, ()) = tokio::join!(waiting, acting);
        if query.starts_with("limit=0") {
            assert!(answer.rows.is_empty() && answer.more && answer.digest.is_none());
            assert_eq!(answer.cursor.0, id - 1, "a knock leaves the cursor where it was");
        } else {
            assert_eq!(keys(&answer), format!("topic {id:032x}\nexposure {id:032x}\n"));
        }
    }
}

#[tokio::test]
async fn a_knock_is_answered_at_once_if_there_is_something_new() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let before = ada.pull(None).await;
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let knock = ada.get(&format!("changes?limit=0&wait=25&since=0&epoch={}", before.epoch)).await.sync();
    assert!(knock.more && knock.rows.is_empty());
    let stranger = ada.get("changes?limit=0&wait=25").await.sync();
    assert!(stranger.more && !stranger.reset);
}

#[tokio::test]
async fn a_look_wakes_nobody_and_comes_with_the_next_change() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let before = lin.pull(None).await;
    let query = format!("limit=0&wait=25&since={}&epoch={}", before.cursor, before.epoch);
    let waiting = lin.get_with("changes?wait=0", &[]).await;
    drop(waiting);
    let (knock, ()) = tokio::join!(async { lin.get(&format!("changes?{query}")).await.sync() }, async {
        app.until("cercle_waiting", 1).await;
        ada.act(2, Op::Shown { topics: vec![TopicId(1)] }).await.unwrap();
        assert_eq!(app.metric("cercle_waiting").await, 1, "a look ended the wait");
        ada.act(3, propose(2, "Ateliers")).await.unwrap();
    });
    assert!(knock.more);
    let after = lin.pull(Some(&before)).await;
    assert_eq!(keys(&after), format!("exposure {0:032x}\ntopic {1:032x}\nexposure {1:032x}\n", 1, 2));
}

#[tokio::test]
async fn a_wait_without_news_ends_by_itself() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let before = ada.pull(None).await;
    let query = format!("changes?wait=1&since={}&epoch={}", before.cursor, before.epoch);
    let answer = ada.get(&query).await.sync();
    assert!(answer.rows.is_empty() && !answer.more && answer.cursor == before.cursor);
}

#[tokio::test]
async fn an_answer_that_the_asker_has_already_is_not_sent_again() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let first = ada.get("changes").await;
    let tag = first.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}-{}\"", first.sync().epoch, first.sync().cursor));

    let unchanged = ada.get_with("changes", &[("if-none-match", &tag)]).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.len()), (304, 0));
    ada.act(2, vote(1)).await.unwrap();
    let changed = ada.get_with("changes", &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}
