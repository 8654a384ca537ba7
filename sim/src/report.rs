//! What a run came to, as a table.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use cercle_sim::{Counts, Judgement, Outcome, Plan};

use crate::options::Options;

/// What is counted where versions meet.
const MIXED: [&str; 3] =
    ["answered by a newer backend", "asked by an older widget", "asked of an older backend"];

/// The outcomes of many histories.
#[derive(Debug)]
pub(crate) struct Report {
    seed: u64,
    first: u64,
    cores: usize,
    histories: u64,
    on_sqlite: u64,
    /// In which widgets and backends of different versions met.
    mixed: u64,
    counts: Counts,
    judged: BTreeMap<Judgement, u64>,
    /// How long worlds took to heal, in their own milliseconds.
    healed: Vec<u32>,
    took: Duration,
    pub(crate) failures: Vec<Failure>,
}

/// A history that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) number: u64,
    pub(crate) judgement: Judgement,
    pub(crate) what: Vec<String>,
    /// Where its smallest form is kept, and how many lines it has.
    pub(crate) kept: Option<(PathBuf, usize)>,
}

impl Report {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            seed: options.seed,
            first: options.first,
            cores: options.cores,
            histories: 0,
            on_sqlite: 0,
            mixed: 0,
            counts: Counts::default(),
            judged: BTreeMap::new(),
            healed: Vec::new(),
            took: Duration::ZERO,
            failures: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, plan: &Plan, outcome: &Outcome) {
        self.histories += 1;
        self.on_sqlite += u64::from(plan.shape.sqlite);
        self.mixed += u64::from(MIXED.iter().any(|name| outcome.counts.of(name) > 0));
        self.counts.merge(&outcome.counts);
        self.healed.push(u32::try_from(outcome.healed_after).unwrap_or(u32::MAX));
        for fault in &outcome.faults {
            *self.judged.entry(fault.judgement).or_default() += 1;
        }
        if let Some(gravest) = outcome.faults.iter().map(|fault| fault.judgement).min() {
            let what = outcome.faults.iter().map(|fault| fault.what.clone()).collect();
            self.failures.push(Failure { number: plan.number, judgement: gravest, what, kept: None });
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.histories += other.histories;
        self.on_sqlite += other.on_sqlite;
        self.mixed += other.mixed;
        self.counts.merge(&other.counts);
        for (judgement, times) in other.judged {
            *self.judged.entry(judgement).or_default() += times;
        }
        self.healed.extend(other.healed);
        self.failures.extend(other.failures);
    }

    pub(crate) fn took(&mut self, took: Duration) {
        self.took = took;
        self.healed.sort_unstable();
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.failures.is_empty()
    }

    /// Within how many seconds so many percent of the worlds had healed.
    fn healed_within(&self, percent: usize) -> f64 {
        let at = self.healed.len().saturating_sub(1) * percent / 100;
        f64::from(self.healed.get(at).copied().unwrap_or(0)) / 1_000.0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.first + self.histories.saturating_sub(1);
        writeln!(f, "seed {}, histories {} to {last}", self.seed, self.first)?;
        writeln!(f, "  {:>12}  histories, {} of them on SQLite", self.histories, self.on_sqlite)?;
        writeln!(f, "  {:>12}  of them with widgets and backends of different versions", self.mixed)?;
        let (acts, ops) = (self.counts.of("acts"), self.counts.of("ops"));
        writeln!(f, "  {acts:>12}  acts of people, of which the rules let {ops} become ops")?;
        writeln!(f, "happened")?;
        for (name, times) in self.counts.iter().filter(|(name, _)| !matches!(*name, "ops" | "acts")) {
            writeln!(f, "  {times:>12}  {name}")?;
        }
        writeln!(f, "judged")?;
        for judgement in Judgement::ALL {
            let times = self.judged.get(&judgement).copied().unwrap_or(0);
            writeln!(f, "  {times:>12}  {}", judgement.name())?;
        }
        let [half, most, all] = [50, 99, 100].map(|percent| self.healed_within(percent));
        writeln!(f, "healed, in the world's own time: half in {half} s, 99 % in {most} s, all in {all} s")?;
        let seconds = self.took.as_secs_f64();
        write!(f, "took {seconds:.1} s on {} cores", self.cores)?;
        for failure in self.failures.iter().take(10) {
            write!(f, "\n\nhistory {} failed: {}", failure.number, failure.judgement.name())?;
            if let Some((file, lines)) = &failure.kept {
                write!(f, "\n  kept in {}, {lines} lines", file.display())?;
            }
            for what in failure.what.iter().take(3) {
                write!(f, "\n  {what}")?;
            }
        }
        Ok(())
    }
}
