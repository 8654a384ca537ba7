//! The order of the board does not move under the reader.

use cercle::app::Intent;
use cercle_domain::topic::Stage;

use crate::desk::Desk;
use crate::office::Office;
use crate::words::{facilitator, propose, relocate, titles};

fn news(desk: &Desk, stage: Stage) -> usize {
    let screen = desk.screen();
    screen.columns.iter().find(|column| column.stage == stage).map_or(0, |column| column.news)
}

#[test]
fn what_others_propose_waits_as_news_until_it_is_asked_for() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("un"));
    let mut bob = Desk::at(&office);
    bob.does(propose("deux"));
    bob.does(propose("trois"));

    ada.catches_up();
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["un"]);
    assert_eq!(news(&ada, Stage::Proposed), 2);

    ada.does(Intent::ShowNews);
    assert_eq!(titles(&ada.screen(), Stage::Proposed).len(), 3);
    assert_eq!(news(&ada, Stage::Proposed), 0);
}

#[test]
fn a_card_that_somebody_else_moved_stays_where_the_reader_found_it() {
    let office = Office::open();
    let mut lead = facilitator(&office);
    lead.does(propose("un"));
    lead.does(propose("deux"));
    let mut ada = Desk::at(&office);
    let before = titles(&ada.screen(), Stage::Proposed);
    lead.does(relocate(&lead, "un", Stage::Active));
    ada.catches_up();
    assert_eq!(titles(&ada.screen(), Stage::Proposed), before);
    assert_eq!(ada.card("un").stage, Stage::Active, "the card itself tells the truth");
    assert_eq!(news(&ada, Stage::Active), 1);
}

#[test]
fn a_search_forgives_accents_and_case_and_finds_skills() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("Déploiements trop lents"));
    ada.does(propose("Dette technique"));
    ada.does(Intent::Search("DEPLOIEMENT lent".into()));
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["Déploiements trop lents"]);
    assert!(ada.screen().tools.narrowed);
    ada.does(Intent::Search(String::new()));
    assert_eq!(titles(&ada.screen(), Stage::Proposed).len(), 2);
}

#[test]
fn only_mine_shows_what_i_have_a_part_in() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    ada.does(propose("à moi"));
    let mut bob = Desk::at(&office);
    bob.does(propose("à lui"));
    bob.does(Intent::OnlyMine(true));
    assert_eq!(titles(&bob.screen(), Stage::Proposed), ["à lui"]);
    bob.does(Intent::OnlyMine(false));
    bob.does(Intent::Follow { topic: bob.topic("à moi"), on: true });
    bob.does(Intent::OnlyMine(true));
    assert_eq!(titles(&bob.screen(), Stage::Proposed).len(), 2);
}

#[test]
fn an_empty_board_shows_at_once_what_others_propose() {
    let office = Office::open();
    let mut ada = Desk::at(&office);
    let mut bob = Desk::at(&office);
    bob.does(propose("un"));
    ada.catches_up();
    assert_eq!(titles(&ada.screen(), Stage::Proposed), ["un"]);
}
