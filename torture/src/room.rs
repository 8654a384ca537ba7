//! The disk is full: the real program on a small file system of its own, filled to the last byte.
//!
//! Needs the right to mount one. Clients push until they are refused; nothing more may be acknowledged while there is no
//! room, and reading goes on; a file is deleted, and pushing goes on without a restart.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::chance::Chance;
use crate::figures::Figures;
use crate::kills::{Client, Pushed, Server};
use crate::model::Model;

/// The size of the file system.
const SIZE: &str = "size=4m";
/// More pushes than fit into it.
const MANY: u64 = 10_000;

/// A small file system. Gone when dropped.
struct Mounted(TempDir);

impl Mounted {
    /// None if this user may not mount anything.
    fn new() -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let words = ["-t", "tmpfs", "-o", SIZE, "cercle-torture"];
        let mounted = Command::new("mount").args(words).arg(folder.path()).output();
        Ok(mounted.is_ok_and(|mount| mount.status.success()).then(|| Self(folder)))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // The folder cannot be removed while it is mounted, which shows.
        Command::new("umount").arg("-l").arg(self.0.path()).status().ok();
    }
}

/// Fills the disk this many times; none if this user may not mount one.
pub fn run(program: &Path, cycles: u64, seed: u64) -> Result<Option<Figures>> {
    let began = Instant::now();
    let mut chance = Chance::new(seed);
    let mut figures = Figures { trial: "disk full", seed, ..Figures::default() };
    while figures.cycles < cycles && figures.are_clean() {
        let Some(disk) = Mounted::new()? else { return Ok(None) };
        cycle(program, &disk, chance.split(), &mut figures)?;
        figures.cycles += 1;
    }
    figures.took = began.elapsed();
    Ok(Some(figures))
}

fn cycle(program: &Path, disk: &Mounted, mut chance: Chance, figures: &mut Figures) -> Result<()> {
    // Something else takes up what the database would need.
    let ballast = disk.file("ballast");
    fs::write(&ballast, vec![0; 1 << 20])?;
    let mut client = Client::new(0, chance.split());
    let mut model = Model::default();
    let mut take_down = |pushed: &Pushed| {
        if let Pushed::Answered(told) = pushed {
            for told in told {
                model.acknowledge(told.person, &told.sent, &told.receipt);
            }
        }
    };
    let server = Server::start(program, &disk.file("data"))?;
    take_down(&client.open(server.address));
    let full = (0..MANY).find(|_| {
        let pushed = client.push(server.address);
        take_down(&pushed);
        matches!(pushed, Pushed::Refused)
    });
    ensure!(full.is_some(), "the disk is never full");
    fill(&disk.file("rest"))?;
    for _ in 0..20 {
        let pushed = client.push_again(server.address);
        ensure!(matches!(pushed, Pushed::Refused), "without any room: {pushed:?}");
    }
    fs::remove_file(&ballast)?;
    fs::remove_file(disk.file("rest"))?;
    let again = client.push_again(server.address);
    ensure!(matches!(again, Pushed::Answered(_)), "with room again: {again:?}");
    take_down(&again);
    for _ in 0..20 {
        take_down(&client.push(server.address));
    }
    figures.blows += 1;
    drop(server);
    let db = Connection::open(disk.file("data/cercle.sqlite"))?;
    let found: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if found != "ok" {
        figures.damaged.push(found);
    }
    model.check_log(&db, &mut figures.faults)?;
    model.check_rows(&db, &mut figures.faults)?;
    figures.acknowledged += model.acknowledged() as u64;
    figures.ops += client.ops;
    figures.refused += client.refused;
    Ok(())
}

/// Writes until nothing fits any more.
fn fill(file: &Path) -> Result<()> {
    use io::Write as _;
    let mut file = fs::File::create(file)?;
    let full = std::iter::repeat_with(|| file.write_all(&[0; 512])).find_map(io::Result::err);
    let full = full.context("a disk has an end")?;
    ensure!(full.kind() == io::ErrorKind::StorageFull, "not full, but {full}");
    Ok(())
}
