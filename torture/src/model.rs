//! What must be in the database, by the receipts alone.
//!
//! A second opinion: it knows what the words of the ops mean and nothing of how the backend does them. Every person sends
//! their acts one after the other, so the last one that was acknowledged counts; what everybody's come to is counted from
//! that. Whatever it finds is told as a sentence.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cercle_domain::Op;
use cercle_domain::id::{OpId, PersonId};
use cercle_domain::protocol::{Outcome, Receipt, SentOp};
use rusqlite::Connection;

use crate::kills::Told;

/// Rows as the model sees them: kind and id, with the number in them where there is one.
type Rows = BTreeMap<(String, String), Option<u64>>;

/// Everything that was acknowledged.
#[derive(Debug, Default)]
pub struct Model {
    acknowledged: BTreeSet<OpId>,
    topics: BTreeSet<String>,
    /// Votes, follows, offers and memberships that stand.
    marks: BTreeSet<(&'static str, String)>,
    shown: BTreeMap<String, u64>,
}

/// What is wrong with a database.
#[derive(Debug, Default)]
pub struct Faults {
    /// Acknowledged, and not there.
    pub lost: Vec<String>,
    /// There more than once, or without ever having been acknowledged.
    pub doubled: Vec<String>,
}

impl Model {
    /// How many ops were acknowledged.
    #[must_use]
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    /// Takes down what a person was told.
    pub fn acknowledge(&mut self, person: PersonId, sent: &SentOp, receipt: &Receipt) {
        if self.acknowledged.insert(sent.id) && receipt.s != Outcome::Rejected {
            self.take(person, &sent.op);
        }
    }

    /// Takes down what some people were told, in its order.
    pub(crate) fn hear(&mut self, told: &[Told]) {
        for Told { person, sent, receipt } in told {
            self.acknowledge(*person, sent, receipt);
        }
    }

    fn take(&mut self, person: PersonId, op: &Op) {
        match op {
            Op::Propose { topic, .. } if self.topics.insert(topic.to_string()) => {
                self.set("follow", format!("{person}.{topic}"), true);
            }
            Op::Vote { topic, on } => self.set("vote", format!("{person}.{topic}"), *on),
            Op::Follow { topic, on } => self.set("follow", format!("{person}.{topic}"), *on),
            Op::Volunteer { topic, size } => {
                self.set("volunteering", format!("{topic}.{person}"), size.is_some());
            }
            Op::Join(_) => self.set("member", person.to_string(), true),
            Op::Leave {} => {
                self.set("member", person.to_string(), false);
                let person = format!(".{person}");
                self.marks.retain(|(kind, id)| *kind != "volunteering" || !id.ends_with(&person));
            }
            Op::Shown { topics } => {
                for topic in topics {
                    *self.shown.entry(topic.to_string()).or_default() += 1;
                }
            }
            // Nobody here does anything else.
            _ => {}
        }
    }

    fn set(&mut self, kind: &'static str, id: String, on: bool) {
        if on {
            self.marks.insert((kind, id));
        } else {
            self.marks.remove(&(kind, id));
        }
    }

    /// What the log of a database lacks, or has twice. Holds at any moment.
    pub fn check_log(&self, db: &Connection, faults: &mut Faults) -> Result<()> {
        let mut log = db.prepare("SELECT op_id, count(*) FROM op_log GROUP BY op_id")?;
        let log = log.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))?;
        let log: BTreeMap<String, u64> = log.collect::<Result<_, _>>()?;
        let missing = self.acknowledged.iter().filter(|op| !log.contains_key(&op.to_string()));
        faults.lost.extend(missing.map(|op| format!("op {op} was acknowledged and is not in the log")));
        let twice = log.iter().filter(|(_, times)| **times > 1);
        faults.doubled.extend(twice.map(|(op, times)| format!("op {op} is {times} times in the log")));
        Ok(())
    }

    /// What the rows of a database lack, or have too much. Holds whenever nothing waits for its acknowledgement.
    pub fn check_rows(&self, db: &Connection, faults: &mut Faults) -> Result<()> {
        let (wanted, there) = (self.rows(), rows(db)?);
        for (row, number) in &wanted {
            let found = there.get(row);
            if found.is_none_or(|found| found < number) {
                faults.lost.push(format!("{row:?} should be there with {number:?}, found {found:?}"));
            }
        }
        for (row, number) in &there {
            let meant = wanted.get(row);
            if meant.is_none_or(|meant| meant < number) {
                faults.doubled.push(format!("{row:?} is there with {number:?}, meant was {meant:?}"));
            }
        }
        Ok(())
    }

    fn rows(&self) -> Rows {
        let mark = |(kind, id): &(&str, String)| (((*kind).to_owned(), id.clone()), None);
        let mut rows: Rows = self.marks.iter().map(mark).collect();
        for topic in &self.topics {
            let votes = self.marks.iter().filter(|(kind, id)| *kind == "vote" && id.ends_with(topic)).count();
            let shown = self.shown.get(topic).copied().unwrap_or_default();
            rows.insert(("topic".to_owned(), topic.clone()), None);
            rows.insert(("tally".to_owned(), topic.clone()), Some(votes as u64));
            rows.insert(("exposure".to_owned(), topic.clone()), Some(shown));
        }
        rows
    }
}

/// The rows of a database that the model has an opinion on.
fn rows(db: &Connection) -> Result<Rows> {
    let mut rows = db.prepare(
        "SELECT kind, id, body ->> 'n' FROM row
         WHERE body IS NOT NULL AND kind IN ('topic', 'tally', 'exposure', 'vote', 'follow', 'volunteering', 'member')",
    )?;
    let rows = rows.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
