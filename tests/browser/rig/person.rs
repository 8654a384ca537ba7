//! Somebody at another device, who needs no browser: speaks the protocol straight to the server.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;

use cercle_domain::id::{OpId, TopicId};
use cercle_domain::member::Size;
use cercle_domain::op::{Op, Profile};
use cercle_domain::protocol::{MAX_OPS, SentOp, SyncAnswer, SyncRequest, VERSION, WireRow};
use cercle_domain::row::{Key, Row};
use cercle_domain::topic::{Stage, Topic, Wording};
use serde_json::json;

use super::http;
use super::server::{COMMUNITY, Server};

pub(crate) struct Person {
    address: SocketAddr,
    key: String,
    /// What ids are made of: a mark of this person, and a number.
    mark: u128,
    next: Cell<u128>,
}

impl Person {
    pub(crate) fn at(server: &Server, name: &str) -> Self {
        Self::by_way_of(server.address, name)
    }

    /// Somebody who reaches the server only at this address.
    pub(crate) fn by_way_of(address: SocketAddr, name: &str) -> Self {
        let mark = name.bytes().fold(7, |mark: u128, byte| mark << 8 | u128::from(byte)) << 32;
        Self { address, key: format!("{name:x<40}"), mark, next: Cell::new(0) }
    }

    /// The same person after the test lost sight of them: what they do now has ids of its own.
    pub(crate) fn again_at(server: &Server, name: &str) -> Self {
        let person = Self::at(server, name);
        person.next.set(1 << 16);
        person
    }

    pub(crate) fn volunteers(&self, topic: TopicId, size: Size) {
        self.does(Op::Volunteer { topic, size: Some(size) });
    }

    pub(crate) fn proposes(&self, title: &str) -> TopicId {
        self.proposes_all(&[wording(title, "")])[0]
    }

    /// Proposes many topics at once.
    pub(crate) fn proposes_all(&self, wordings: &[Wording]) -> Vec<TopicId> {
        let topics: Vec<TopicId> = wordings.iter().map(|_| TopicId(self.id())).collect();
        let ops = topics.iter().zip(wordings);
        self.does_all(ops.map(|(topic, wording)| Op::Propose { topic: *topic, wording: wording.clone() }));
        topics
    }

    pub(crate) fn votes_for(&self, topic: TopicId) {
        self.does(Op::Vote { topic, on: true });
    }

    pub(crate) fn moves(&self, topic: TopicId, stage: Stage) {
        self.does(Op::Move { topic, stage });
    }

    /// Changes what a topic says, first written as `base`.
    pub(crate) fn edits(&self, topic: TopicId, base: u32, title: &str) {
        self.does(Op::Edit { topic, base, wording: wording(title, "") });
    }

    pub(crate) fn joins(&self) {
        let name = self.key.trim_end_matches('x').to_owned();
        self.does(Op::Join(Profile { name, size: Size::Quarter, offers: Vec::new(), wants: Vec::new() }));
    }

    pub(crate) fn does(&self, op: Op) {
        self.does_all([op]);
    }

    /// Does everything, in as many requests as it takes; fails if anything is refused.
    pub(crate) fn does_all(&self, ops: impl IntoIterator<Item = Op>) {
        let ops: Vec<SentOp> = ops.into_iter().map(|op| SentOp { id: OpId(self.id()), op }).collect();
        for ops in ops.chunks(MAX_OPS) {
            let answer = self.sync(ops.to_vec());
            let refused: Vec<_> = answer.receipts.iter().filter_map(|receipt| receipt.code).collect();
            assert!(refused.is_empty(), "the server refused: {refused:?}");
        }
    }

    /// Becomes a facilitator by the code that the server printed.
    pub(crate) fn facilitates(&self, server: &Server) {
        // The first look at a community opens it, and then the code is printed.
        self.rows();
        let status = self.post("facilitator", &json!({ "code": server.code() }).to_string());
        let status = status.expect("the server answers").status();
        assert_eq!(status, 204, "the server took no code from this person");
    }

    /// All that this person may see.
    pub(crate) fn rows(&self) -> Vec<WireRow> {
        self.sync(Vec::new()).rows
    }

    /// Whether a topic of this title is there.
    pub(crate) fn sees(&self, title: &str) -> bool {
        self.topics().iter().any(|(_, topic)| topic.wording.title == title)
    }

    /// The topic of this title.
    pub(crate) fn topic(&self, title: &str) -> TopicId {
        self.one(title).0
    }

    /// Where the topic of this title stands.
    pub(crate) fn stage(&self, title: &str) -> Stage {
        self.one(title).1.stage
    }

    /// How many voted for the topic of this title; none may be hidden from this person.
    pub(crate) fn tally(&self, title: &str) -> u32 {
        let wanted = Key::Tally(self.topic(title));
        let rows = self.rows();
        let row = rows.iter().find(|row| row.key == wanted).and_then(|row| row.row.as_ref());
        match row {
            Some(Row::Tally(count)) => count.n,
            _ => 0,
        }
    }

    fn one(&self, title: &str) -> (TopicId, Topic) {
        let found = self.topics().into_iter().find(|(_, topic)| topic.wording.title == title);
        found.unwrap_or_else(|| panic!("the server has no topic “{title}”"))
    }

    fn topics(&self) -> Vec<(TopicId, Topic)> {
        let topic = |row: WireRow| match (row.key, row.row) {
            (Key::Topic(id), Some(Row::Topic(topic))) => Some((id, Topic::clone(&topic))),
            _ => None,
        };
        self.rows().into_iter().filter_map(topic).collect()
    }

    fn sync(&self, ops: Vec<SentOp>) -> SyncAnswer {
        let answer = self.post("sync", &asked(ops)).expect("the server answers");
        serde_json::from_slice(&answer.body)
            .unwrap_or_else(|problem| panic!("{problem}: {}", String::from_utf8_lossy(&answer.body)))
    }

    /// Sends ops over a network that may fail; whatever came back, if it was an answer to a sync.
    pub(crate) fn sends(&self, ops: Vec<SentOp>) -> Option<SyncAnswer> {
        let answer = self.post("sync", &asked(ops)).ok()?;
        (answer.status() == 200).then(|| serde_json::from_slice(&answer.body).ok()).flatten()
    }

    fn post(&self, what: &str, body: &str) -> io::Result<http::Message> {
        let path = format!("/v1/communities/{COMMUNITY}/{what}");
        let key = format!("Device {}", self.key);
        let headers = [("content-type", "application/json"), ("authorization", key.as_str())];
        http::ask(&self.address.to_string(), "POST", &path, &headers, body.as_bytes())
    }

    /// An id that nobody had before.
    pub(crate) fn id(&self) -> u128 {
        self.next.set(self.next.get() + 1);
        self.mark | self.next.get()
    }
}

fn asked(ops: Vec<SentOp>) -> String {
    let request = SyncRequest { v: VERSION, epoch: None, since: None, ops };
    serde_json::to_string(&request).expect("a request is JSON")
}

pub(crate) fn wording(title: &str, text: &str) -> Wording {
    Wording { title: title.to_owned(), text: text.to_owned(), wants: Vec::new() }
}
