//! Reading and voting: what most people do in their first minute.

use cercle::app::screen::Mark;
use cercle_domain::Rejection;
use cercle_domain::member::Skill;
use cercle_domain::topic::{Stage, Wording};

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element};

visits! {
    a_vote_is_saved_and_survives_a_reload,
    a_vote_is_on_this_device_before_it_is_saved,
    a_vote_is_taken_back_by_the_same_button,
    tallies_stay_hidden_until_one_has_voted,
    when_all_votes_are_placed_one_more_is_explained_and_not_done,
    the_ranking_waits_for_a_first_vote_and_says_why_each_topic_stands_where_it_stands,
    a_topic_opens_with_all_it_says_and_gives_the_focus_back,
    a_search_finds_words_without_their_accents_and_says_when_it_finds_nothing,
    the_board_narrows_to_ones_own_topics,
    the_board_narrows_to_a_stage_and_to_a_skill,
    a_board_of_a_thousand_topics_has_every_card_in_the_page in [Chromium, Firefox],
    what_people_write_is_text_and_nothing_else,
    names_here_are_the_names_that_the_engine_tells_screen_readers in [Chromium, Firefox],
}

const CI: &str = "Accélérer l’intégration continue";

fn a_vote_is_saved_and_survives_a_reload(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);

    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).has_my_vote(false);
    page.topic(CI).vote();

    page.topic(CI).has_my_vote(true);
    page.topic(CI).is_marked(Mark::Saved);
    page.says("4 votes restants");
    page.reload();
    page.topic(CI).has_my_vote(true);
}

fn a_vote_is_on_this_device_before_it_is_saved(visit: &Visit) {
    let mut server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).has_my_vote(false);

    server.stop();
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Kept);

    server.start_again();
    page.topic(CI).is_marked(Mark::Saved);
}

fn a_vote_is_taken_back_by_the_same_button(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));

    page.topic(CI).vote();
    page.says("4 votes restants");
    page.topic(CI).vote();

    page.topic(CI).has_my_vote(false);
    page.says("5 votes restants");
    page.topic(CI).is_marked(Mark::Saved);
    page.reload();
    page.topic(CI).has_my_vote(false);
}

fn tallies_stay_hidden_until_one_has_voted(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topics = karim.proposes_all(&[wording(CI, ""), wording("Journaux lisibles", "")]);
    for person in [&karim, &Person::at(&server, "Ines")] {
        person.votes_for(topics[0]);
        person.votes_for(topics[1]);
    }

    let page = visit.page(&element("cercle-board", &server));
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, fr().tally_hidden]));

    page.topic(CI).vote();
    page.topic(CI).vote_button().is_called(&fr().vote_for.with([CI, "3 votes"]));
    page.topic("Journaux lisibles")
        .vote_button()
        .is_called(&fr().vote_for.with(["Journaux lisibles", "2 votes"]));
}

fn when_all_votes_are_placed_one_more_is_explained_and_not_done(visit: &Visit) {
    let server = visit.server();
    let titles = ["Un", "Deux", "Trois", "Quatre", "Cinq", "Six"];
    Person::at(&server, "Karim").proposes_all(&titles.map(|title| wording(title, "")));
    let page = visit.page(&element("cercle-board", &server));

    for title in &titles[..5] {
        page.topic(title).vote();
    }
    page.says(fr().votes_placed);
    page.topic("Six").vote_button().is("aria-disabled", "true");
    page.topic("Six").vote();

    page.says((fr().later().refusal)(Rejection::VotesSpent));
    page.topic("Six").has_my_vote(false);
    page.topic("Cinq").is_marked(Mark::Saved);
}

fn the_ranking_waits_for_a_first_vote_and_says_why_each_topic_stands_where_it_stands(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));

    page.button(fr().ranking).click();
    page.says(fr().ranking_waits);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.button(fr().ranking).is("aria-pressed", "false");
    page.button(fr().ranking).click();

    page.button(fr().ranking).is("aria-pressed", "true");
    page.topic(CI).card().says(fr().why_short_early);
}

fn a_topic_opens_with_all_it_says_and_gives_the_focus_back(visit: &Visit) {
    let server = visit.server();
    let text = "Quarante minutes avant de savoir.\nEt le vendredi, une heure.";
    Person::at(&server, "Karim").proposes_all(&[wording(CI, text)]);
    let page = visit.page(&element("cercle-board", &server));

    let sheet = page.topic(CI).open();
    sheet.says("Et le vendredi, une heure.");
    sheet.says("proposé");
    page.heading(CI).has_focus();
    sheet.button(&fr().later().vote_here.with(["…"])).click();
    sheet.says("enregistré");
    sheet.button(fr().later().close).click();

    sheet.is_gone();
    page.topic(CI).card().button(CI).has_focus();
    page.topic(CI).has_my_vote(true);
}

