//! A whole visit by keyboard alone.

use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::thing::Thing;
use crate::rig::visit::{Visit, element};
use cercle_domain::topic::Stage::{Adopted, Backlog, Parked, Proposed};

visits! {
    a_whole_visit_by_keyboard_alone,
    a_menu_goes_round_by_arrows_and_first_letters_and_closes_with_escape,
    a_dialog_keeps_the_focus_until_it_is_closed,
}

const CI: &str = "Accélérer l’intégration continue";
const TAB: &str = "\u{e004}";
const BACK: &str = "\u{e008}\u{e004}";
const ENTER: &str = "\u{e007}";
const SPACE: &str = " ";
const ESCAPE: &str = "\u{e00c}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const RIGHT: &str = "\u{e014}";
const HOME: &str = "\u{e011}";
const END: &str = "\u{e010}";

/// More stops than any page of these tests has.
const STOPS: usize = 60;

/// Presses Tab until this has the focus.
#[track_caller]
fn tab_to(page: &Page, thing: &Thing) {
    go_to(page, TAB, thing);
}

/// Presses Shift and Tab until this has the focus. Not round by Tab: what comes after a page is the browser itself.
#[track_caller]
fn tab_back_to(page: &Page, thing: &Thing) {
    go_to(page, BACK, thing);
}

#[track_caller]
fn go_to(page: &Page, key: &str, thing: &Thing) {
    thing.is_there();
    for _ in 0..STOPS {
        page.press(&[key]);
        if thing.has_focus_now() {
            return;
        }
    }
    panic!("{thing} cannot be reached by Tab");
}

fn a_whole_visit_by_keyboard_alone(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-community", &server));

    // Vote.
    tab_to(&page, &page.topic(CI).vote_button());
    page.press(&[SPACE]);
    page.topic(CI).has_my_vote(true);
    page.topic(CI).vote_button().has_focus();

    // Read, and come back.
    page.press(&[TAB, ENTER]);
    page.dialog(CI).is_there();
    page.heading(CI).has_focus();
    page.press(&[ESCAPE]);
    page.dialog(CI).is_gone();
    page.topic(CI).card().button(CI).has_focus();

    // Follow, by the menu.
    page.press(&[TAB, ENTER]);
    page.menu_item(fr().later().follow).has_focus();
    page.press(&[ENTER]);
    page.menu_item(fr().later().follow).is_gone();
    page.topic(CI).card().button(&fr().actions.with([CI])).has_focus();

    // Propose.
    tab_back_to(&page, &page.button(fr().propose));
    page.press(&[ENTER]);
    page.field(fr().question).has_focus();
    page.press(&["R", "e", "l", "i", "r", "e", ENTER]);
    page.field(&format!("{}…", fr().later().a_little_more)).has_focus();
    tab_to(&page, &page.button(fr().later().propose_it));
    page.press(&[ENTER]);
    page.topic("Relire").card().button("Relire").has_focus();
    page.topic("Relire").is_marked(Mark::Saved);

    // Join.
    tab_back_to(&page, &page.thing("tab", fr().board));
    page.press(&[RIGHT]);
    page.thing("tab", fr().join_tab).is("aria-selected", "true");
    tab_to(&page, &page.field(fr().later().name));
    page.press(&["A", "d", "a", TAB, DOWN]);
    page.thing("radio", &format!("{}…", (fr().later().size)(cercle_domain::member::Size::Quarter)))
        .has_focus();
    tab_to(&page, &page.button(fr().later().join));
    page.press(&[ENTER]);
    page.heading(fr().later().joined).has_focus();
}

fn a_menu_goes_round_by_arrows_and_first_letters_and_closes_with_escape(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());
    let stage = |stage| page.thing("menuitemradio", (fr().stage)(stage));

    let opener = page.topic(CI).card().button(&fr().actions.with([CI]));
    tab_to(&page, &opener);
    page.press(&[DOWN]);
    stage(Proposed).has_focus();
    page.press(&[DOWN]);
    stage(Backlog).has_focus();
    page.press(&["a"]);
    stage(Adopted).has_focus();
    page.press(&[END]);
    page.menu_item(fr().later().merge_with).has_focus();
    page.press(&[DOWN]);
    stage(Proposed).has_focus();
    page.press(&[UP]);
    page.menu_item(fr().later().merge_with).has_focus();
    page.press(&[HOME]);
    stage(Proposed).has_focus();
    page.press(&[ESCAPE]);
    stage(Parked).is_gone();
    opener.has_focus();

    page.press(&[ENTER, DOWN, ENTER]);
    page.topic(CI).is_in(Backlog);
    page.topic(CI).card().button(&fr().actions.with([CI])).has_focus();
}

fn a_dialog_keeps_the_focus_until_it_is_closed(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).card().is_there();

    tab_to(&page, &page.button(fr().propose));
    page.press(&[ENTER]);
    page.field(fr().question).has_focus();
    let inside = "const root = document.querySelector('cercle-board').shadowRoot; \
                  const now = root.activeElement; return now === null || root.querySelector('dialog').contains(now)";
    for key in [TAB, TAB, TAB, TAB, TAB, BACK, BACK] {
        page.press(&[key]);
        assert_eq!(page.host_does(inside), true, "the focus left the dialog for something behind it");
    }
    page.press(&[ESCAPE]);
    page.button(fr().propose).has_focus();
}
