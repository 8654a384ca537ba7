//! What comes after the board: it may be away for a while, or for good.

use std::sync::atomic::{AtomicBool, Ordering};

use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::site::{Answer, Site};
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    a_board_can_be_used_while_the_rest_is_away,
    a_community_with_all_that_cards_can_say_stands_without_the_rest,
    whoever_is_faster_than_the_rest_gets_what_they_opened,
    a_rest_that_never_comes_is_one_sentence_and_nothing_is_lost,
}

const CI: &str = "Accélérer l’intégration continue";

fn a_board_can_be_used_while_the_rest_is_away(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = without_the_rest(visit, &board(&server), |_| true);

    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).is_marked(Mark::Saved);
    page.reload();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(false);
}

fn a_community_with_all_that_cards_can_say_stands_without_the_rest(visit: &Visit) {
    let server = Server::start(&[visit.origin("a")], true);
    for tag in ["cercle-board", "cercle-community"] {
        let sample = in_a_page("fr", &element(tag, &server)).replace(COMMUNITY, "artisanat-logiciel");
        let page = without_the_rest(visit, &sample, |_| true);
        let cards = format!("document.querySelector('{tag}').shadowRoot.querySelectorAll('li.card h4')");
        let all = format!("return {cards}.length > 30");
        page.becomes("all cards are there", &all);
        for _ in 0..3 {
            page.reload();
            page.becomes("all cards are there again", &all);
        }
    }
}

fn whoever_is_faster_than_the_rest_gets_what_they_opened(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = without_the_rest(visit, &board(&server), |first| first);

    page.topic(CI).open();
    page.dialog(CI).button(fr().later().close).click();
    page.propose("Journaux lisibles");
    page.topic("Journaux lisibles").is_marked(Mark::Saved);
}

fn a_rest_that_never_comes_is_one_sentence_and_nothing_is_lost(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = without_the_rest(visit, &board(&server), |_| true);

    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).card().button(CI).click();
    page.says(fr().later().broken);
    // The page was told, once: that a file is missing can only be an error.
    page.becomes(
        "the page heard of it",
        "return recorder.events.some(({ detail }) => detail.code === 'broken')",
    );
    page.host_does("recorder.faults.length = 0; sessionStorage.removeItem('recorder')");

    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).has_my_vote(true);
}

fn board(server: &Server) -> String {
    in_a_page("fr", &element("cercle-board", server))
}

/// This page, whose second module is missing as long as `is_away`, which is told whether it is asked for the first time.
fn without_the_rest(visit: &Visit, html: &str, is_away: fn(bool) -> bool) -> Page {
    let asked = AtomicBool::new(false);
    let rest = Site::file("cercle_later.wasm");
    visit.site.put("/elsewhere/cercle_later.wasm", move |_| {
        let first = !asked.swap(true, Ordering::Relaxed);
        if is_away(first) { Answer::new(404, "text/plain", "away") } else { rest.clone() }
    });
    visit.page_at("a", &html.replace("/cercle.js", "/elsewhere/cercle.js"))
}
