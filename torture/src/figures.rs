//! What came of a trial, as one table.

use std::fmt;
use std::time::Duration;

use crate::model::Faults;

/// Counts of one trial.
#[derive(Debug, Default)]
pub struct Figures {
    /// What was done to the backend.
    pub trial: &'static str,
    /// What all chance in it followed from.
    pub seed: u64,
    /// How often it was done.
    pub cycles: u64,
    /// How often it was ended by force.
    pub blows: u64,
    /// Different ops that were sent.
    pub ops: u64,
    /// Ops that a receipt came for.
    pub acknowledged: u64,
    /// Ops whose answer never came, and which were sent again under the same id.
    pub unanswered: u64,
    /// How many of those had been kept all the same.
    pub kept_unanswered: u64,
    /// Requests that were refused with a problem.
    pub refused: u64,
    /// Ops that a backup lacked and that devices brought back, where backups are put back.
    pub brought_back: Option<u64>,
    /// What is wrong.
    pub faults: Faults,
    /// Databases that did not pass SQLite's own check.
    pub damaged: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl Figures {
    /// Whether nothing went wrong.
    #[must_use]
    pub fn are_clean(&self) -> bool {
        self.faults.lost.is_empty() && self.faults.doubled.is_empty() && self.damaged.is_empty()
    }

    /// The first of everything that went wrong.
    pub fn complaints(&self) -> impl Iterator<Item = &String> {
        [&self.damaged, &self.faults.lost, &self.faults.doubled]
            .into_iter()
            .flat_map(|list| list.iter().take(5))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, seed {}", self.trial, self.seed)?;
        let rows = [
            (self.cycles, "rounds"),
            (self.blows, "ends by force"),
            (self.ops, "ops sent"),
            (self.acknowledged, "acknowledged"),
            (self.unanswered, "unanswered, and sent again under the same id"),
            (self.kept_unanswered, "of these, kept before the answer was lost"),
            (self.refused, "requests refused with a problem"),
            (self.faults.lost.len() as u64, "acknowledged ops lost"),
            (self.faults.doubled.len() as u64, "ops applied twice"),
            (self.damaged.len() as u64, "databases that fail SQLite's own check"),
        ];
        if let Some(brought_back) = self.brought_back {
            writeln!(f, "  {brought_back:>12}  ops that the backup lacked, and that came back")?;
        }
        for (figure, name) in rows {
            writeln!(f, "  {figure:>12}  {name}")?;
        }
        write!(f, "took {:.0} s", self.took.as_secs_f64())
    }
}
