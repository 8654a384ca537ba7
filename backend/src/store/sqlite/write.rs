//! Writing: one transaction for everything that was asked for at about the same time.

use cercle_domain::Rejection;
use cercle_domain::id::{CommunityId, Epoch};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::identity;
use crate::store::{Committed, Entry, StoreError, Write, json};

pub(super) fn commit(db: &mut Connection, epoch: Epoch, writes: &[Write]) -> Result<Committed, StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if identity(&transaction)?.epoch != epoch {
        return Ok(Committed::Behind);
    }
    for write in writes {
        if within(&transaction, write)? == Committed::Behind {
            return Ok(Committed::Behind);
        }
    }
    transaction.commit()?;
    Ok(Committed::Done)
}

/// One of them, within a transaction that is under way.
pub(super) fn within(transaction: &Transaction<'_>, write: &Write) -> Result<Committed, StoreError> {
    if !is_current(transaction, write)? || !log(transaction, write)? {
        return Ok(Committed::Behind);
    }
    rows(transaction, write)?;
    Ok(Committed::Done)
}

fn is_current(db: &Transaction<'_>, write: &Write) -> Result<bool, StoreError> {
    let mut standing = db.prepare_cached("SELECT ver, code FROM community WHERE id = ?1")?;
    let standing = standing
        .query_row([write.community.as_str()], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, Option<String>>(1)?))
        })
        .optional()?;
    Ok(standing.is_some_and(|(ver, code)| {
        let unspent = write.spend.as_ref().is_none_or(|spend| Some(&spend.0) == code.as_ref());
        ver == write.from.0 && unspent
    }))
}

fn rows(db: &Transaction<'_>, write: &Write) -> Result<(), StoreError> {
    let community = write.community.as_str();
    let mut purge = db.prepare_cached("DELETE FROM row WHERE community = ?1 AND kind = ?2 AND id = ?3")?;
    for key in &write.purge {
        purge.execute(params![community, key.kind().name(), key.to_string()])?;
    }
    let mut put = db.prepare_cached(
        "INSERT INTO row (community, kind, id, ver, body) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET ver = excluded.ver, body = excluded.body",
    )?;
    for row in &write.rows {
        let body = row.row.as_ref().map(json::write).transpose().map_err(StoreError::new)?;
        put.execute(params![community, row.key.kind().name(), row.key.to_string(), row.ver.0, body])?;
    }
    let mut stand = db.prepare_cached(
        "UPDATE community SET ver = ?2, horizon = ?3, purged = iif(?4, ?2, purged), code = iif(?5, NULL, code)
         WHERE id = ?1",
    )?;
    stand.execute(params![
        community,
        write.to.0,
        write.horizon.0,
        !write.purge.is_empty(),
        write.spend.is_some()
    ])?;
    Ok(())
}

/// Appends to the log; false if it knows one of the ops already.
fn log(db: &Transaction<'_>, write: &Write) -> Result<bool, StoreError> {
    for person in &write.forget {
        forget(db, &write.community, &person.to_string())?;
    }
    let mut append = db.prepare_cached(
        "INSERT INTO op_log (community, seq, op_id, actor, at, t, a, rejected)
         VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM op_log WHERE community = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for entry in &write.log {
        let Entry { op, actor, at, t, a, rejected } = entry;
        let appended = append.execute(params![
            write.community.as_str(),
            op.to_string(),
            actor.map(|actor| actor.to_string()),
            at.0,
            t,
            a,
            rejected.map(Rejection::code),
        ]);
        match appended {
            Err(rusqlite::Error::SqliteFailure(failure, _))
                if failure.code == ErrorCode::ConstraintViolation =>
            {
                return Ok(false);
            }
            appended => appended.map(drop)?,
        }
    }
    Ok(true)
}

/// Takes a person out of what is not a row. Rows are purged by key.
fn forget(db: &Transaction<'_>, community: &CommunityId, person: &str) -> Result<(), StoreError> {
    let parameters = params![community.as_str(), person];
    db.execute("UPDATE op_log SET actor = NULL, a = NULL WHERE community = ?1 AND actor = ?2", parameters)?;
    db.execute("DELETE FROM quarantine WHERE community = ?1 AND instr(id, ?2) > 0", parameters)?;
    db.execute(
        "UPDATE quarantine SET body = replace(body, ?2, '') WHERE community = ?1 AND instr(body, ?2) > 0",
        parameters,
    )?;
    Ok(())
}
