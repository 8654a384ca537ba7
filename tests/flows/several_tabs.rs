//! Several tabs, or several elements on one page, on one device.

use cercle::app::effect::{HostEvent, SyncWord};
use cercle::app::screen::Mark;
use cercle::app::{Intent, Reply};

use crate::desk::Desk;
use crate::office::{Office, Way};
use crate::words::{propose, vote, withdraw};

#[test]
fn what_one_tab_does_the_other_shows() {
    let office = Office::open();
    let mut one = Desk::at(&office);
    one.does(propose("un"));
    let mut two = one.another_tab();
    two.does(vote(&two, "un"));
    one.hears(Reply::Elsewhere);
    assert!(one.card("un").vote.mine);
}

/// Two tabs that both know of a vote placed offline, with the network just back.
fn two_tabs_with_a_vote_to_send() -> (Desk, Desk) {
    let office = Office::open();
    let mut one = Desk::at(&office);
    one.does(propose("un"));
    let mut two = one.another_tab();
    office.way.set(Way::Shut);
    one.does(vote(&one, "un"));
    two.hears(Reply::Elsewhere);
    office.way.set(Way::Open);
    (one, two)
}

#[test]
fn one_tab_sends_what_another_did_offline() {
    let (mut one, mut two) = two_tabs_with_a_vote_to_send();
    two.hears(Reply::Online);
    one.hears(Reply::Elsewhere);
    let card = one.card("un");
    assert_eq!((card.mark, card.vote.tally), (Some(Mark::Saved), Some(1)));
}

#[test]
fn a_tab_that_waits_for_the_network_tries_at_once_when_another_had_an_answer() {
    let (mut one, mut two) = two_tabs_with_a_vote_to_send();
    two.hears(Reply::Online);
    // Nothing is left to send for it, and nobody votes in it: only its own wait could tell it that the network is back.
    one.hears(Reply::Elsewhere);
    assert_eq!(one.announced().last(), Some(&HostEvent::Sync { state: SyncWord::Saved, waiting: 0 }));
}

#[test]
fn two_tabs_that_send_the_same_op_do_it_once() {
    let (mut one, mut two) = two_tabs_with_a_vote_to_send();
    one.hears(Reply::Online);
    two.hears(Reply::Online);
    assert_eq!(two.card("un").vote.tally, Some(1));
    assert_eq!(one.reopened().card("un").vote.tally, Some(1));
}

#[test]
fn what_is_done_in_a_tab_that_has_not_heard_of_the_erasure_is_not_done_in_the_name_of_who_is_gone() {
    let office = Office::open();
    let mut one = Desk::at(&office);
    one.does(propose("un"));
    let mut two = one.another_tab();
    one.does(Intent::Erase);
    two.does(vote(&two, "un"));
    assert_eq!(two.screen().refusals, []);
    two.does(withdraw(&two, "un"));
    let mut bob = Desk::at(&office);
    bob.does(vote(&bob, "un"));
    assert_eq!(bob.card("un").vote.tally, Some(1));
}

#[test]
fn without_a_backend_two_tabs_do_not_overwrite_each_other() {
    let mut one = Desk::alone();
    let mut two = one.another_tab();
    one.does(propose("un"));
    two.does(propose("deux"));
    one.hears(Reply::Elsewhere);
    one.does(propose("trois"));
    let all = one.reopened();
    for title in ["un", "deux", "trois"] {
        all.card(title);
    }
}
