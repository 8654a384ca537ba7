//! Communities in one SQLite file.
//!
//! One connection, owned by one thread, which also does the checkpoints: that avoids every lock conflict, and the
//! corruption that SQLite before 3.51.3 was capable of when two connections checkpointed at once. Another process may
//! still come by (`cercle-backend code`, `backup`, `restore`); it waits its turn.
//!
//! A database is there whole or not at all: a new one gets its name when it is complete, and one that is not sound is
//! refused as it is.

mod read;
mod write;
mod quarantine;
mod sound;
mod hold;
mod backup;
mod erased;
mod restore;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use cercle_domain::id::{CommunityId, Epoch, OpId, Ver};
use rusqlite::{Connection, OptionalExtension as _, params};

pub use backup::backup;
pub use restore::restore;

use hold::Hold;
use sound::Unsound;

use super::{CodeHash, Committed, Entry, Identity, Since, Store, StoreError, Write};
use crate::secret::Secret;

/// SQLite before this one can corrupt a database in WAL mode.
const OLDEST_SAFE: i32 = 3_051_003;
/// What `PRAGMA user_version` says of a file that holds the tables of `schema.sql`.
const SCHEMA: i64 = 1;

/// One SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    db: Connection,
    /// The incarnation that whoever uses this believes in.
    epoch: Epoch,
    _hold: Hold,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(error)
    }
}

impl Sqlite {
    /// Opens the file, or makes it with this identity.
    pub fn open(file: &Path, new: &Identity) -> Result<Self, StoreError> {
        let hold = Hold::shared(file)?;
        // A log without its database is what is left of one.
        if !file.try_exists().map_err(StoreError::new)? && !beside(file, "-wal").exists() {
            make(file, new)?;
        }
        Self::open_held(file, hold)
    }

    fn open_held(file: &Path, hold: Hold) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_SAFE {
            return Err(StoreError::new(format!(
                "SQLite {} can damage its files, 3.51.3 is the first that does not",
                rusqlite::version()
            )));
        }
        let db = sound::open(file).map_err(|why| unusable(file, &why))?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // What is erased is overwritten, not just unlinked.
        db.pragma_update(None, "secure_delete", true)?;
        let epoch = identity(&db)?.epoch;
        Ok(Self { db, epoch, _hold: hold })
    }
}

/// Makes a database with nothing in it. Its name is given to it last, and taken from nobody.
fn make(file: &Path, new: &Identity) -> Result<(), StoreError> {
    let growing = beside(file, &format!(".new-{}", process::id()));
    let not_there = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    fs::remove_file(&growing)
        .or_else(|error| if not_there(&error) { Ok(()) } else { Err(error) })
        .map_err(StoreError::new)?;
    let mut db = Connection::open(&growing)?;
    let transaction = db.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    let mut put = transaction.prepare("INSERT INTO meta (name, value) VALUES (?1, ?2)")?;
    put.execute(["epoch", &new.epoch.to_string()])?;
    put.execute(["secret", &new.secret.to_hex()])?;
    drop(put);
    transaction.commit()?;
    drop(db);
    match fs::hard_link(&growing, file) {
        // Somebody else was quicker: theirs is the one.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        named => named.map_err(StoreError::new)?,
    }
    fs::remove_file(&growing).map_err(StoreError::new)?;
    File::open(folder_of(file)).and_then(|folder| folder.sync_all()).map_err(StoreError::new)
}

fn identity(db: &Connection) -> Result<Identity, StoreError> {
    let mut get = db.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    let mut value = |name: &str| get.query_row([name], |row| row.get::<_, String>(0));
    let epoch: Epoch = value("epoch")?.parse().map_err(StoreError::new)?;
    let secret = Secret::from_hex(&value("secret")?)
        .ok_or_else(|| StoreError::new("the secret of the database is damaged"))?;
    Ok(Identity { epoch, secret })
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file whose name goes on like this.
fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A path as SQLite takes it from a statement.
fn text(path: &Path) -> Result<&str, StoreError> {
    path.to_str().ok_or_else(|| StoreError::new(format!("{} is not in UTF-8", path.display())))
}

fn unusable(file: &Path, why: &Unsound) -> StoreError {
    let advice = if why.is_lost() {
        "; nothing was touched: `cercle-backend restore FILE` puts a backup in its place and keeps this one"
    } else {
        ""
    };
    StoreError::new(format!("{}: {why}{advice}", file.display()))
}

impl Store for Sqlite {
    fn identity(&mut self) -> Result<Identity, StoreError> {
        let identity = identity(&self.db)?;
        self.epoch = identity.epoch;
        Ok(identity)
    }

    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError> {
        let mut ids = self.db.prepare_cached("SELECT id FROM community ORDER BY id")?;
        let ids = ids.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| {
            let id = id?;
            id.parse().map_err(|error| StoreError::new(format!("a community called {id:?}: {error}")))
        })
        .collect()
    }

    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError> {
        let made = self.db.execute(
            "INSERT INTO community (id, ver, horizon, purged, code) VALUES (?1, 0, 0, 0, ?2) ON CONFLICT DO NOTHING",
            params![community.as_str(), code.0],
        )?;
        Ok(made == 1)
    }

    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError> {
        read::since(&mut self.db, self.epoch, community, after)
    }

    fn logged(&mut self, community: &CommunityId, ops: &[OpId]) -> Result<Vec<Entry>, StoreError> {
        read::logged(&self.db, community, ops)
    }

    fn code(&mut self, community: &CommunityId) -> Result<Option<CodeHash>, StoreError> {
        let mut code = self.db.prepare_cached("SELECT code FROM community WHERE id = ?1")?;
        let code = code.query_row([community.as_str()], |row| row.get::<_, Option<String>>(0)).optional()?;
        Ok(code.flatten().map(CodeHash))
    }

    fn set_code(&mut self, community: &CommunityId, code: &CodeHash) -> Result<(), StoreError> {
        self.db
            .execute("UPDATE community SET code = ?2 WHERE id = ?1", params![community.as_str(), code.0])?;
        Ok(())
    }

    fn commit(&mut self, writes: &[Write]) -> Result<Committed, StoreError> {
        write::commit(&mut self.db, self.epoch, writes)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
