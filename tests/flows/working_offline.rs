//! Without a network: work goes on, is kept, and flows out later.

use cercle::app::Reply;
use cercle::app::effect::Trouble;
use cercle::app::reply::RemoteError;
use cercle::app::screen::{Bar, Mark};
use cercle_domain::topic::Stage;

use crate::desk::Desk;
use crate::office::{Office, Way};
use crate::words::{propose, titles, vote};

#[test]
fn what_is_done_offline_shows_at_once_and_is_sent_when_the_network_returns() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    office.way.set(Way::Shut);
    ada.does(propose("Revue de code"));
    ada.does(vote(&ada, "Revue de code"));
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Kept));
    assert_eq!(ada.screen().bars, [Bar::Waiting(2)]);

    office.way.set(Way::Open);
    ada.hears(Reply::Online);
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
    assert_eq!(ada.screen().bars, []);
    assert_eq!(titles(&Desk::at(&office).screen(), Stage::Proposed), ["Revue de code"]);
}

#[test]
fn without_any_sign_the_outbox_is_tried_again_by_itself() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    office.way.set(Way::Shut);
    ada.does(propose("Revue de code"));
    for _ in 0..10 {
        assert!(ada.is_waiting(), "something must be going to happen");
        ada.waits(80_000);
    }
    office.way.set(Way::Open);
    ada.waits(80_000);
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
}

#[test]
fn what_is_done_offline_outlives_the_page() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    office.way.set(Way::Shut);
    ada.does(vote(&ada, "Revue de code"));

    let mut later = ada.reopened();
    assert!(later.card("Revue de code").vote.mine);
    assert_eq!(later.screen().bars, [Bar::Waiting(1)]);

    office.way.set(Way::Open);
    later.hears(Reply::Online);
    assert_eq!(later.screen().bars, []);
}

#[test]
fn a_first_visit_without_a_network_says_so_and_can_begin() {
    let office = Office::open();
    office.way.set(Way::Shut);
    let mut ada = Desk::at(&office);
    assert!(ada.screen().ready);
    assert_eq!(ada.screen().bars, [Bar::Trouble(Trouble::Unreachable)]);
    ada.does(propose("Revue de code"));
    office.way.set(Way::Open);
    ada.hears(Reply::Online);
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
}

#[test]
fn an_answer_that_was_lost_after_the_backend_had_done_it_does_it_once() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    office.way.set(Way::NoReturn);
    ada.does(vote(&ada, "Revue de code"));
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Kept));
    office.way.set(Way::Open);
    ada.hears(Reply::Online);
    let card = ada.card("Revue de code");
    assert_eq!((card.mark, card.vote.tally), (Some(Mark::Saved), Some(1)));
}

#[test]
fn a_backend_that_names_a_time_is_left_alone_until_then() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    office.way.set(Way::Wrong(RemoteError::Later(Some(30_000))));
    ada.does(propose("Revue de code"));
    office.way.set(Way::Open);
    ada.does(vote(&ada, "Revue de code"));
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Kept));
    ada.waits(60_000);
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
}

#[test]
fn a_device_that_keeps_nothing_any_more_says_so_and_goes_on() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    ada.breaks();
    office.way.set(Way::Shut);
    ada.does(vote(&ada, "Revue de code"));
    let card = ada.card("Revue de code");
    assert!(card.vote.mine);
    assert_eq!(card.mark, Some(Mark::Pending), "memory is not «on this device»");
    assert_eq!(ada.screen().bars, [Bar::Trouble(Trouble::Unreachable), Bar::Trouble(Trouble::MemoryOnly)]);

    office.way.set(Way::Open);
    ada.hears(Reply::Online);
    assert_eq!(ada.card("Revue de code").mark, Some(Mark::Saved));
}

#[test]
fn a_device_that_is_back_is_used_again_even_if_nobody_does_anything() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    ada.breaks();
    ada.does(vote(&ada, "Revue de code"));
    assert_eq!(ada.screen().bars, [Bar::Trouble(Trouble::MemoryOnly)]);

    ada.mends();
    ada.hears(Reply::Silence);
    ada.hears(Reply::Silence);
    assert_eq!(ada.screen().bars, []);
    let ada = ada.reopened();
    assert!(ada.card("Revue de code").vote.mine, "what was done meanwhile is on the device");
}

#[test]
fn after_an_outage_the_device_listens_again() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("un"));
    office.way.set(Way::Shut);
    ada.hears(Reply::ListenFailed);
    office.way.set(Way::Open);
    ada.hears(Reply::Online);
    let mut bob = Desk::at(&office);
    bob.does(vote(&bob, "un"));
    ada.does(vote(&ada, "un"));
    bob.catches_up();
    ada.catches_up();
    assert_eq!(ada.card("un").vote.tally, Some(2));
    assert!(ada.listens());
}

#[test]
fn an_act_whose_topic_a_restore_took_away_waits_and_says_so_until_the_topic_is_back() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Revue de code"));
    let mut bob = Desk::at(&office);
    bob.does(vote(&bob, "Revue de code"));

    // A backup from before both of them.
    let restored = Office::of_epoch(2);
    let mut bob = bob.moved_to(&restored);
    assert_eq!(bob.screen().bars, [Bar::HeldBack(1)]);
    let _ada = ada.moved_to(&restored);
    bob.catches_up();
    assert_eq!(bob.screen().bars, []);
    let vote = bob.card("Revue de code").vote;
    assert_eq!((vote.mine, vote.tally), (true, Some(1)));
}
