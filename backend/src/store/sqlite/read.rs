//! Reading rows and log entries.

use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::row::Kind;
use cercle_domain::{Key, Rejection, Row};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{identity, quarantine};
use crate::store::{Entry, Since, StoreError, json};

/// One line of the table, not yet believed.
pub(super) struct Found {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) ver: u64,
    pub(super) body: Option<String>,
}

/// A community without its rows.
fn standing(db: &Connection, community: &CommunityId) -> Result<Option<Since>, StoreError> {
    let mut standing = db.prepare_cached("SELECT ver, horizon, purged FROM community WHERE id = ?1")?;
    let standing = standing.query_row([community.as_str()], |row| {
        Ok(Since {
            ver: Ver(row.get(0)?),
            horizon: Ver(row.get(1)?),
            purged: Ver(row.get(2)?),
            rows: Vec::new(),
            set_aside: 0,
        })
    });
    Ok(standing.optional()?)
}

pub(super) fn since(
    db: &mut Connection,
    epoch: Epoch,
    community: &CommunityId,
    after: Ver,
) -> Result<Option<Since>, StoreError> {
    // By far the most frequent case: nobody else wrote.
    match standing(db, community)? {
        Some(since) if since.ver != after => {}
        nothing_new => return Ok(nothing_new),
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if identity(&transaction)?.epoch != epoch {
        return Err(StoreError::new("the database has just been restored"));
    }
    let since = within(&transaction, community, after)?;
    transaction.commit()?;
    Ok(since)
}

/// The same within a transaction that is under way.
pub(super) fn within(
    transaction: &Transaction<'_>,
    community: &CommunityId,
    after: Ver,
) -> Result<Option<Since>, StoreError> {
    let Some(mut since) = standing(transaction, community)? else {
        return Ok(None);
    };
    for found in found(transaction, community, after)? {
        match believe(&found) {
            Ok(row) => since.rows.push(row),
            Err(why) => {
                quarantine::take(transaction, community, &found, &why)?;
                since.set_aside += 1;
            }
        }
    }
    Ok(Some(since))
}

fn found(db: &Connection, community: &CommunityId, after: Ver) -> Result<Vec<Found>, StoreError> {
    let mut rows =
        db.prepare_cached("SELECT kind, id, ver, body FROM row WHERE community = ?1 AND ver > ?2")?;
    let rows = rows.query_map(params![community.as_str(), after.0], |row| {
        Ok(Found { kind: row.get(0)?, id: row.get(1)?, ver: row.get(2)?, body: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn believe(found: &Found) -> Result<WireRow, String> {
    let kind = Kind::named(&found.kind).ok_or("an unknown kind")?;
    let key = Key::parse(kind, &found.id).ok_or("an id that does not fit its kind")?;
    let read = |body: &String| json::read(kind, body).map_err(|error| error.to_string());
    let row: Option<Row> = found.body.as_ref().map(read).transpose()?;
    Ok(WireRow { key, ver: Ver(found.ver), row })
}

pub(super) fn logged(
    db: &Connection,
    community: &CommunityId,
    ops: &[OpId],
) -> Result<Vec<Entry>, StoreError> {
    let mut one = db
        .prepare_cached("SELECT actor, at, t, a, rejected FROM op_log WHERE community = ?1 AND op_id = ?2")?;
    let mut entries = Vec::new();
    for op in ops {
        let entry = one.query_row(params![community.as_str(), op.to_string()], |row| {
            Ok((
                row.get::<_, Option<String>>(0)?,
                Entry {
                    op: *op,
                    actor: None,
                    at: Millis(row.get(1)?),
                    t: row.get(2)?,
                    a: row.get(3)?,
                    rejected: row.get::<_, Option<String>>(4)?.map(|code| rejection(&code)),
                },
            ))
        });
        if let Some((actor, entry)) = entry.optional()? {
            // One that cannot be read is nobody's: the op was done, and that is what is asked.
            let actor = actor.and_then(|actor| actor.parse().ok());
            entries.push(Entry { actor, ..entry });
        }
    }
    Ok(entries)
}

/// A code that a newer version wrote is still a rejection.
fn rejection(code: &str) -> Rejection {
    let known = Rejection::ALL.iter().find(|rejection| rejection.code() == code);
    known.copied().unwrap_or(Rejection::Refused)
}
