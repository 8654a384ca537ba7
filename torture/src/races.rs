//! Everybody does the same at the same moment: two hundred people vote for the same twenty topics, each five times over
//! and with fewer votes than topics, against one server or several on one database.
//!
//! Three of the five are the same push again, under the same ids, as an impatient network sends it; two are new ones, as
//! an impatient person does. Whatever comes first, everybody must end with exactly as many votes as they have, each tally
//! must count the votes that are there, and no op may stand twice in the log.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result};
use cercle_domain::Op;
use cercle_domain::community::DEFAULT_VOTE_CAP;
use cercle_domain::id::{OpId, TopicId};
use cercle_domain::protocol::{Outcome, SentOp, SyncAnswer};
use rusqlite::Connection;
use serde_json::json;

use crate::acts;
use crate::chance::Chance;
use crate::figures::Figures;
use crate::kills::Server;
use crate::wire::exchange;

const PEOPLE: usize = 200;
const TOPICS: u128 = 20;
/// How often everybody votes for everything, and how often of these under the same ids.
const TIMES: usize = 5;
const SAME: usize = 3;
/// How many pushes are under way at once.
const AT_ONCE: usize = 16;

/// Has everybody race this many times.
pub fn run(program: &Path, servers: usize, cycles: u64, seed: u64) -> Result<Figures> {
    let began = Instant::now();
    let mut chance = Chance::new(seed);
    let trial = if servers == 1 { "races against one server" } else { "races against three servers" };
    let mut figures = Figures { trial, seed, ..Figures::default() };
    while figures.cycles < cycles && figures.are_clean() {
        race(program, servers, &mut chance, &mut figures)?;
        figures.cycles += 1;
    }
    figures.took = began.elapsed();
    Ok(figures)
}

fn race(program: &Path, servers: usize, chance: &mut Chance, figures: &mut Figures) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let servers: Vec<Server> =
        (0..servers).map(|_| Server::start(program, folder.path())).collect::<Result<_>>()?;
    let addresses: Vec<SocketAddr> = servers.iter().map(|server| server.address).collect();
    push(addresses[0], PEOPLE, &acts::opening(chance)).context("nobody takes the topics")?;

    let mut pushes: Vec<(usize, Vec<SentOp>)> = Vec::new();
    for person in 0..PEOPLE {
        let votes = votes(chance, person);
        pushes.extend((0..SAME).map(|_| (person, votes.clone())));
        pushes.extend((SAME..TIMES).map(|_| (person, self::votes(chance, person))));
    }
    for place in (1..pushes.len()).rev() {
        pushes.swap(place, usize::try_from(chance.below(place as u64 + 1))?);
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut ops, mut acknowledged, mut refused) = (0, 0, 0);
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some((person, votes)) = pushes.get(nth) else { break };
            ops += votes.len() as u64;
            match push(addresses[nth % addresses.len()], *person, votes) {
                Some(done) => acknowledged += done,
                None => refused += 1,
            }
        }
        (ops, acknowledged, refused)
    };
    let done = thread::scope(|scope| {
        let racing: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        racing.into_iter().map(|racer| racer.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    for (ops, acknowledged, refused) in done {
        figures.ops += ops;
        figures.acknowledged += acknowledged;
        figures.refused += refused;
    }
    drop(servers);
    judge(&Connection::open(folder.path().join("cercle.sqlite"))?, figures)
}

/// A vote for every topic, beginning with another one for everybody.
fn votes(chance: &mut Chance, person: usize) -> Vec<SentOp> {
    let topic = |nth| TopicId((person as u128 + nth) % TOPICS + 1);
    let vote = |nth| SentOp { id: OpId(chance.id()), op: Op::Vote { topic: topic(nth), on: true } };
    (0..TOPICS).map(vote).collect()
}

/// How many ops were taken, now or before; `None` if the push was not.
fn push(address: SocketAddr, person: usize, ops: &[SentOp]) -> Option<u64> {
    let key = format!("{:x<40}", format!("person{person}"));
    let (status, answer) = exchange(address, &key, &json!({"v": 1, "ops": ops}).to_string())?;
    let answer: SyncAnswer = serde_json::from_str(&answer).ok().filter(|_| status == 200)?;
    let taken =
        answer.receipts.iter().filter(|receipt| receipt.s != Outcome::Rejected && receipt.code.is_none());
    Some(taken.count() as u64)
}

fn judge(db: &Connection, figures: &mut Figures) -> Result<()> {
    let counts = |sql: &str| -> Result<Vec<(String, u64)>> {
        let mut rows = db.prepare(sql)?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let votes =
        |key| format!("SELECT {key}, count(*) FROM row WHERE kind = 'vote' AND body IS NOT NULL GROUP BY 1");
    let people = counts(&votes("substr(id, 1, instr(id, '.') - 1)"))?;
    if people.len() != PEOPLE {
        figures.faults.lost.push(format!("{} of {PEOPLE} people have votes", people.len()));
    }
    for (person, votes) in people {
        let told = format!("{person} has {votes} votes rather than {DEFAULT_VOTE_CAP}");
        match votes.cmp(&u64::from(DEFAULT_VOTE_CAP)) {
            std::cmp::Ordering::Less => figures.faults.lost.push(told),
            std::cmp::Ordering::Greater => figures.faults.doubled.push(told),
            std::cmp::Ordering::Equal => {}
        }
    }
    let (cast, tallied) = (
        counts(&votes("substr(id, instr(id, '.') + 1)"))?,
        counts("SELECT id, body ->> 'n' FROM row WHERE kind = 'tally' AND body ->> 'n' > 0 ORDER BY id")?,
    );
    if cast != tallied {
        figures.faults.doubled.push(format!("votes {cast:?}, tallies {tallied:?}"));
    }
    let twice = counts("SELECT op_id, count(*) FROM op_log GROUP BY op_id HAVING count(*) > 1")?;
    figures
        .faults
        .doubled
        .extend(twice.into_iter().map(|(op, times)| format!("op {op} is {times} times in the log")));
    let found: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if found != "ok" {
        figures.damaged.push(found);
    }
    Ok(())
}
