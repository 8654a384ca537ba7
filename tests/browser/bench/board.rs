//! A board of many topics on which anybody may vote for as many as they like, and all tallies show.

use cercle_domain::community::Community;
use cercle_domain::op::Op;
use cercle_domain::topic::{Stage, Wording};

use super::TOPICS;
use crate::rig::page::Page;
use crate::rig::person::{Person, wording};
use crate::rig::server::Server;
use crate::rig::visit::{Visit, element};

/// The devices that meet there; all but the first two come once and never again.
pub(super) const DEVICES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

/// The server with such a board.
pub(super) fn filled(visit: &Visit) -> Server {
    let server = Server::start(&DEVICES.map(|device| visit.origin(device)), false);
    let karim = Person::at(&server, "Karim");
    karim.facilitates(&server);
    let name = "Artisanat logiciel".to_owned();
    karim.does(Op::Settle(Community { name, vote_cap: None, hide_tallies: false, ..Community::default() }));
    let topics: Vec<Wording> = (1..=TOPICS)
        .map(|number| {
            wording(
                &format!("Sujet numéro {number}"),
                "Quarante minutes avant de savoir si l’on a cassé quelque chose.",
            )
        })
        .collect();
    let topics = karim.proposes_all(&topics);
    // Half of them are in the backlog.
    karim.does_all(
        topics.iter().skip(1).step_by(2).map(|topic| Op::Move { topic: *topic, stage: Stage::Backlog }),
    );
    server
}

/// A page of it, complete.
pub(super) fn page(visit: &Visit, server: &Server) -> Page {
    let page = visit.page(&element("cercle-board", server));
    is_complete(&page);
    page
}

/// Waits until every card is in the page.
pub(super) fn is_complete(page: &Page) {
    let all = format!(
        "return document.querySelector('cercle-board')?.shadowRoot.querySelectorAll('li.card').length >= {TOPICS}"
    );
    page.becomes("every card is there", &all);
}
