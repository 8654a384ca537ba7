//! Communities in one SQLite file.
//!
//! One connection, owned by one thread, which also does the checkpoints: that avoids every lock conflict, and the
//! corruption that SQLite before 3.51.3 was capable of when two connections checkpointed at once. Another process may
//! still come by (`cercle-backend code`); it waits its turn.

mod read;
mod write;

use std::path::Path;

use cercle_domain::id::{CommunityId, Epoch, OpId, Ver};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

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
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(error)
    }
}

impl Sqlite {
    /// Opens the file, or makes it with this identity.
    pub fn open(file: &Path, new: &Identity) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_SAFE {
            return Err(StoreError::new(format!(
                "SQLite {} can damage its files, 3.51.3 is the first that does not",
                rusqlite::version()
            )));
        }
        let mut db = Connection::open(file)?;
        db.pragma_update(None, "busy_timeout", 5000)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // What is erased is overwritten, not just unlinked.
        db.pragma_update(None, "secure_delete", true)?;
        create(&mut db, new)?;
        Ok(Self { db })
    }
}

fn create(db: &mut Connection, new: &Identity) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match transaction.pragma_query_value(None, "user_version", |row| row.get(0))? {
        0 => {
            transaction.execute_batch(include_str!("schema.sql"))?;
            transaction.pragma_update(None, "user_version", SCHEMA)?;
            let mut put = transaction.prepare("INSERT INTO meta (name, value) VALUES (?1, ?2)")?;
            put.execute(["epoch", &new.epoch.to_string()])?;
            put.execute(["secret", &new.secret.to_hex()])?;
            drop(put);
            transaction.commit()?;
            Ok(())
        }
        SCHEMA => Ok(()),
        newer => Err(StoreError::new(format!(
            "the database was written by a newer version of this program (schema {newer}, this one knows {SCHEMA})"
        ))),
    }
}

impl Store for Sqlite {
    fn identity(&mut self) -> Result<Identity, StoreError> {
        let mut get = self.db.prepare("SELECT value FROM meta WHERE name = ?1")?;
        let mut value = |name: &str| get.query_row([name], |row| row.get::<_, String>(0));
        let epoch: Epoch = value("epoch")?.parse().map_err(StoreError::new)?;
        let secret = Secret::from_hex(&value("secret")?)
            .ok_or_else(|| StoreError::new("the secret of the database is damaged"))?;
        Ok(Identity { epoch, secret })
    }

    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError> {
        let mut ids = self.db.prepare_cached("SELECT id FROM community ORDER BY id")?;
        let ids = ids.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| id?.parse().map_err(StoreError::new)).collect()
    }

    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError> {
        let made = self.db.execute(
            "INSERT INTO community (id, ver, horizon, purged, code) VALUES (?1, 0, 0, 0, ?2) ON CONFLICT DO NOTHING",
            params![community.as_str(), code.0],
        )?;
        Ok(made == 1)
    }

    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError> {
        read::since(&mut self.db, community, after)
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
        write::commit(&mut self.db, writes)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
