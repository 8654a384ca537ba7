//! What people never learn about each other.

use cercle_domain::id::TopicId;
use cercle_domain::{Key, Op, Row};

use crate::app::{Person, TestApp, join, keys, propose, vote};

/// The tallies that somebody sees, starting from nothing.
async fn tallies(person: &Person<'_>) -> Vec<u32> {
    let answer = person.pull(None).await;
    let count = |row: &cercle_domain::protocol::WireRow| match row.row {
        Some(Row::Tally(count)) => Some(count.n),
        _ => None,
    };
    answer.rows.iter().filter_map(count).collect()
}

#[tokio::test]
async fn tallies_are_hidden_until_the_first_vote_and_all_there_after_it() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.push(&[(1, propose(1, "Revues de code")), (2, propose(2, "Ateliers")), (3, vote(1))]).await.sync();
    let before = lin.pull(None).await;
    assert!(!keys(&before).contains("tally"));

    let answer = lin.push(&[(4, vote(2))]).await.sync();
    assert_eq!(answer.receipts[0].code, None);
    // Everything since: the tally of the other topic has not changed, and is there all the same.
    let revealed = lin.pull(Some(&before)).await;
    assert!(!revealed.reset);
    let seen: Vec<_> = revealed.rows.iter().filter(|row| matches!(row.key, Key::Tally(_))).collect();
    assert_eq!(seen.len(), 2, "{}", keys(&revealed));
}

#[tokio::test]
async fn when_facilitators_hide_or_show_tallies_everybody_s_change() {
    let app = TestApp::start().await;
    let ada = app.facilitator("ada").await;
    let lin = app.person("lin");
    ada.push(&[(1, propose(1, "Revues de code")), (2, vote(1))]).await.sync();
    let hidden = lin.pull(None).await;
    let settle =
        |hide_tallies| Op::Settle(cercle_domain::community::Community { hide_tallies, ..Default::default() });

    ada.act(3, settle(false)).await.unwrap();
    let shown = lin.pull(Some(&hidden)).await;
    assert!(keys(&shown).contains(&format!("tally {:032x}\n", 1)));
    ada.act(4, settle(true)).await.unwrap();
    let hidden = lin.pull(Some(&shown)).await;
    assert!(keys(&hidden).contains(&format!("tally {:032x} (gone)\n", 1)));
    assert_eq!(tallies(&ada).await, [1]);
}

#[tokio::test]
async fn votes_and_follows_reach_nobody_else() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.push(&[(1, propose(1, "Revues de code")), (2, vote(1))]).await.sync();
    lin.act(3, vote(1)).await.unwrap();
    ada.act(4, Op::Vote { topic: TopicId(1), on: false }).await.unwrap();
    let mine = lin.pull(None).await;
    let (lin_is, ada_is) = (mine.you, ada.pull(None).await.you);
    for row in &mine.rows {
        if let Key::Vote(who, _) | Key::Follow(who, _) | Key::Voter(who) = row.key {
            assert_eq!(who, lin_is);
        }
    }
    // That Ada proposed the topic is no secret; that she votes and follows is.
    let others = keys(&mine).lines().filter(|line| line.contains(&ada_is.to_string())).count();
    assert_eq!(others, 0, "{}", keys(&mine));
}

#[tokio::test]
async fn who_steps_back_or_leaves_is_gone_for_everybody_who_looked() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    let offer = Op::Volunteer { topic: TopicId(1), size: Some(cercle_domain::member::Size::Session) };
    ada.push(&[(1, propose(1, "Revues de code")), (2, join("Ada")), (3, offer)]).await.sync();
    let before = lin.pull(None).await;
    ada.act(4, Op::Leave {}).await.unwrap();
    let after = lin.pull(Some(&before)).await;
    let ada_is = ada.pull(None).await.you;
    assert_eq!(keys(&after), format!("member {ada_is} (gone)\nvolunteering {:032x}.{ada_is} (gone)\n", 1));
}
