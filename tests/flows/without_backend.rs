//! No backend at all: everything works in this browser alone.

use cercle::app::Intent;
use cercle::app::effect::{HostEvent, SyncWord, Trouble};
use cercle::app::screen::{Mark, Saying};
use cercle_domain::role::Role;
use cercle_domain::topic::Stage;

use crate::desk::Desk;
use crate::words::{join, propose, relocate, titles, vote};

fn a_small_community() -> Desk {
    let mut ada = Desk::alone();
    ada.does(propose("Revue de code"));
    ada.does(vote(&ada, "Revue de code"));
    ada.does(join("Ada", &["rust"]));
    ada.does(propose("Dette technique"));
    ada.does(relocate(&ada, "Dette technique", Stage::Backlog));
    ada
}

#[test]
fn everything_is_kept_on_this_device_and_outlives_the_page() {
    let ada = a_small_community();
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Kept));
    let later = ada.reopened();
    let card = later.card("Revue de code");
    assert_eq!((card.vote.mine, card.vote.tally), (true, Some(1)));
    assert_eq!(titles(&later.screen(), Stage::Backlog), ["Dette technique"]);
    assert_eq!(later.screen().role, Role::Facilitator, "whoever holds the browser looks after it");
}

#[test]
fn the_host_page_hears_that_everything_is_local() {
    let ada = a_small_community();
    let heard = ada.announced();
    assert!(heard.contains(&HostEvent::Ready));
    assert!(heard.iter().any(|event| matches!(event, HostEvent::Sync { state: SyncWord::Local, .. })));
}

#[test]
fn a_community_travels_as_one_file() {
    let mut ada = a_small_community();
    ada.does(Intent::Export);
    let file = ada.saved_file();

    let mut bob = Desk::alone();
    bob.does(propose("celui-ci disparaît"));
    bob.does(Intent::Import { json: file.clone(), mine: false });
    let bob = bob.reopened();
    assert_eq!(titles(&bob.screen(), Stage::Proposed), ["Revue de code"]);
    assert_eq!(titles(&bob.screen(), Stage::Backlog), ["Dette technique"]);
    assert_eq!(bob.screen().role, Role::Facilitator);
    assert!(!bob.card("Revue de code").vote.mine, "the vote is Ada's");

    let mut new_device = Desk::alone();
    new_device.does(Intent::Import { json: file, mine: true });
    assert!(new_device.reopened().card("Revue de code").vote.mine, "Ada is still Ada");
}

#[test]
fn a_file_that_is_something_else_changes_nothing() {
    let mut ada = a_small_community();
    for file in ["", "{}", "<html>", r#"{"cercle":2,"community":"x","rows":[]}"#, r#"{"cercle":1}"#] {
        ada.does(Intent::Import { json: file.into(), mine: true });
        assert_eq!(ada.screen().said.1, Some(Saying::Trouble(Trouble::BadFile)), "{file}");
    }
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["Revue de code"]);
}