fn a_search_finds_words_without_their_accents_and_says_when_it_finds_nothing(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes_all(&[wording(CI, ""), wording("Relire à plusieurs", "")]);
    let page = visit.page(&element("cercle-board", &server));
    let search = page.thing("searchbox", fr().search);

    search.write("INTEGRATION accelerer");
    page.topic("Relire à plusieurs").card().is_gone();
    page.topic(CI).card().is_there();

    search.write("xylophone");
    page.says(fr().later().nothing);
    page.button(fr().later().show_all).click();
    page.topic("Relire à plusieurs").card().is_there();
    page.topic(CI).card().is_there();
}

fn the_board_narrows_to_ones_own_topics(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes_all(&[wording(CI, ""), wording("Relire à plusieurs", "")]);
    let page = visit.page(&element("cercle-board", &server));

    page.topic(CI).choose("menuitem", fr().later().follow);
    page.button(fr().mine).click();

    page.topic("Relire à plusieurs").card().is_gone();
    page.topic(CI).card().is_there();
}

fn the_board_narrows_to_a_stage_and_to_a_skill(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let wants = vec![Skill("Docker".into())];
    let topics = karim.proposes_all(&[
        Wording { wants, ..wording(CI, "") },
        wording("Relire à plusieurs", ""),
        wording("Journaux lisibles", ""),
    ]);
    karim.facilitates(&server);
    karim.moves(topics[2], Stage::Backlog);
    let page = visit.page(&element("cercle-board", &server));
    page.topic("Journaux lisibles").is_in(Stage::Backlog);

    page.thing("combobox", fr().skill_label).choose("Docker");
    page.topic("Relire à plusieurs").card().is_gone();
    page.topic(CI).card().is_there();
    page.thing("combobox", fr().skill_label).choose(fr().all_skills);

    page.thing("combobox", fr().stage_label).choose((fr().stage)(Stage::Backlog));
    page.topic(CI).card().is_gone();
    page.topic("Journaux lisibles").is_in(Stage::Backlog);
}

/// WebKitGTK draws in software here, and lays out a thousand cards for longer than a test waits.
fn a_board_of_a_thousand_topics_has_every_card_in_the_page(visit: &Visit) {
    let server = visit.server();
    let topics: Vec<Wording> = (0..1_000).map(|number| wording(&format!("Sujet {number}"), "")).collect();
    Person::at(&server, "Karim").proposes_all(&topics);
    let page = visit.page(&element("cercle-board", &server));

    let cards =
        "return document.querySelector('cercle-board').shadowRoot.querySelectorAll('li h4').length === 1000";
    page.becomes("every card is there for find-in-page and screen readers", cards);
    page.thing("searchbox", fr().search).write("sujet 999");
    page.topic("Sujet 999").vote();
    page.topic("Sujet 999").is_marked(Mark::Saved);
}

fn what_people_write_is_text_and_nothing_else(visit: &Visit) {
    let server = visit.server();
    let evil = "<img src=x onerror=window.hurt=1>";
    let worse = "</p><script>window.hurt=1</script>&lt;b&gt; {{hurt}} javascript:hurt";
    let wants = vec![Skill("<svg onload=window.hurt=1>".into())];
    let karim = Person::at(&server, "Karim");
    karim.proposes_all(&[Wording { wants, ..wording(evil, worse) }]);
    let page = visit.page(&element("cercle-board", &server));

    page.topic(evil).card().says(worse);
    page.topic(evil).card().says("<svg onload=window.hurt=1>");
    page.topic(evil).open().says(worse);
    assert_eq!(page.host_does("return window.hurt ?? null"), serde_json::Value::Null);
}

/// WebKitGTK's driver knows nothing of names in a shadow root; what the other two say is what the markup says.
fn names_here_are_the_names_that_the_engine_tells_screen_readers(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-board", &server));
    let spoken = |thing: &crate::rig::thing::Thing| {
        let (role, name) = thing.spoken();
        (role, crate::rig::page::spaced(&name))
    };
    let expected = |role: &str, name: &str| (role.to_owned(), crate::rig::page::spaced(name));

    let vote = fr().vote_for.with([CI, fr().tally_hidden]);
    assert_eq!(spoken(&page.topic(CI).vote_button()), expected("button", &vote));
    assert_eq!(spoken(&page.button(fr().propose)), expected("button", fr().propose));
    assert_eq!(spoken(&page.thing("searchbox", fr().search)), expected("searchbox", fr().search));
    let proposed = (fr().stage)(Stage::Proposed);
    assert_eq!(spoken(&page.region(proposed)), expected("region", proposed));
}
