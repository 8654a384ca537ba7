//! Edits, and what happens when two people write at once: nobody's text is lost.

use cercle::app::{Intent, Reply};
use cercle_domain::Rejection;

use crate::desk::Desk;
use crate::office::{Office, Way};
use crate::words::{facilitator, propose, wording};

/// Two tabs of one facilitator stand for two facilitators.
fn two_facilitators() -> (std::rc::Rc<Office>, Desk, Desk) {
    let office = Office::open();
    let mut ada = facilitator(&office);
    ada.does(propose("Revue"));
    let bob = ada.another_tab();
    (office, ada, bob)
}

fn write(desk: &mut Desk, about: &str, text: &str) {
    let topic = desk.topic(about);
    desk.does(Intent::DraftEdit { topic, wording: wording(text) });
}

#[test]
fn an_edit_is_kept_while_it_is_written_and_gone_once_it_is_saved() {
    let (_office, mut ada, _) = two_facilitators();
    write(&mut ada, "Revue", "Revue de code");
    let mut ada = ada.reopened();
    let topic = ada.topic("Revue");
    ada.does(Intent::Open(topic));
    let editing = ada.screen().sheet.and_then(|sheet| sheet.edit.clone()).expect("an edit");
    assert_eq!((editing.wording, editing.conflict), (wording("Revue de code"), None));
    ada.does(Intent::SaveEdit(topic));
    assert_eq!(ada.card("Revue de code").id, topic);
    assert_eq!(ada.screen().sheet.and_then(|sheet| sheet.edit.clone()), None);
}

#[test]
fn somebody_elses_edit_shows_beside_ones_own() {
    let (_office, mut ada, mut bob) = two_facilitators();
    let topic = ada.topic("Revue");
    write(&mut ada, "Revue", "Revue à deux");
    ada.does(Intent::Open(topic));
    write(&mut bob, "Revue", "Revue en groupe");
    bob.does(Intent::SaveEdit(topic));
    ada.hears(Reply::Elsewhere);

    let editing = ada.screen().sheet.and_then(|sheet| sheet.edit.clone()).expect("an edit");
    assert_eq!(editing.wording, wording("Revue à deux"));
    assert_eq!(editing.conflict, Some(wording("Revue en groupe")));

    // Nothing is replaced unasked, however fast somebody presses the button.
    ada.does(Intent::SaveEdit(topic));
    let after = ada.screen().sheet.and_then(|sheet| sheet.edit.clone()).expect("the edit is still open");
    assert_eq!((after.wording, after.refused), (wording("Revue à deux"), Some(Rejection::Conflict)));
    assert_eq!(ada.card("Revue en groupe").id, topic);

    ada.does(Intent::KeepMine(topic));
    assert_eq!(ada.card("Revue à deux").id, topic);
}

#[test]
fn an_edit_that_lost_the_race_is_explained_and_its_text_can_be_taken_up() {
    let office = Office::open();
    let mut ada = facilitator(&office);
    ada.does(propose("Revue"));
    let topic = ada.topic("Revue");
    // Two tabs that have not heard of each other: a race that neither can see.
    let mut bob = ada.another_tab();
    office.way.set(Way::Shut);
    write(&mut ada, "Revue", "Revue à deux");
    ada.does(Intent::SaveEdit(topic));
    write(&mut bob, "Revue", "Revue en groupe");
    bob.does(Intent::SaveEdit(topic));
    office.way.set(Way::Open);
    bob.hears(Reply::Online);
    ada.hears(Reply::Online);

    let screen = ada.screen();
    let refusal = screen.refusals.first().expect("the second edit is refused");
    assert_eq!(refusal.code, Rejection::Conflict);
    assert_eq!(refusal.kept, Some(wording("Revue à deux")));

    ada.does(Intent::TakeUp(refusal.op));
    let screen = ada.screen();
    let editing = screen.sheet.and_then(|sheet| sheet.edit.clone()).expect("the edit is open again");
    assert_eq!(editing.wording, wording("Revue à deux"));
    assert_eq!(editing.conflict, Some(wording("Revue en groupe")));
    assert!(screen.refusals.is_empty());
}
