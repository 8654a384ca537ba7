//! The power is cut: the real core on the real SQLite store, on a [`disk`] that forgets what was not synced.
//!
//! In this process, since the power of a machine cannot be cut in a test. People act; after a random number of changes to
//! the disk, in the middle of whatever it is, the power goes; the database is opened again from what the disk has left,
//! which must be sound and hold all that was acknowledged; what was not acknowledged is sent again.

mod disk;
mod vfs;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context as _, Result};
use cercle_backend::core::{Ask, Core, NewCode, Openings, RawOp};
use cercle_backend::secret::{Code, Secret};
use cercle_backend::store::sqlite::Sqlite;
use cercle_backend::store::{CodeHash, Identity};
use cercle_domain::id::{CommunityId, Epoch, Millis, PersonId};
use cercle_domain::protocol::{Outcome, SentOp, SyncRequest, VERSION};
use rusqlite::{Connection, OpenFlags};

use crate::acts;
use crate::chance::Chance;
use crate::figures::Figures;
use crate::model::Model;
use disk::Disk;

const COMMUNITY: &str = "vannerie";
const PEOPLE: u64 = 12;
/// The longest that the power lasts, in changes to the disk. Some checkpoints come within it.
const LONGEST: u64 = 4000;

/// How the store goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// As the backend opens it.
    Full,
    /// With `synchronous=OFF`: the mistake that must be found.
    Off,
}

/// There is one disk a process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Cuts the power this many times.
pub fn run(cycles: u64, seed: u64, care: Care) -> Result<Figures> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    vfs::install();
    let began = Instant::now();
    let folder = tempfile::tempdir()?;
    let mut trial = Trial {
        chance: Chance::new(seed),
        model: Model::default(),
        waiting: BTreeMap::new(),
        figures: Figures { trial: "power cut", seed, ..Figures::default() },
    };
    for _ in 0..cycles {
        trial.cycle(&folder.path().join("cercle.sqlite"), care)?;
        if !trial.figures.are_clean() {
            break;
        }
    }
    if trial.figures.are_clean() {
        trial.open(&folder.path().join("cercle.sqlite"), Care::Full)?;
    }
    let mut figures = trial.figures;
    figures.acknowledged = trial.model.acknowledged() as u64;
    figures.took = began.elapsed();
    Ok(figures)
}

struct Trial {
    chance: Chance,
    model: Model,
    /// What was sent and not acknowledged.
    waiting: BTreeMap<PersonId, Vec<SentOp>>,
    figures: Figures,
}

impl Trial {
    /// Opens what the last cut has left, sends again what waits, and counts. None if it cannot be opened.
    fn open(&mut self, file: &Path, care: Care) -> Result<Option<Core>> {
        Disk::power_for(u64::MAX, care == Care::Off);
        let store = match Sqlite::open(file, &identity()) {
            Ok(store) => store,
            Err(why) => {
                self.figures.damaged.push(why.to_string());
                return Ok(None);
            }
        };
        let mut core = Core::new(Box::new(store), Openings::Anybody { max: 1 }, codes())?;
        for (person, ops) in std::mem::take(&mut self.waiting) {
            self.push(&mut core, person, ops, true);
        }
        let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        self.model.check_log(&db, &mut self.figures.faults)?;
        self.model.check_rows(&db, &mut self.figures.faults)?;
        Ok(Some(core))
    }

    fn cycle(&mut self, file: &Path, care: Care) -> Result<()> {
        self.figures.cycles += 1;
        let Some(mut core) = self.open(file, care)? else { return Ok(()) };
        let power = 1 + self.chance.below(LONGEST) / (1 + self.chance.below(20));
        Disk::power_for(power, care == Care::Off);
        if self.model.acknowledged() == 0 {
            let ops = acts::opening(&mut self.chance);
            self.push(&mut core, PersonId(1), ops, false);
        }
        while !Disk::is_dark() && !self.chance.once_in(400) {
            let person = PersonId(u128::from(self.chance.below(PEOPLE)) + 1);
            let ops = acts::some(&mut self.chance);
            self.push(&mut core, person, ops, false);
        }
        // Sometimes it is told to stop in time, and the power goes while it tidies up, or after that.
        if !Disk::is_dark() && self.chance.once_in(2) {
            core.close().ok();
        }
        self.figures.blows += 1;
        Disk::power_for(0, care == Care::Off);
        drop(core);
        Disk::cut(&mut self.chance).context("the disk cannot be written")?;
        let shared = file.with_file_name("cercle.sqlite-shm");
        if shared.exists() {
            fs::remove_file(shared)?;
        }
        Ok(())
    }

    fn push(&mut self, core: &mut Core, person: PersonId, ops: Vec<SentOp>, again: bool) {
        let sent = ops.iter().filter_map(|sent| {
            let said = serde_json::to_value(&sent.op).ok()?;
            Some(RawOp { id: sent.id, t: said["t"].as_str()?.to_owned(), a: said["a"].clone() })
        });
        let request = SyncRequest { v: VERSION, epoch: None, since: None, ops: sent.collect() };
        let ask = Ask { actor: person, community: community(), at: Millis(1), request, limit: 0 };
        if !again {
            self.figures.ops += ops.len() as u64;
        }
        if let Some(Ok(answer)) = core.sync(&[ask]).pop() {
            for (sent, receipt) in ops.iter().zip(&answer.receipts) {
                let kept = receipt.s == Outcome::Dup;
                self.figures.kept_unanswered += u64::from(again && kept);
                self.model.acknowledge(person, sent, receipt);
            }
        } else {
            self.figures.unanswered += if again { 0 } else { ops.len() as u64 };
            self.waiting.entry(person).or_default().extend(ops);
        }
    }
}

fn community() -> CommunityId {
    COMMUNITY.parse().unwrap_or_else(|_| unreachable!())
}

fn identity() -> Identity {
    Identity { epoch: Epoch(1), secret: Secret::new([1; 32]) }
}

fn codes() -> NewCode {
    Box::new(|_| Ok((Code::new([1; 16]), CodeHash(String::new()))))
}
