//! The process is killed: the real program on real SQLite, real clients over HTTP, SIGKILL at a random moment.
//!
//! Right after the kill, before anybody else opens it, a copy of the database must be sound and its log must hold all that
//! was acknowledged. After the restart what was not acknowledged is sent again under the same ids, now and then into the
//! next kill; when nothing waits any more, the rows must be those of the model, counts included.
//!
//! A killed process takes nothing with it that it had handed to the operating system. Lost power is [`crate::power`]'s.

mod client;
mod server;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

pub(crate) use client::{Client, Pushed, Told};
pub(crate) use server::Server;

use crate::chance::Chance;
use crate::figures::Figures;
use crate::model::Model;

/// How many devices push at the same time.
const CLIENTS: usize = 6;
/// The longest that they push before the kill, in milliseconds.
const LONGEST: u64 = 120;
/// How many kills one database lives through. A new one costs the next ones less time, and is created and killed, too.
const A_DATABASE: u64 = 25;

/// Kills the program this many times.
pub fn run(program: &Path, cycles: u64, seed: u64) -> Result<Figures> {
    let began = Instant::now();
    let mut chance = Chance::new(seed);
    let mut figures = Figures { trial: "SIGKILL", seed, ..Figures::default() };
    while figures.cycles < cycles && figures.are_clean() {
        let mut life = Life::begin(program, chance.split())?;
        for _ in 0..A_DATABASE.min(cycles - figures.cycles) {
            life.cycle(&mut figures)?;
            if !figures.are_clean() {
                break;
            }
        }
        life.end(&mut figures)?;
    }
    figures.took = began.elapsed();
    Ok(figures)
}

/// What one database goes through.
struct Life<'a> {
    program: &'a Path,
    folder: TempDir,
    chance: Chance,
    clients: Vec<Client>,
    model: Model,
}

impl<'a> Life<'a> {
    fn begin(program: &'a Path, mut chance: Chance) -> Result<Self> {
        let clients = (0..CLIENTS).map(|name| Client::new(name, chance.split())).collect();
        Ok(Self { program, folder: tempfile::tempdir()?, chance, clients, model: Model::default() })
    }

    fn cycle(&mut self, figures: &mut Figures) -> Result<()> {
        let server = self.start()?;
        if self.model.acknowledged() == 0 {
            let opened = self.clients[0].open(server.address);
            self.take_down(vec![opened]);
        } else if !self.chance.once_in(4) {
            self.settle(server.address)?;
            let db = Connection::open_with_flags(self.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            self.model.check_rows(&db, &mut figures.faults)?;
        }

        let pushes_for = Duration::from_millis(self.chance.below(LONGEST));
        let address = server.address;
        let pushed: Vec<Pushed> = thread::scope(|scope| {
            let pushing =
                self.clients.iter_mut().map(|client| scope.spawn(move || until_cut_off(client, address)));
            let pushing: Vec<_> = pushing.collect();
            thread::sleep(pushes_for);
            drop(server);
            pushing.into_iter().flat_map(|client| client.join().unwrap_or_default()).collect()
        });
        self.take_down(pushed);
        figures.cycles += 1;
        figures.blows += 1;
        self.look_at_a_copy(figures)
    }

    /// Looks at the database as the kill left it. SQLite mends a log when it opens it, so the original stays closed.
    fn look_at_a_copy(&self, figures: &mut Figures) -> Result<()> {
        let scratch = tempfile::tempdir()?;
        let copy = scratch.path().join("copy.sqlite");
        fs::copy(self.database(), &copy)?;
        let log = self.database().with_file_name("cercle.sqlite-wal");
        if log.exists() {
            fs::copy(log, scratch.path().join("copy.sqlite-wal"))?;
        }
        let db = Connection::open(copy)?;
        let found: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        if found != "ok" {
            figures.damaged.push(found);
        }
        self.model.check_log(&db, &mut figures.faults)
    }

    /// Sends everything again that waits, and counts.
    fn end(mut self, figures: &mut Figures) -> Result<()> {
        let server = self.start()?;
        self.settle(server.address)?;
        drop(server);
        let db = Connection::open(self.database())?;
        self.model.check_log(&db, &mut figures.faults)?;
        self.model.check_rows(&db, &mut figures.faults)?;
        figures.acknowledged += self.model.acknowledged() as u64;
        for client in &self.clients {
            figures.ops += client.ops;
            figures.unanswered += client.unanswered;
            figures.kept_unanswered += client.kept_unanswered;
            figures.refused += client.refused;
        }
        ensure!(
            !figures.are_clean() || figures.acknowledged == figures.ops,
            "{} of {} ops were acknowledged although nothing waits",
            figures.acknowledged,
            figures.ops
        );
        Ok(())
    }

    fn settle(&mut self, address: SocketAddr) -> Result<()> {
        let pushed: Vec<_> = self.clients.iter_mut().map(|client| client.push_again(address)).collect();
        let settled = pushed.iter().all(|pushed| matches!(pushed, Pushed::Answered(_)));
        ensure!(settled, "a server that was started again does not answer: {pushed:?}");
        self.take_down(pushed);
        Ok(())
    }

    fn take_down(&mut self, pushed: Vec<Pushed>) {
        for pushed in pushed {
            if let Pushed::Answered(told) = pushed {
                self.model.hear(&told);
            }
        }
    }

    fn start(&self) -> Result<Server> {
        Server::start(self.program, &self.folder.path().join("data"))
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("data/cercle.sqlite")
    }
}

/// Pushes until there is nobody there any more.
fn until_cut_off(client: &mut Client, address: SocketAddr) -> Vec<Pushed> {
    let mut all = Vec::new();
    loop {
        let pushed = client.push(address);
        let over = matches!(pushed, Pushed::CutOff);
        all.push(pushed);
        if over {
            return all;
        }
    }
}
