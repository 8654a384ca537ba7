//! Looking after a community: the code, moving, editing with somebody else, merging, parking, the settings.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use cercle_domain::Rejection;
use cercle_domain::topic::Stage;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element};

visits! {
    whoever_does_not_facilitate_is_offered_nothing_that_they_may_not_do,
    a_wrong_code_is_explained,
    a_facilitator_moves_a_topic_by_its_menu,
    a_facilitator_drags_a_topic_with_the_pointer in [Chromium],
    votes_come_back_when_a_topic_is_scheduled,
    a_parked_topic_waits_behind_a_fold,
    an_edit_is_saved_for_everybody,
    an_edit_that_meets_another_keeps_its_draft_and_shows_both,
    two_topics_become_one_and_two_again,
    settings_change_what_the_community_is_called_and_how_it_votes,
    an_act_that_the_server_refuses_is_explained_and_its_text_kept,
    a_vote_that_came_too_late_is_explained,
}

const CI: &str = "Accélérer l’intégration continue";

fn whoever_does_not_facilitate_is_offered_nothing_that_they_may_not_do(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));

    page.topic(CI).card().button(&fr().actions.with([CI])).click();
    page.menu_item(fr().later().follow).is_there();
    page.menu_item(fr().later().edit).is_gone();
    page.thing("menuitemradio", (fr().stage)(Stage::Backlog)).is_gone();
    page.press(&["\u{e00c}"]);
    let sheet = page.topic(CI).open();
    sheet.button(fr().later().follow).is_there();
    sheet.button(fr().later().edit).is_gone();
    sheet.button(fr().later().move_to).is_gone();
}

fn a_wrong_code_is_explained(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));

    page.choose_above(fr().later().facilitate);
    page.field(fr().later().code).write("AAAA-BBBB-CCCC-DDDD");
    page.button(fr().later().facilitate_do).click();

    page.says(fr().trouble(Trouble::WrongCode));
}

fn a_facilitator_moves_a_topic_by_its_menu(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.printed_code());

    page.topic(CI).move_to(Stage::Backlog);

    page.topic(CI).is_in(Stage::Backlog);
    page.topic(CI).is_marked(Mark::Saved);
    page.topic(CI).card().button(&fr().actions.with([CI])).has_focus();
    assert_eq!(karim.stage(CI), Stage::Backlog);
    page.reload();
    page.topic(CI).is_in(Stage::Backlog);
}

/// The drivers of Firefox and WebKitGTK move a pointer, but nothing under it is dragged.
fn a_facilitator_drags_a_topic_with_the_pointer(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());

    page.topic(CI).card().drag_to(&page.column(Stage::Backlog));

    page.topic(CI).is_in(Stage::Backlog);
    page.topic(CI).is_marked(Mark::Saved);
    assert_eq!(karim.stage(CI), Stage::Backlog);
}

fn votes_come_back_when_a_topic_is_scheduled(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = karim.proposes(CI);
    karim.facilitates(&server);
    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).vote();
    page.says("4 votes restants");

    karim.moves(topic, Stage::Scheduled);

    page.says("5 votes restants");
}

fn a_parked_topic_waits_behind_a_fold(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());

    page.topic(CI).move_to(Stage::Parked);
    let parked = format!("{}…", (fr().stage)(Stage::Parked));
    let fold = page.region(&parked).button(&parked);
    fold.is("aria-expanded", "false");
    page.topic(CI).card().is_gone();
    fold.click();

    fold.is("aria-expanded", "true");
    page.topic(CI).is_in(Stage::Parked);
}

fn an_edit_is_saved_for_everybody(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());

    page.topic(CI).choose("menuitem", fr().later().edit);
    page.field(fr().later().title).holds(CI);
    page.field(fr().later().title).write("Une intégration en cinq minutes");
    page.field(fr().later().text).write("Pas une de plus.");
    page.button(fr().later().save).click();

    page.heading("Une intégration en cinq minutes").is_there();
    page.dialog("Une intégration en cinq minutes").says("enregistré");
    assert!(karim.sees("Une intégration en cinq minutes"));
}

