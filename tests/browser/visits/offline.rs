//! Without the server: everything goes on, is kept on this device, and flows out once the server is back.

use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::person::Person;
use crate::rig::proxy::Proxy;
use crate::rig::run::visits;
use crate::rig::server::COMMUNITY;
use crate::rig::visit::{Visit, element};
use crate::rig::wait::until;
use crate::screens;

visits! {
    what_waits_is_said_on_a_ground_of_its_own,
    what_is_done_without_the_server_is_kept_over_a_reload_and_saved_when_it_returns,
    a_first_visit_without_the_server_works_all_the_same,
    a_server_killed_in_the_middle_of_a_flood_of_votes_has_every_one_of_them_in_the_end,
    leave_to_push_is_asked_for_once in [Chromium],
}

fn what_waits_is_said_on_a_ground_of_its_own(visit: &Visit) {
    let (_server, page) = screens::offline(visit);
    let bar = "const bar = document.querySelector('cercle-community').shadowRoot.querySelector('.bar'); \
               const { backgroundColor, boxShadow } = getComputedStyle(bar); \
               return backgroundColor !== 'rgba(0, 0, 0, 0)' && boxShadow !== 'none' && bar.offsetHeight < 80";
    assert_eq!(page.host_does(bar), true, "words over cards can be read only on a ground of their own");
}

fn what_is_done_without_the_server_is_kept_over_a_reload_and_saved_when_it_returns(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes("Journaux lisibles");
    let page = visit.page(&element("cercle-board", &server));
    page.topic("Journaux lisibles").has_my_vote(false);

    server.stop();
    page.topic("Journaux lisibles").vote();
    page.propose("Relire à plusieurs");
    page.says("Hors ligne. 2 changements sont gardés sur cet appareil.");
    page.topic("Relire à plusieurs").is_marked(Mark::Kept);

    page.reload();
    page.topic("Journaux lisibles").has_my_vote(true);
    page.topic("Relire à plusieurs").card().is_there();
    page.says("Hors ligne. 2 changements sont gardés sur cet appareil.");

    server.start_again();
    page.button(fr().try_again).click();
    page.no_longer_says("Hors ligne");
    page.becomes("the host page hears that all is saved", ALL_SAVED);
    assert!(karim.sees("Relire à plusieurs"));
    karim.votes_for(karim.topic("Journaux lisibles"));
    assert_eq!(karim.tally("Journaux lisibles"), 2);
}

/// The last `cercle-sync` said so.
pub(super) const ALL_SAVED: &str = "const last = recorder.events.filter(e => e.type === 'cercle-sync').at(-1)?.detail; \
                         return last?.state === 'saved' && last.waiting === 0";

fn a_first_visit_without_the_server_works_all_the_same(visit: &Visit) {
    let mut server = visit.server();
    server.stop();
    let page = visit.page(&element("cercle-board", &server));

    page.button(fr().propose_first).click();
    page.field(fr().question).write("Relire à plusieurs");
    page.button(fr().later().go_on).click();
    page.button(fr().later().propose_it).click();
    page.topic("Relire à plusieurs").is_marked(Mark::Kept);
    page.reload();
    page.topic("Relire à plusieurs").card().is_there();

    server.start_again();
    page.becomes("the host page hears that all is saved", ALL_SAVED);
    assert!(Person::at(&server, "Karim").sees("Relire à plusieurs"));
}

fn a_server_killed_in_the_middle_of_a_flood_of_votes_has_every_one_of_them_in_the_end(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    let titles = ["Un", "Deux", "Trois", "Quatre", "Cinq"];
    for title in titles {
        karim.proposes(title);
    }
    let page = visit.page(&element("cercle-board", &server));

    for (index, title) in titles.iter().enumerate() {
        page.topic(title).vote();
        if index % 2 == 0 {
            server.stop();
            server.start_again();
        }
    }
    page.button(fr().propose).is_there();
    page.becomes("the host page hears that all is saved", ALL_SAVED);

    karim.votes_for(karim.topic("Un"));
    let expected = [2, 1, 1, 1, 1];
    assert_eq!(titles.map(|title| karim.tally(title)), expected);
}

/// Where nobody answers, Chromium takes such a question back no more, and each holds one of its six connections.
fn leave_to_push_is_asked_for_once(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes("Journaux lisibles");
    let proxy = Proxy::to(server.address);
    let backend = proxy.url();
    let page =
        visit.page(&format!("<cercle-board community=\"{COMMUNITY}\" backend=\"{backend}\"></cercle-board>"));
    page.topic("Journaux lisibles").has_my_vote(false);

    for pushed in 1..=3 {
        page.topic("Journaux lisibles").vote();
        until("the vote is pushed", || {
            let ops = proxy.met().ops;
            if ops >= pushed { Ok(()) } else { Err(format!("{ops} ops were pushed")) }
        });
        page.becomes("the host page hears that all is saved", ALL_SAVED);
    }
    assert_eq!(proxy.met().leaves, 1);
}
