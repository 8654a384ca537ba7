//! The database goes back: the real program serves, devices push, and an older backup is put in its place, all at once.
//!
//! Devices do what the widget does: they name the incarnation that they speak to, and when another one answers they
//! offer it again all that was ever acknowledged, in its order and under its ids. Then the rows must be those of the model,
//! which never heard of any backup.

mod device;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use self::device::Device;
use crate::chance::Chance;
use crate::figures::Figures;
use crate::kills::Server;
use crate::model::Model;

/// How many devices push at the same time.
const DEVICES: u64 = 24;
/// The longest that they push before a backup, between it and its return, and after that, in milliseconds.
const LONGEST: u64 = 300;
/// How many restores one database lives through.
const A_DATABASE: u64 = 10;

/// Puts a backup back this many times.
pub fn run(program: &Path, cycles: u64, seed: u64) -> Result<Figures> {
    let began = Instant::now();
    let mut chance = Chance::new(seed);
    let mut figures =
        Figures { trial: "restores under load", seed, brought_back: Some(0), ..Figures::default() };
    while figures.cycles < cycles && figures.are_clean() {
        let mut life = Life::begin(program, chance.split())?;
        for _ in 0..A_DATABASE.min(cycles - figures.cycles) {
            life.cycle(&mut figures)?;
        }
        figures.acknowledged += life.model.acknowledged() as u64;
        for device in &life.devices {
            figures.ops += device.ops;
            figures.unanswered += device.unanswered;
            figures.refused += device.refused;
            figures.brought_back = figures.brought_back.map(|brought| brought + device.brought_back);
        }
    }
    figures.took = began.elapsed();
    Ok(figures)
}

/// What one database goes through.
struct Life<'a> {
    program: &'a Path,
    folder: TempDir,
    server: Server,
    chance: Chance,
    devices: Vec<Device>,
    model: Model,
}

impl<'a> Life<'a> {
    fn begin(program: &'a Path, mut chance: Chance) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let server = Server::start(program, &folder.path().join("data"))?;
        let mut devices: Vec<Device> = (0..DEVICES).map(|name| Device::new(name, chance.split())).collect();
        let mut model = Model::default();
        devices[0].opens(server.address, &mut model);
        Ok(Self { program, folder, server, chance, devices, model })
    }

    fn cycle(&mut self, figures: &mut Figures) -> Result<()> {
        let pauses = [(); 3].map(|()| Duration::from_millis(self.chance.below(LONGEST)));
        let (address, over) = (self.server.address, AtomicBool::new(false));
        let (done, told) = thread::scope(|scope| {
            let pushing =
                self.devices.iter_mut().map(|device| scope.spawn(|| device.pushes_until(address, &over)));
            let pushing: Vec<_> = pushing.collect();
            let steps = [None, Some("backup"), Some("restore")].into_iter().zip(pauses);
            let (program, folder) = (self.program, self.folder.path());
            let done = steps.into_iter().try_for_each(|(step, pause)| {
                let done = step.map_or(Ok(()), |step| command(program, folder, step));
                thread::sleep(pause);
                done
            });
            over.store(true, Ordering::Relaxed);
            (
                done,
                pushing.into_iter().flat_map(|device| device.join().unwrap_or_default()).collect::<Vec<_>>(),
            )
        });
        done?;
        self.model.hear(&told);
        for device in &mut self.devices {
            let told = device.settles(address)?;
            self.model.hear(&told);
        }
        figures.cycles += 1;
        figures.blows += 1;
        let database = self.folder.path().join("data/cercle.sqlite");
        let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        self.model.check_log(&db, &mut figures.faults)?;
        self.model.check_rows(&db, &mut figures.faults)
    }
}

/// Runs the program beside the one that serves.
fn command(program: &Path, folder: &Path, step: &str) -> Result<()> {
    let mut command = Command::new(program);
    command.arg(step).arg(folder.join("backup.sqlite")).arg("--data").arg(folder.join("data"));
    let ended = command.stdout(Stdio::null()).status().with_context(|| format!("cannot run {step}"))?;
    ensure!(ended.success(), "{step} failed ({ended})");
    Ok(())
}
