//! A disk that forgets what was not synced when its power is cut.
//!
//! Beside each real file it keeps what the file would be after a power cut: what was synced last, and the changes since.
//! When the power goes, each of those changes is there, or not, or half, as the seed says, in any combination: disks
//! write in the order they like. A file that is deleted is gone at once, which is kinder than some file systems.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::chance::Chance;

/// What a disk writes at once, or not at all.
const SECTOR: usize = 512;

/// Something that SQLite does to a file.
#[derive(Debug)]
pub(super) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
    Sync,
}

/// One file.
#[derive(Debug, Default)]
struct Platter {
    /// What was there at the last sync.
    synced: Vec<u8>,
    /// What was done since.
    since: Vec<Change>,
}

/// The disk under every database of this process.
#[derive(Debug)]
pub(super) struct Disk {
    platters: BTreeMap<PathBuf, Platter>,
    /// How many more changes there is power for.
    left: u64,
    /// Whether `synchronous=FULL` is taken for `synchronous=OFF`: the mistake that the trial has to find.
    careless: bool,
}

static DISK: Mutex<Disk> = Mutex::new(Disk { platters: BTreeMap::new(), left: u64::MAX, careless: false });

impl Disk {
    fn get() -> MutexGuard<'static, Self> {
        DISK.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// There is power for this many changes.
    pub(super) fn power_for(changes: u64, careless: bool) {
        let mut disk = Self::get();
        disk.left = changes;
        disk.careless = careless;
    }

    pub(super) fn is_careless() -> bool {
        Self::get().careless
    }

    /// Whether the power is gone.
    pub(super) fn is_dark() -> bool {
        Self::get().left == 0
    }

    /// A file is opened; false without power.
    pub(super) fn open(path: &Path) -> bool {
        let mut disk = Self::get();
        if disk.left > 0 && !path.as_os_str().is_empty() && !disk.platters.contains_key(path) {
            // A file that is not there yet is an empty one.
            let synced = fs::read(path).unwrap_or_default();
            disk.platters.insert(path.to_owned(), Platter { synced, since: Vec::new() });
        }
        disk.left > 0
    }

    /// A file is deleted; false without power.
    pub(super) fn delete(path: &Path) -> bool {
        let mut disk = Self::get();
        if disk.left > 0 {
            disk.platters.remove(path);
        }
        disk.left > 0
    }

    /// A file is changed; false without power.
    pub(super) fn change(path: &Path, change: Change) -> bool {
        let mut disk = Self::get();
        disk.left = disk.left.saturating_sub(1);
        let dark = disk.left == 0;
        if let Some(platter) = disk.platters.get_mut(path) {
            match change {
                // The power that went in the middle of it leaves open how far it came.
                Change::Sync if dark => {}
                Change::Sync => {
                    for change in std::mem::take(&mut platter.since) {
                        apply(&mut platter.synced, &change);
                    }
                }
                change => platter.since.push(change),
            }
        }
        !dark
    }

    /// Puts on the real disk what the cut left, and gives power again.
    pub(super) fn cut(chance: &mut Chance) -> io::Result<()> {
        let mut disk = Self::get();
        disk.left = u64::MAX;
        for (path, platter) in std::mem::take(&mut disk.platters) {
            let mut left = platter.synced;
            let luck = chance.below(3);
            for change in platter.since {
                match luck {
                    // Nothing of it is there, or any of it, or all.
                    1 if chance.once_in(2) => apply(&mut left, &torn(change, chance)),
                    2 => apply(&mut left, &change),
                    _ => {}
                }
            }
            if path.exists() {
                fs::write(path, left)?;
            }
        }
        Ok(())
    }
}

/// Perhaps only the first sectors of a write.
fn torn(change: Change, chance: &mut Chance) -> Change {
    match change {
        Change::Write { at, mut bytes } if chance.once_in(4) => {
            let sectors = chance.below((bytes.len() / SECTOR) as u64 + 1);
            bytes.truncate(usize::try_from(sectors).unwrap_or(0) * SECTOR);
            Change::Write { at, bytes }
        }
        change => change,
    }
}

fn apply(file: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { at, bytes } if !bytes.is_empty() => {
            let end = at + bytes.len();
            if file.len() < end {
                file.resize(end, 0);
            }
            file[*at..end].copy_from_slice(bytes);
        }
        Change::Truncate(length) => file.resize(*length, 0),
        Change::Write { .. } | Change::Sync => {}
    }
}
