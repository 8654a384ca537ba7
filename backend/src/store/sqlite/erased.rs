//! Erasures that a backup does not know of.
//!
//! No list of the erased is kept anywhere, for it would name them. But the log of the present database has lost the actor of
//! everything they did, and the log of the backup has not: side by side, the two say who is to be erased again.

use cercle_domain::id::{CommunityId, OpId, PersonId, Ver};
use rusqlite::{Params, Transaction};

use super::{read, write};
use crate::store::{Committed, EraseAgain, Erased, StoreError};

/// Everybody in `backup` who erased themselves since, before `main` becomes like it.
pub(super) fn since_backup(db: &Transaction<'_>) -> Result<Vec<(CommunityId, Erased)>, StoreError> {
    const BOTH: &str = "backup.op_log AS known JOIN main.op_log AS present USING (community, op_id)
        WHERE known.actor IS NOT NULL AND present.actor IS NULL";
    let communities: Vec<CommunityId> = all(db, &format!("SELECT DISTINCT community FROM {BOTH}"), ())?;
    let erased = |community: CommunityId| {
        let name = [community.as_str()];
        let people = format!("SELECT DISTINCT known.actor FROM {BOTH} AND community = ?1");
        let people: Vec<PersonId> = all(db, &people, name)?;
        // What somebody looked at was nobody's from the start.
        let acts =
            "SELECT op_id FROM main.op_log WHERE community = ?1 AND actor IS NULL AND t <> 'topic.shown'
            AND op_id NOT IN (SELECT op_id FROM backup.op_log WHERE community = ?1) ORDER BY seq";
        let acts: Vec<OpId> = all(db, acts, name)?;
        let acts = read::logged(db, &community, &acts)?;
        Ok((community, Erased { people, acts }))
    };
    communities.into_iter().map(erased).collect()
}

/// Erases them from what was put back.
pub(super) fn again(
    db: &Transaction<'_>,
    community: CommunityId,
    erased: Erased,
    erase: EraseAgain,
) -> Result<(), StoreError> {
    let Some(since) = read::within(db, &community, Ver(0))? else { return Ok(()) };
    // Fewer would leave somebody standing.
    let write = Some(erased).filter(|erased| erased.people.len() <= erased.acts.len());
    let write = write.and_then(|erased| erase(community, since, erased));
    match write.map(|write| write::within(db, &write)).transpose()? {
        Some(Committed::Done) => Ok(()),
        _ => Err(StoreError::new("who erased themselves since the backup could not be erased from it")),
    }
}

fn all<T: std::str::FromStr>(
    db: &Transaction<'_>,
    question: &str,
    with: impl Params,
) -> Result<Vec<T>, StoreError> {
    let mut question = db.prepare(question)?;
    let texts = question.query_map(with, |row| row.get::<_, String>(0))?;
    let read = |text: &str| text.parse().map_err(|_| StoreError::new(format!("{text:?} is no name")));
    texts.map(|text| read(&text?)).collect()
}
