//! Two people at once: what one does, the other sees within moments, and nothing moves under their hands.

use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element};

visits! {
    a_proposal_is_news_in_the_other_browser_and_moves_nothing_there,
    an_empty_board_shows_at_once_what_the_other_proposes,
    a_vote_counts_in_the_other_browser_at_once,
    two_devices_that_were_both_offline_agree_in_the_end,
}

fn a_proposal_is_news_in_the_other_browser_and_moves_nothing_there(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes("Journaux lisibles");
    let (here, there) =
        (visit.page(&element("cercle-board", &server)), visit.elsewhere(&element("cercle-board", &server)));
    there.topic("Journaux lisibles").card().is_there();

    here.propose("Relire à plusieurs");

    there.button("1 nouveauté").is_there();
    there.topic("Relire à plusieurs").card().is_gone();
    there.button("1 nouveauté").click();
    there.topic("Relire à plusieurs").card().is_there();
    there.button("1 nouveauté").is_gone();
}

fn an_empty_board_shows_at_once_what_the_other_proposes(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));
    page.heading(fr().welcome).is_there();

    Person::at(&server, "Karim").proposes("Journaux lisibles");

    page.topic("Journaux lisibles").card().is_there();
}

fn a_vote_counts_in_the_other_browser_at_once(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes("Journaux lisibles");
    let (here, there) =
        (visit.page(&element("cercle-board", &server)), visit.elsewhere(&element("cercle-board", &server)));
    let votes = |count: &str| fr().vote_for.with(["Journaux lisibles", count]);

    there.topic("Journaux lisibles").vote();
    there.topic("Journaux lisibles").vote_button().is_called(&votes("1 vote"));
    here.topic("Journaux lisibles").vote();
    there.topic("Journaux lisibles").vote_button().is_called(&votes("2 votes"));
    here.topic("Journaux lisibles").vote();
    there.topic("Journaux lisibles").vote_button().is_called(&votes("1 vote"));
}

fn two_devices_that_were_both_offline_agree_in_the_end(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes_all(&[wording("Un", ""), wording("Deux", "")]);
    let (here, there) =
        (visit.page(&element("cercle-board", &server)), visit.elsewhere(&element("cercle-board", &server)));
    here.topic("Un").card().is_there();
    there.topic("Un").card().is_there();

    server.stop();
    here.topic("Un").vote();
    there.topic("Un").vote();
    there.topic("Deux").vote();
    here.topic("Un").is_marked(Mark::Kept);
    there.topic("Deux").is_marked(Mark::Kept);
    server.start_again();

    for page in [&here, &there] {
        page.topic("Un").vote_button().is_called(&fr().vote_for.with(["Un", "2 votes"]));
        page.topic("Deux").vote_button().is_called(&fr().vote_for.with(["Deux", "1 vote"]));
    }
}
