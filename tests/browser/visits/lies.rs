//! Backends that are no backends: each is one clear sentence on the page, and nothing that people did is lost.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::http::Message;
use crate::rig::page::{Finds as _, Page};
use crate::rig::run::visits;
use crate::rig::site::Answer;
use crate::rig::visit::Visit;

visits! {
    a_backend_that_answers_with_a_page_of_html,
    a_backend_that_answers_with_errors,
    a_backend_that_is_somebody_elses_api,
    a_backend_that_lies_about_its_types,
    a_backend_that_forgets_its_receipts,
    a_backend_that_stops_in_the_middle_of_a_word,
    a_backend_that_does_not_know_the_community,
    a_backend_that_wants_to_know_who_this_is,
    a_backend_address_that_is_none,
}

const TITLE: &str = "Relire à plusieurs";

/// Proposes a topic on a page whose backend answers like this, and sees it kept over a reload under one sentence.
fn nothing_is_lost(
    visit: &Visit,
    sentence: &str,
    answers: impl Fn(&Message) -> Answer + Send + Sync + 'static,
) {
    visit.site.put("/liar/", answers);
    nothing_is_lost_at(visit, "/liar/", sentence);
}

fn nothing_is_lost_at(visit: &Visit, backend: &str, sentence: &str) {
    let page =
        visit.page(&format!("<cercle-board community=\"atelier\" backend=\"{backend}\"></cercle-board>"));
    page.propose(TITLE);
    page.topic(TITLE).is_marked(Mark::Kept);
    says_once(&page, sentence);
    page.reload();
    page.topic(TITLE).card().is_there();
    says_once(&page, sentence);
    page.button(fr().propose).is_there();
}

fn says_once(page: &Page, sentence: &str) {
    page.says(sentence);
    let bars =
        "return document.querySelector('cercle-board').shadowRoot.querySelectorAll('[part~=status]').length";
    assert_eq!(page.host_does(bars), 1, "there is more than one sentence: {:?}", page.heard());
}

fn waiting() -> &'static str {
    "Hors ligne. 1 changement est gardé sur cet appareil."
}

fn bad_answer() -> &'static str {
    fr().trouble(Trouble::BadAnswer)
}

fn json(status: u16, body: &str) -> Answer {
    Answer::new(status, "application/json", body)
}

fn a_backend_that_answers_with_a_page_of_html(visit: &Visit) {
    let page = "<!doctype html><title>Bienvenue</title><h1>Connectez-vous</h1>";
    nothing_is_lost(visit, bad_answer(), move |_| Answer::new(200, "text/html", page));
}

fn a_backend_that_answers_with_errors(visit: &Visit) {
    nothing_is_lost(visit, waiting(), |_| Answer::new(500, "text/html", "<h1>500</h1>"));
}

fn a_backend_that_is_somebody_elses_api(visit: &Visit) {
    nothing_is_lost(visit, bad_answer(), |_| json(200, "{\"items\":[],\"total\":0}"));
}

fn a_backend_that_lies_about_its_types(visit: &Visit) {
    let lie = "{\"epoch\":1,\"you\":\"me\",\"cursor\":12,\"receipts\":\"none\",\"rows\":{\"topic\":true},\"more\":\"no\"}";
    nothing_is_lost(visit, bad_answer(), move |_| json(200, lie));
}

fn a_backend_that_forgets_its_receipts(visit: &Visit) {
    let id = "0".repeat(31) + "1";
    let answer =
        format!("{{\"epoch\":\"{id}\",\"you\":\"{id}\",\"cursor\":\"1\",\"receipts\":[],\"rows\":[]}}");
    nothing_is_lost(visit, bad_answer(), move |_| json(200, &answer));
}

fn a_backend_that_stops_in_the_middle_of_a_word(visit: &Visit) {
    nothing_is_lost(visit, bad_answer(), |_| json(200, "{\"epoch\":\"0000"));
}

fn a_backend_that_does_not_know_the_community(visit: &Visit) {
    let problem = "{\"type\":\"about:blank\",\"status\":404,\"title\":\"no\",\"code\":\"community_unknown\"}";
    let answers = move |_: &Message| Answer::new(404, "application/problem+json", problem);
    visit.site.put("/liar/", answers);
    let page = visit.page("<cercle-board community=\"atelier\" backend=\"/liar/\"></cercle-board>");
    says_once(&page, fr().trouble(Trouble::UnknownCommunity));
    page.button(fr().try_again).is_there();
}

fn a_backend_that_wants_to_know_who_this_is(visit: &Visit) {
    let problem = "{\"type\":\"about:blank\",\"status\":401,\"title\":\"who?\",\"code\":\"unauthorized\"}";
    nothing_is_lost(visit, fr().trouble(Trouble::Unauthorized), move |_| {
        Answer::new(401, "application/problem+json", problem)
    });
}

fn a_backend_address_that_is_none(visit: &Visit) {
    nothing_is_lost_at(visit, "http://[", fr().trouble(Trouble::BadAddress));
}
