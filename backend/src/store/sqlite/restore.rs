//! Putting a backup in the place of what is there, while others use the database.
//!
//! Where the present database is whole, a restore is one transaction on it: a server that has it open sees the change as
//! it sees anybody's, and the new epoch in it tells the server to forget what it remembers and the devices to bring back
//! what they know. Where it is lost, or is another one altogether, nobody may have it open.

use std::fs;
use std::path::{Path, PathBuf};

use cercle_domain::id::Epoch;
use rusqlite::TransactionBehavior;

use super::backup::{copy, not_itself};
use super::hold::Hold;
use super::{Sqlite, beside, erased, identity, make, sound, text, unusable};
use crate::store::{EraseAgain, Identity, StoreError};

/// Every table, those that others refer to first.
const TABLES: [&str; 5] = ["meta", "community", "row", "op_log", "quarantine"];
/// What stands behind the name of a database in the names of the files that SQLite keeps beside it.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// Puts the backup in place, under the epoch of `new`; who erased themselves since is erased from it. Says where that is
/// kept which was there before.
pub fn restore(
    database: &Path,
    from: &Path,
    new: &Identity,
    erase: EraseAgain,
) -> Result<Option<PathBuf>, StoreError> {
    not_itself(database, from)?;
    let unfit = |why: &dyn std::error::Error| StoreError::new(format!("{}: {why}", from.display()));
    let backup = sound::open_to_read(from).map_err(|why| unfit(&why))?;
    let backup = identity(&backup).map_err(|why| unfit(&why))?;
    match sound::open(database) {
        Ok(present) => {
            // Everybody has another name in a database with another secret, and a server keeps the secret in mind.
            let hold = if identity(&present)?.secret.to_hex() == backup.secret.to_hex() {
                Hold::shared(database)?
            } else {
                alone(database, "is not the database that the backup was made of")?
            };
            drop(present);
            let aside = free_name(database)?;
            Sqlite::open_held(database, hold)?.become_like(from, new.epoch, erase, || {
                copy(&sound::open(database).map_err(|why| unusable(database, &why))?, &aside)
            })?;
            Ok(Some(aside))
        }
        Err(why) if why.is_lost() => {
            let hold = alone(database, "is damaged or missing")?;
            let aside = move_aside(database)?;
            make(database, new)?;
            Sqlite::open_held(database, hold)?.become_like(from, new.epoch, erase, || Ok(()))?;
            Ok(aside)
        }
        Err(why) => Err(unusable(database, &why)),
    }
}

impl Sqlite {
    /// Takes over everything from a backup but its epoch, all or nothing. `keep` is called when nobody can write any
    /// more, so that nothing is acknowledged between what it keeps and what comes.
    fn become_like(
        &mut self,
        from: &Path,
        epoch: Epoch,
        erase: EraseAgain,
        keep: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.db.execute("ATTACH ?1 AS backup", [text(from)?])?;
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        keep()?;
        let erased = erased::since_backup(&transaction)?;
        for table in TABLES.iter().rev() {
            transaction.execute(&format!("DELETE FROM main.{table}"), [])?;
        }
        for table in TABLES {
            transaction.execute(&format!("INSERT INTO main.{table} SELECT * FROM backup.{table}"), [])?;
        }
        transaction.execute("UPDATE main.meta SET value = ?1 WHERE name = 'epoch'", [epoch.to_string()])?;
        for (community, erased) in erased {
            erased::again(&transaction, community, erased, erase)?;
        }
        Ok(transaction.commit()?)
    }
}

fn alone(database: &Path, why: &str) -> Result<Hold, StoreError> {
    Hold::alone(database)?.ok_or_else(|| {
        let database = database.display();
        StoreError::new(format!("{database} {why}, and a server has it open: stop the server, then restore"))
    })
}

/// Puts the file of a lost database and what lies beside it under a name of its own, if there is any.
fn move_aside(database: &Path) -> Result<Option<PathBuf>, StoreError> {
    let aside = free_name(database)?;
    let mut moved = None;
    for end in BESIDE {
        let part = beside(database, end);
        if part.try_exists().map_err(StoreError::new)? {
            fs::rename(part, beside(&aside, end)).map_err(StoreError::new)?;
            moved = Some(aside.clone());
        }
    }
    Ok(moved)
}

/// `cercle.sqlite.before-restore-1`, or the first number that is free.
fn free_name(database: &Path) -> Result<PathBuf, StoreError> {
    let mut names = (1..).map(|number: u32| beside(database, &format!(".before-restore-{number}")));
    let taken = |name: &PathBuf| BESIDE.iter().any(|end| beside(name, end).exists());
    names.find(|name| !taken(name)).ok_or_else(|| StoreError::new("too many databases were kept aside"))
}
