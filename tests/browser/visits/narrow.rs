//! On a phone, 320 px wide: one column at a time, nothing sticks out, everything can be done.
//!
//! In a frame of that width, because Firefox and WebKitGTK open no window as narrow as that.

use cercle::app::screen::Mark;
use cercle_domain::topic::Stage;

use crate::rig::board::fr;
use crate::rig::browser::Element;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    one_column_at_a_time_and_nothing_sticks_out,
    a_topic_fills_the_window,
    signing_up_needs_no_more_room,
}

const CI: &str = "Accélérer l’intégration continue et le déploiement sans interruption de service";

/// The page in a frame as wide as a phone; what follows happens in there.
fn on_a_phone(visit: &Visit, body: &str) -> Page {
    let inner = visit.address_of("a", &in_a_page("fr", body));
    // In the very corner: WebKitGTK's driver points at places in the window, not in the frame.
    let frame = format!(
        "<iframe style=\"position: fixed; inset: 0; border: 0\" width=\"320\" height=\"640\" src=\"{inner}\"></iframe>"
    );
    let page =
        visit.page_at("a", &format!("<!doctype html><meta charset=\"utf-8\"><title>Phone</title>{frame}"));
    let frame = page.host_does("return document.querySelector('iframe')");
    page.browser.enter(Element::read(&frame).as_ref());
    page
}

#[track_caller]
fn nothing_sticks_out(page: &Page) {
    let widths =
        "const wide = document.documentElement; return [wide.scrollWidth, wide.clientWidth, innerWidth]";
    let widths = page.host_does(widths);
    assert_eq!(widths[0], widths[1], "the page scrolls sideways");
    assert_eq!(widths[2], 320);
}

fn one_column_at_a_time_and_nothing_sticks_out(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topics = karim.proposes_all(&[
        wording(CI, "Attendre quarante minutes."),
        wording("Un-mot-qui-ne-se-coupe-nulle-part-et-qui-continue-encore", ""),
    ]);
    karim.facilitates(&server);
    karim.moves(topics[1], Stage::Backlog);
    let page = on_a_phone(visit, &element("cercle-community", &server));

    page.topic(CI).is_in(Stage::Proposed);
    nothing_sticks_out(&page);
    page.region(&format!("{}…", (fr().stage)(Stage::Backlog))).is_gone();
    page.thing("radio", &format!("{}…", (fr().stage)(Stage::Backlog))).click();
    page.topic("Un-mot-qui-ne-se-coupe-nulle-part-et-qui-continue-encore").is_in(Stage::Backlog);
    page.topic(CI).card().is_gone();
    nothing_sticks_out(&page);

    page.propose("Relire à plusieurs");
    page.topic("Relire à plusieurs").vote();
    page.topic("Relire à plusieurs").is_marked(Mark::Saved);
    nothing_sticks_out(&page);
}

fn a_topic_fills_the_window(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = on_a_phone(visit, &element("cercle-board", &server));

    let sheet = page.topic(CI).open();
    let width = "const sheet = document.querySelector('cercle-board').shadowRoot.querySelector('dialog'); \
                 return sheet.getAnimations().length === 0 && Math.round(sheet.getBoundingClientRect().width) >= 319 \
                 && Math.round(sheet.getBoundingClientRect().left) <= 1";
    page.becomes("the sheet is as wide as the window", width);
    nothing_sticks_out(&page);
    sheet.button(fr().later().close).click();
    page.topic(CI).card().button(CI).has_focus();
}

fn signing_up_needs_no_more_room(visit: &Visit) {
    let server = visit.server();
    let page = on_a_phone(visit, &element("cercle-signup", &server));
    page.field(fr().later().name).is_there();
    nothing_sticks_out(&page);
    page.join("Camille");
    nothing_sticks_out(&page);
}
