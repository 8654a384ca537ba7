//! A board with as many topics as there are votes to cast, and the server's own word on who voted for what.

use std::collections::BTreeMap;

use cercle_domain::Key;
use cercle_domain::community::Community;
use cercle_domain::id::TopicId;
use cercle_domain::op::Op;
use cercle_domain::row::Row;

use crate::rig::person::{Person, wording};
use crate::rig::server::Server;
use crate::rig::site::{Answer, Site};
use crate::rig::visit::in_a_page;

/// The facilitator of the board, who sees all tallies.
const KARIM: &str = "Karim";

const HAND: &str = include_str!("hand.js");

/// A server with a board without a cap on votes; topic 1 is the first of these.
pub(super) fn open(origins: &[String], topics: usize) -> (Server, Vec<TopicId>) {
    let server = Server::start(origins, false);
    let karim = Person::at(&server, KARIM);
    karim.facilitates(&server);
    let name = "Artisanat logiciel".to_owned();
    karim.does(Op::Settle(Community { name, vote_cap: None, hide_tallies: false, ..Community::default() }));
    let all: Vec<_> = (1..=topics).map(|number| wording(&format!("Sujet numéro {number}"), "")).collect();
    let ids = karim.proposes_all(&all);
    (server, ids)
}

/// A page on which the hand and the widget meet; the backend is at this address.
pub(super) fn page(site: &Site, path: &str, backend: &str) {
    site.put("/hand.js", |_| Answer::new(200, "text/javascript", HAND));
    let board = format!("<cercle-board community=\"atelier\" backend=\"{backend}\"></cercle-board>");
    let html = in_a_page("fr", &board).replace("/recorder.js", "/hand.js");
    site.put(path, move |_| Answer::new(200, "text/html; charset=utf-8", html.clone()));
}

/// How many votes the server counts for each of these topics.
pub(super) fn tallies(server: &Server, topics: &[TopicId]) -> Vec<u32> {
    counts(server, topics, Key::Tally)
}

/// How often the server was told that each of these topics was shown: the one count that grows with every repetition.
pub(super) fn exposures(server: &Server, topics: &[TopicId]) -> Vec<u32> {
    counts(server, topics, Key::Exposure)
}

fn counts(server: &Server, topics: &[TopicId], key: fn(TopicId) -> Key) -> Vec<u32> {
    let rows: BTreeMap<Key, Option<Row>> =
        Person::again_at(server, KARIM).rows().into_iter().map(|row| (row.key, row.row)).collect();
    let count = |topic: &TopicId| match rows.get(&key(*topic)) {
        Some(Some(Row::Tally(count) | Row::Exposure(count))) => count.n,
        _ => 0,
    };
    topics.iter().map(count).collect()
}
