//! Proposing: one question, similar topics while it is typed, and a draft that is never lost.

use cercle::app::screen::Mark;
use cercle_domain::topic::Stage;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element};

visits! {
    a_proposal_appears_on_top_of_its_column_and_is_saved,
    a_proposal_takes_details_and_an_offer_to_host,
    similar_topics_are_shown_while_typing_and_can_be_voted_for_instead,
    an_empty_question_is_asked_once_more_in_words,
    a_draft_outlives_the_dialog_and_the_page,
    an_empty_board_invites_and_the_first_topic_takes_its_place,
}

const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";

fn a_proposal_appears_on_top_of_its_column_and_is_saved(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes("Journaux lisibles");
    let page = visit.page(&element("cercle-board", &server));

    page.propose("Relire à plusieurs");

    page.topic("Relire à plusieurs").is_in(Stage::Proposed);
    page.topic("Relire à plusieurs").is_marked(Mark::Saved);
    page.topic("Relire à plusieurs").card().button("Relire à plusieurs").has_focus();
    let first = page.host_does(FIRST_CARD);
    assert_eq!(first, "Relire à plusieurs");
    assert!(karim.sees("Relire à plusieurs"));
}

/// The title of the first card in the first column.
const FIRST_CARD: &str =
    "return document.querySelector('cercle-board').shadowRoot.querySelector('section h4').textContent.trim()";

fn a_proposal_takes_details_and_an_offer_to_host(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-community", &server));
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
    page.thing("tab", fr().board).click();

    page.button(fr().propose_first).click();
    page.field(fr().question).write("Relire à plusieurs");
    page.button(fr().later().go_on).click();
    page.field(&format!("{}…", fr().later().a_little_more)).write("Une heure, un écran.");
    page.field(fr().later().skills_helpful).write("Rust,");
    page.field(fr().later().skills_helpful).write("SQL");
    page.press(&[ENTER]);
    page.button(&fr().later().remove.with(["SQL"])).is_there();
    page.thing("checkbox", fr().later().can_host).click();
    page.button(fr().later().propose_it).click();

    let card = page.topic("Relire à plusieurs").card();
    card.says("Une heure, un écran.");
    card.thing("list", fr().skills_wanted).says("Rust SQL");
    card.says("1 volontaire");
    let sheet = page.topic("Relire à plusieurs").open();
    sheet.says("Camille peut animer");
}

fn similar_topics_are_shown_while_typing_and_can_be_voted_for_instead(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes("Tests de bout en bout trop lents");
    let page = visit.page(&element("cercle-board", &server));

    page.button(fr().propose).click();
    page.field(fr().question).write("les tests de bout en bout sont lents");
    page.region(fr().later().similar).says("Tests de bout en bout trop lents");
    page.button(&fr().later().its_mine_for.with(["Tests de bout en bout trop lents"])).click();

    page.dialog(fr().question).is_gone();
    page.topic("Tests de bout en bout trop lents").has_my_vote(true);
    page.topic("les tests de bout en bout sont lents").card().is_gone();
}

fn an_empty_question_is_asked_once_more_in_words(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));

    page.button(fr().propose).click();
    page.button(fr().later().go_on).click();

    page.field(fr().question).is("aria-invalid", "true");
    page.dialog(fr().question).says("Il faut un titre, de 140 caractères au plus.");
}

fn a_draft_outlives_the_dialog_and_the_page(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));

    page.button(fr().propose).click();
    page.field(fr().question).write("Une idée à moitié");
    page.press(&[ESCAPE]);
    page.dialog(fr().question).is_gone();
    page.button(fr().propose).has_focus();
    page.button(fr().propose).click();
    page.field(fr().question).holds("Une idée à moitié");

    page.reload();
    page.button(fr().propose).click();
    page.field(fr().question).holds("Une idée à moitié");
    page.button(fr().later().cancel).click();
    page.button(fr().propose).click();
    page.field(fr().question).holds("");
}

fn an_empty_board_invites_and_the_first_topic_takes_its_place(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));

    page.heading(fr().welcome).is_there();
    page.button(fr().propose_first).click();
    page.field(fr().question).write("Relire à plusieurs");
    page.button(fr().later().go_on).click();
    page.button(fr().later().propose_it).click();

    page.topic("Relire à plusieurs").is_in(Stage::Proposed);
    page.heading(fr().welcome).is_gone();
}
