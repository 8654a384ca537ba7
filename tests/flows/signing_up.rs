//! Joining, helping, stepping back, leaving: seconds in, one click out.

use cercle::app::Intent;
use cercle::app::screen::Saying;
use cercle_domain::Rejection;
use cercle_domain::id::Millis;
use cercle_domain::member::{Freshness, Size, Skill};
use cercle_domain::role::Role;
use cercle_domain::topic::Wording;

use crate::desk::Desk;
use crate::office::Office;
use crate::words::{join, propose, vote};

fn with_a_topic_for_rust() -> (std::rc::Rc<Office>, Desk) {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    let wording = Wording { title: "Tests".into(), wants: vec![Skill("Rust".into())], ..Wording::default() };
    ada.does(Intent::Propose { wording, host: false });
    (office, ada)
}

#[test]
fn who_joins_sees_where_their_skills_would_help() {
    let (_office, mut ada) = with_a_topic_for_rust();
    ada.does(join("Ada", &["rust"]));
    let mine = ada.screen().mine;
    assert_eq!(mine.member.as_ref().map(|member| member.name.as_str()), Some("Ada"));
    assert_eq!(mine.matches.iter().map(|found| found.title.as_str()).collect::<Vec<_>>(), ["Tests"]);
}

#[test]
fn a_name_is_needed_and_that_is_all() {
    let (_office, mut ada) = with_a_topic_for_rust();
    ada.does(join(" ", &[]));
    assert_eq!(ada.screen().mine.refused, Some(Rejection::NameLength));
    ada.does(join("Ada", &[]));
    assert_eq!(ada.screen().mine.refused, None);
    assert_eq!(ada.screen().role, Role::Member);
}

#[test]
fn a_visitor_who_offers_help_is_asked_to_join_first() {
    let (_office, mut ada) = with_a_topic_for_rust();
    ada.does(Intent::Volunteer { topic: ada.topic("Tests"), size: Size::Quarter });
    assert_eq!(ada.screen().said.1, Some(Saying::Refused(Rejection::JoinFirst)));
}

#[test]
fn an_offer_is_asked_about_gently_lapses_quietly_and_is_renewed_with_one_click() {
    let (_office, mut ada) = with_a_topic_for_rust();
    ada.does(join("Ada", &[]));
    let topic = ada.topic("Tests");
    let offer = Intent::Volunteer { topic, size: Size::Host };
    ada.does(offer.clone());
    // The backend of these tests has a clock that stands at 1970, and so has the offer once it is confirmed.
    let freshness = |desk: &Desk| desk.screen().mine.commitments.first().map(|found| found.freshness);
    assert_eq!(freshness(&ada), Some(Freshness::Fresh));
    assert!(!ada.card("Tests").needs_host);

    ada.waits(31 * Millis::DAY);
    assert_eq!(freshness(&ada), Some(Freshness::Asking));
    assert_eq!(ada.card("Tests").volunteers, 1);

    ada.waits(31 * Millis::DAY);
    assert_eq!(freshness(&ada), Some(Freshness::Lapsed));
    assert_eq!(ada.card("Tests").volunteers, 0);
    assert!(ada.card("Tests").needs_host);
}

#[test]
fn stepping_back_is_one_click_and_leaves_no_trace() {
    let (office, mut ada) = with_a_topic_for_rust();
    ada.does(join("Ada", &[]));
    let topic = ada.topic("Tests");
    ada.does(Intent::Volunteer { topic, size: Size::Session });
    let mut bob = Desk::at(&office);
    bob.does(Intent::Open(topic));
    assert_eq!(bob.screen().sheet.map(|sheet| sheet.volunteers.len()), Some(1));

    ada.does(Intent::StepBack(topic));
    bob.catches_up();
    assert_eq!(bob.screen().sheet.map(|sheet| sheet.volunteers.len()), Some(0));
    assert!(ada.screen().mine.commitments.is_empty());
}

#[test]
fn who_leaves_keeps_their_votes_and_who_erases_themselves_keeps_nothing() {
    let (office, mut ada) = with_a_topic_for_rust();
    ada.does(join("Ada", &[]));
    ada.does(vote(&ada, "Tests"));
    ada.does(Intent::Leave);
    assert_eq!(ada.screen().role, Role::Visitor);
    assert!(ada.card("Tests").vote.mine);

    ada.does(join("Ada", &[]));
    ada.does(propose("Le sujet d’Ada"));
    ada.does(Intent::DraftProposal(Wording { title: "Encore une".into(), ..Wording::default() }));
    ada.does(Intent::Erase);
    let screen = ada.screen();
    assert_eq!(screen.mine.member, None);
    assert_eq!(screen.proposal.wording, Wording::default());
    assert!(!ada.card("Tests").vote.mine);

    let mut bob = Desk::at(&office);
    bob.does(Intent::Open(bob.topic("Le sujet d’Ada")));
    assert_eq!(bob.screen().sheet.and_then(|sheet| sheet.by.clone()), None);
    bob.does(vote(&bob, "Tests"));
    assert_eq!(bob.card("Tests").vote.tally, Some(1));
}
