//! Proposing a topic.

use cercle::app::Intent;
use cercle_domain::Rejection;
use cercle_domain::topic::{Stage, Wording};

use crate::desk::Desk;
use crate::office::Office;
use crate::words::{propose, titles, wording};

#[test]
fn what_was_proposed_stands_on_top_and_the_draft_is_gone() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Dette technique"));
    ada.does(Intent::DraftProposal(wording("Revue de code")));
    ada.does(propose("Revue de code"));
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["Revue de code", "Dette technique"]);
    assert_eq!(ada.screen().proposal.wording, Wording::default());
    assert_eq!(ada.screen().proposal.sent, (2, Some(ada.topic("Revue de code"))));
}

#[test]
fn topics_that_say_nearly_the_same_show_while_typing() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Améliorer les revues de code"));
    ada.does(propose("Dette technique"));
    ada.does(Intent::DraftProposal(wording("la revue du code est lente")));
    assert_eq!(similar(&ada), ["Améliorer les revues de code"]);
}

#[test]
fn topics_like_a_draft_show_in_the_next_visit_and_when_somebody_else_proposes_them() {
    let office = Office::open();
    let (mut ada, mut karim) = (Desk::at(&office), Desk::at(&office));
    ada.does(Intent::DraftProposal(wording("la revue du code est lente")));
    assert!(similar(&ada).is_empty());
    karim.does(propose("Améliorer les revues de code"));
    ada.catches_up();
    assert_eq!(similar(&ada), ["Améliorer les revues de code"]);
    assert_eq!(similar(&ada.reopened()), ["Améliorer les revues de code"]);
}

/// What is said to be like the draft.
fn similar(desk: &Desk) -> Vec<String> {
    desk.screen().proposal.similar.iter().map(|similar| similar.title.clone()).collect()
}

#[test]
fn a_draft_outlives_the_page() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(Intent::DraftProposal(wording("Une idée à moitié")));
    assert_eq!(ada.reopened().screen().proposal.wording, wording("Une idée à moitié"));
}

#[test]
fn a_proposal_without_a_title_is_explained_and_stays() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    let draft = Wording { text: "beaucoup de texte".into(), ..wording("  ") };
    ada.does(Intent::DraftProposal(draft.clone()));
    ada.does(Intent::Propose { wording: draft.clone(), host: false });
    assert_eq!(ada.screen().proposal.refused, Some(Rejection::TitleLength));
    assert_eq!(ada.screen().proposal.wording, draft);
}
