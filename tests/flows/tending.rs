//! What facilitators do: move, merge, settle; and that others may not.

use cercle::app::Intent;
use cercle::app::effect::Trouble;
use cercle::app::screen::{Mark, Saying};
use cercle_domain::Rejection;
use cercle_domain::community::Community;
use cercle_domain::role::Role;
use cercle_domain::topic::Stage;

use crate::desk::Desk;
use crate::office::Office;
use crate::words::{facilitator, propose, relocate, titles, vote};

#[test]
fn the_code_makes_a_facilitator_once() {
    let office = Office::open();
    let lead = facilitator(&office);
    assert_eq!(lead.screen().role, Role::Facilitator);

    let mut late = Desk::at(&office);
    late.does(Intent::Claim(Office::code()));
    assert_eq!(late.screen().said.1, Some(Saying::Trouble(Trouble::WrongCode)));
    assert_eq!(late.screen().role, Role::Visitor);
}

#[test]
fn a_moved_topic_stands_on_top_of_its_new_stage() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    lead.does(propose("un"));
    lead.does(propose("deux"));
    lead.does(relocate(&lead, "un", Stage::Backlog));
    lead.does(relocate(&lead, "deux", Stage::Backlog));
    assert_eq!(titles(&lead.screen(), Stage::Backlog), ["deux", "un"]);
    assert_eq!(titles(&lead.screen(), Stage::Proposed), Vec::<String>::new());
}

#[test]
fn a_visitor_may_not_move_and_is_told_so() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("un"));
    assert!(!ada.card("un").tended);
    ada.does(relocate(&ada, "un", Stage::Active));
    assert_eq!(ada.screen().said.1, Some(Saying::Refused(Rejection::Forbidden)));
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["un"]);
}

#[test]
fn merging_counts_everybody_once_and_can_be_undone() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    lead.does(propose("Revue de code"));
    lead.does(propose("Revues plus courtes"));
    let mut ada = Desk::at(&office);
    ada.does(vote(&ada, "Revue de code"));
    ada.does(vote(&ada, "Revues plus courtes"));
    lead.catches_up();
    lead.does(vote(&lead, "Revues plus courtes"));

    let (part, whole) = (lead.topic("Revues plus courtes"), lead.topic("Revue de code"));
    lead.does(Intent::Merge { topic: part, into: whole });
    let card = lead.card("Revue de code");
    assert_eq!((card.vote.tally, card.vote.mine), (Some(2), true));
    assert_eq!(titles(&lead.screen(), Stage::Proposed), ["Revue de code"]);
    ada.catches_up();
    assert_eq!(ada.screen().votes.map(|votes| votes.placed), Some(1), "one vote came back");

    lead.does(Intent::Unmerge(part));
    assert_eq!(lead.card("Revue de code").vote.tally, Some(1));
    assert_eq!(lead.card("Revues plus courtes").vote.tally, Some(2));
}

#[test]
fn settings_reach_everybody() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    let mut ada = Desk::at(&office);
    ada.does(propose("un"));
    let named = Community { name: "Atelier".into(), hide_tallies: false, ..Community::default() };
    lead.does(Intent::Settle(named));
    ada.catches_up();
    assert_eq!(ada.screen().community.name, "Atelier");
    assert_eq!(ada.card("un").vote.tally, Some(0), "tallies are open to everybody now");
    assert_eq!(ada.card("un").mark, Some(Mark::Saved));
}
