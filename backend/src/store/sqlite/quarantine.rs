//! Rows that could not be read, as they were found.
//!
//! A row that was damaged, or that a newer version wrote, is moved here when its community is read: nothing overwrites
//! it, the rest of the community is served, and the next row under its key starts afresh. It stays until whoever runs
//! this has looked at it, and is named at every start until then.

use cercle_domain::id::{CommunityId, Ver};
use rusqlite::{Connection, params};

use super::Sqlite;
use super::read::Found;
use crate::store::{Store as _, StoreError};

/// Moves a row to where nothing overwrites it.
pub(super) fn take(
    db: &Connection,
    community: &CommunityId,
    found: &Found,
    why: &str,
) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO quarantine (community, kind, id, ver, body, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![community.as_str(), found.kind, found.id, found.ver, found.body, why],
    )?;
    db.execute(
        "DELETE FROM row WHERE community = ?1 AND kind = ?2 AND id = ?3",
        params![community.as_str(), found.kind, found.id],
    )?;
    Ok(())
}

impl Sqlite {
    /// Reads every community through and names each row that could not be read, now or before.
    pub fn unreadable(&mut self) -> Result<Vec<String>, StoreError> {
        for community in self.communities()? {
            let read = self.since(&community, Ver(0));
            read.map_err(|error| StoreError::new(format!("community {community} cannot be read: {error}")))?;
        }
        let mut rows = self.db.prepare("SELECT community, kind, id, why FROM quarantine ORDER BY rowid")?;
        let named = rows.query_map([], |row| {
            let [community, kind, id, why]: [String; 4] =
                [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            Ok(format!("{kind} {id} of community {community} ({why})"))
        })?;
        Ok(named.collect::<Result<_, _>>()?)
    }
}
