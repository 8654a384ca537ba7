//! What happens when the store does not do what it should, and how commits are shared.

use std::sync::atomic::Ordering;

use cercle_domain::protocol::Outcome;

use crate::app::{Setup, TestApp, join, keys, problem, propose, vote};
use crate::faults::{Faulty, Switch};

#[tokio::test]
async fn a_commit_that_failed_acknowledges_nothing_and_leaves_nothing_behind() {
    static SWITCH: Switch = Switch::off();
    let app = TestApp::with(Setup {
        wrap: |inner| Box::new(Faulty { inner, switch: &SWITCH }),
        ..Setup::default()
    })
    .await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let before = lin.pull(None).await;

    SWITCH.full.store(true, Ordering::SeqCst);
    let (proposing, joining) = ([(2, propose(2, "Ateliers"))], [(3, join("Lin"))]);
    let (first, second) = tokio::join!(ada.push(&proposing), lin.push(&joining));
    for answer in [&first, &second] {
        assert_eq!(answer.problem(), problem(503, "storage"));
        assert_eq!(answer.header("retry-after"), "2");
        assert!(!answer.text().contains("disk"), "what went wrong inside is nobody's business");
    }
    // Reading goes on, and nobody sees what was not kept.
    let during = lin.pull(Some(&before)).await;
    assert_eq!((keys(&during).as_str(), during.cursor), ("", before.cursor));

    SWITCH.full.store(false, Ordering::SeqCst);
    let again = ada.push(&[(2, propose(2, "Ateliers"))]).await.sync();
    assert_eq!(again.receipts[0].s, Outcome::Ok);
    assert_eq!(again.cursor.0, before.cursor.0 + 1);
}

#[tokio::test]
async fn a_commit_that_is_there_although_it_failed_is_found_when_it_is_sent_again() {
    static SWITCH: Switch = Switch::off();
    let app = TestApp::with(Setup {
        wrap: |inner| Box::new(Faulty { inner, switch: &SWITCH }),
        ..Setup::default()
    })
    .await;
    let ada = app.person("ada");
    ada.push(&[(1, propose(1, "Revues de code")), (2, join("Ada"))]).await.sync();
    SWITCH.torn.store(true, Ordering::SeqCst);
    assert_eq!(ada.push(&[(3, vote(1))]).await.problem(), problem(503, "storage"));
    SWITCH.torn.store(false, Ordering::SeqCst);
    let again = ada.push(&[(3, vote(1))]).await.sync();
    assert_eq!(again.receipts[0].s, Outcome::Dup);
    let pulled = ada.pull(None).await;
    assert!(keys(&pulled).contains(&format!("vote {}.{:032x}", pulled.you, 1)));
}

#[tokio::test]
async fn many_who_write_at_once_share_commits() {
    static SWITCH: Switch = Switch::off();
    let app = TestApp::with(Setup {
        wrap: |inner| Box::new(Faulty { inner, switch: &SWITCH }),
        ..Setup::default()
    })
    .await;
    let people = (0..200u128).map(|n| {
        let person = app.person(&format!("p{n}-"));
        async move { person.act(n, join("Quelqu'un")).await.unwrap() }
    });
    futures_util::future::join_all(people).await;
    let commits = SWITCH.commits.load(Ordering::SeqCst);
    assert!(commits < 200, "{commits} commits for 200 people");
}
