//! Votes: at once, fair, explained.

use cercle::app::Intent;
use cercle::app::effect::HostEvent;
use cercle::app::intent::Order;
use cercle::app::screen::{Mark, Saying};
use cercle_domain::Rejection;
use cercle_domain::community::Community;
use cercle_domain::ranking::Why;
use cercle_domain::topic::Stage;

use crate::desk::Desk;
use crate::office::Office;
use crate::words::{facilitator, propose, relocate, titles, vote, withdraw};

#[test]
fn a_vote_shows_at_once_then_reaches_the_device_then_the_backend() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));

    ada.wants(vote(&ada, "Revue de code"));
    let card = ada.card("Revue de code");
    assert!(card.vote.mine);
    assert_eq!(card.mark, Some(Mark::Pending));

    ada.settle();
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
}

#[test]
fn the_host_page_hears_of_a_vote() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    let topic = ada.topic("Revue de code");
    ada.announced();
    ada.does(vote(&ada, "Revue de code"));
    assert!(ada.announced().contains(&HostEvent::Voted { topic, on: true }));
}

#[test]
fn tallies_are_hidden_until_one_has_voted() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    ada.does(propose("Dette technique"));
    ada.does(vote(&ada, "Revue de code"));

    let mut bob = Desk::at(&office);
    assert_eq!(bob.card("Revue de code").vote.tally, None);
    assert!(!bob.screen().tools.ranking_open);

    bob.does(vote(&bob, "Dette technique"));
    assert_eq!(bob.card("Revue de code").vote.tally, Some(1));
    assert!(bob.screen().tools.ranking_open);
}

#[test]
fn the_sixth_vote_waits_until_one_comes_back() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    let topics = ["un", "deux", "trois", "quatre", "cinq", "six"];
    for title in topics {
        lead.does(propose(title));
    }
    for title in &topics[..5] {
        lead.does(vote(&lead, title));
    }
    assert_eq!(lead.screen().votes.map(cercle::app::screen::Votes::left), Some(0));

    lead.does(vote(&lead, "six"));
    assert_eq!(lead.screen().said.1, Some(Saying::Refused(Rejection::VotesSpent)));
    assert!(!lead.card("six").vote.mine);
    assert!(!lead.card("six").vote.possible);
    assert!(lead.card("un").vote.possible, "a vote can always be withdrawn");

    lead.does(relocate(&lead, "un", Stage::Scheduled));
    assert_eq!(lead.screen().votes.map(cercle::app::screen::Votes::left), Some(1));
    lead.does(vote(&lead, "six"));
    assert!(lead.card("six").vote.mine);
}

#[test]
fn without_a_cap_there_is_nothing_to_count() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    lead.does(Intent::Settle(Community { vote_cap: None, ..Community::default() }));
    assert_eq!(lead.screen().votes, None);
}

#[test]
fn voting_twice_and_withdrawing_twice_counts_once() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    for _ in 0..2 {
        ada.does(vote(&ada, "Revue de code"));
    }
    assert_eq!(ada.card("Revue de code").vote.tally, Some(1));
    for _ in 0..2 {
        ada.does(withdraw(&ada, "Revue de code"));
    }
    assert_eq!(ada.card("Revue de code").vote.tally, Some(0));
}

#[test]
fn the_ranking_says_why() {
    let office = Office::open();
    let people: Vec<Desk> = (0..6).map(|_| Desk::at(&office)).collect();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    ada.does(propose("Dette technique"));
    for mut person in people {
        person.catches_up();
        person.does(Intent::ShowNews);
        let seen = [person.topic("Revue de code"), person.topic("Dette technique")];
        person.does(Intent::Seen(seen.to_vec()));
        person.does(vote(&person, "Dette technique"));
    }
    ada.catches_up();
    ada.does(vote(&ada, "Dette technique"));
    ada.does(Intent::Order(Order::Ranking));
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["Dette technique", "Revue de code"]);
    let why = ada.card("Dette technique").why;
    assert_eq!(why, Some(Why::Ranked { place: 1, of: 2, votes: 7, shown: 7 }));
}

#[test]
fn a_topic_is_shown_to_a_person_once_however_often_they_look() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    let topic = ada.topic("Revue de code");
    ada.does(vote(&ada, "Revue de code"));
    for _ in 0..3 {
        ada.does(Intent::Seen(vec![topic]));
    }
    let mut again = ada.reopened();
    again.does(Intent::Seen(vec![topic]));
    again.does(Intent::Order(Order::Ranking));
    assert_eq!(again.card("Revue de code").why, Some(Why::TooEarly { shown: 1 }));
}

#[test]
fn a_first_vote_opens_the_ranking_and_does_not_turn_the_board_over() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    for title in ["un", "deux", "trois", "quatre"] {
        ada.does(propose(title));
    }
    let mut bob = Desk::at(&office);
    let before = titles(&bob.screen(), Stage::Proposed);
    bob.does(vote(&bob, "trois"));
    assert_eq!(titles(&bob.screen(), Stage::Proposed), before);
    assert_eq!(bob.screen().tools.order, Order::Shuffle);
    assert!(bob.screen().tools.ranking_open);
    bob.does(Intent::Order(Order::Ranking));
    assert_eq!(bob.screen().tools.order, Order::Ranking);
    assert_eq!(bob.reopened().screen().tools.order, Order::Ranking, "the next visit begins with it");
}