fn an_edit_that_meets_another_keeps_its_draft_and_shows_both(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());
    let other = visit.elsewhere(&element("cercle-board", &server));
    other.facilitate(&server.code());
    page.propose(CI);

    page.topic(CI).choose("menuitem", fr().later().edit);
    page.field(fr().later().title).write("Mon titre à moi");
    other.topic(CI).choose("menuitem", fr().later().edit);
    other.field(fr().later().title).write("Le titre de l’autre");
    other.button(fr().later().save).click();
    other.heading("Le titre de l’autre").is_there();

    page.says(fr().later().conflict);
    page.says("Le titre de l’autre");
    page.field(fr().later().title).holds("Mon titre à moi");
    page.reload();
    page.topic("Le titre de l’autre").card().button("Le titre de l’autre").click();
    page.field(fr().later().title).holds("Mon titre à moi");
    page.button(fr().later().keep_mine).click();
    page.heading("Mon titre à moi").is_there();
    other.heading("Mon titre à moi").is_there();
}

fn two_topics_become_one_and_two_again(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topics = karim.proposes_all(&[wording(CI, ""), wording("Une CI plus rapide", "")]);
    karim.votes_for(topics[0]);
    Person::at(&server, "Ines").votes_for(topics[1]);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());

    page.topic("Une CI plus rapide").choose("menuitem", fr().later().merge_with);
    page.button(&fr().later().merge_into.with([CI])).click();
    page.topic("Une CI plus rapide").card().is_gone();
    page.topic(CI).vote();
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, "3 votes"]));

    let sheet = page.topic(CI).open();
    sheet.says(fr().later().brings_together);
    sheet.button(&fr().later().unmerge_this.with(["Une CI plus rapide"])).click();
    sheet.button(fr().later().close).click();
    page.topic("Une CI plus rapide").card().is_there();
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, "2 votes"]));
}

fn settings_change_what_the_community_is_called_and_how_it_votes(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());

    page.choose_above(fr().later().settings);
    page.field(fr().later().community_name).write("Artisanat logiciel");
    page.field(fr().later().community_purpose).write("Pour celles et ceux qui écrivent nos logiciels.");
    page.thing("spinbutton", fr().later().vote_cap).write("3");
    page.thing("checkbox", fr().later().hide_tallies).click();
    page.button(fr().later().save).click();

    page.heading("Artisanat logiciel").is_there();
    page.says("3 votes restants");
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, "0 vote"]));
    page.reload();
    page.heading("Artisanat logiciel").is_there();
}

fn an_act_that_the_server_refuses_is_explained_and_its_text_kept(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = karim.proposes(CI);
    karim.facilitates(&server);
    let page = visit.page(&element("cercle-board", &server));
    page.facilitate(&server.code());
    page.topic(CI).card().is_there();

    // Both edit while the server is away: the page first, for all that it knows.
    server.stop();
    page.topic(CI).choose("menuitem", fr().later().edit);
    page.field(fr().later().title).write("Écrit hors ligne");
    page.button(fr().later().save).click();
    page.dialog("Écrit hors ligne").button(fr().later().close).click();
    server.meanwhile(|server| Person::again_at(server, "Karim").edits(topic, 0, "Écrit par Karim"));

    page.says((fr().later().refusal)(Rejection::Conflict));
    page.says(fr().later().text_kept);
    page.says("Écrit hors ligne");
    page.button(fr().later().take_up).click();
    page.field(fr().later().title).holds("Écrit hors ligne");
}

fn a_vote_that_came_too_late_is_explained(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = karim.proposes(CI);
    karim.facilitates(&server);
    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).card().is_there();

    server.stop();
    page.topic(CI).vote();
    server.meanwhile(|server| Person::again_at(server, "Karim").moves(topic, Stage::Active));

    page.says(&fr().later().refused_about.with([CI]));
    page.says((fr().later().refusal)(Rejection::VotingClosed));
    page.says("5 votes restants");
    page.button(fr().later().let_go).click();
    page.no_longer_says((fr().later().refusal)(Rejection::VotingClosed));
}
