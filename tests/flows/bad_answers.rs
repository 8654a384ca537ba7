//! A backend that is wrong: one sentence, nothing lost, and never stuck.

use cercle::app::effect::{HostEvent, Trouble};
use cercle::app::reply::{Hindrance, RemoteError};
use cercle::app::screen::{Bar, Mark};
use cercle_domain::Rejection;

use crate::desk::Desk;
use crate::office::{Office, Way};
use crate::words::{propose, vote};

#[test]
fn each_way_of_being_wrong_has_its_sentence_and_keeps_everything() {
    for (error, trouble) in [
        (RemoteError::BadAnswer, Trouble::BadAnswer),
        (RemoteError::Unauthorized, Trouble::Unauthorized),
        (RemoteError::ForbiddenOrigin, Trouble::ForbiddenOrigin),
        (RemoteError::Hindered(Hindrance::Address), Trouble::BadAddress),
        (RemoteError::Hindered(Hindrance::Insecure), Trouble::Insecure),
        (RemoteError::Hindered(Hindrance::Policy), Trouble::Policy),
        (RemoteError::Hindered(Hindrance::LocalNetwork), Trouble::LocalNetwork),
        (RemoteError::UnknownCommunity, Trouble::UnknownCommunity),
    ] {
        let office = Office::open();
        let mut ada = Desk::at(&office);
        ada.announced();
        office.way.set(Way::Wrong(error));
        ada.does(propose("un"));
        assert_eq!(ada.screen().bars, [Bar::Trouble(trouble)]);
        assert!(ada.announced().contains(&HostEvent::Error(trouble)));
        assert_eq!(ada.card("un").mark, Some(Mark::Kept));

        office.way.set(Way::Open);
        ada.waits(80_000);
        assert_eq!(ada.card("un").mark, Some(Mark::Saved), "{error:?}");
    }
}

#[test]
fn an_op_that_the_backend_will_never_take_does_not_hold_up_the_others() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("un"));
    office.way.set(Way::Wrong(RemoteError::Refused));
    ada.does(propose("deux"));
    let screen = ada.screen();
    assert_eq!(screen.refusals.first().map(|refusal| refusal.code), Some(Rejection::Refused));

    office.way.set(Way::Open);
    ada.waits(80_000);
    ada.does(vote(&ada, "un"));
    assert_eq!(ada.card("un").mark, Some(Mark::Saved));
    assert_eq!(ada.screen().refusals.len(), 1, "what was refused waits for the person");
}

#[test]
fn answers_that_come_in_pages_take_effect_together() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    for n in 0..20 {
        ada.does(propose(&format!("sujet {n}")));
    }
    office.limit.set(7);
    let before = office.requests.get();
    let bob = Desk::at(&office);
    assert!(office.requests.get() > before + 3, "it took several pages");
    for n in 0..20 {
        bob.card(&format!("sujet {n}"));
    }
}

#[test]
fn an_answer_to_something_else_is_a_bad_answer_and_not_a_skeleton_for_ever() {
    let office = Office::open();
    office.without_reset.set(true);
    let ada = Desk::at(&office);
    assert!(ada.screen().ready);
    assert_eq!(ada.screen().bars, [Bar::Trouble(Trouble::BadAnswer)]);
}

#[test]
fn a_device_whose_rows_disagree_with_the_backend_reads_them_afresh_and_keeps_them() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Relire"));
    ada.misremembers();
    let ada = ada.reopened();
    assert_eq!(ada.card("Relire").title, "Relire");

    office.way.set(Way::Shut);
    assert_eq!(ada.reopened().card("Relire").title, "Relire");
}
