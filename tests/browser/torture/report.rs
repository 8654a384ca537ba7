//! One table a run: how often, with which seed, and what came of it. Nothing is rounded away.

use std::fs;
use std::time::{Duration, Instant};

use crate::rig::figures::percentile;

/// A table for each engine, a line for each figure.
pub(super) struct Report {
    began: Instant,
    any: bool,
    fair: bool,
}

/// What came of one engine.
#[derive(Default)]
pub(super) struct Column {
    pub(super) name: String,
    figures: Vec<(String, String)>,
    /// What must never be, in sentences.
    pub(super) faults: Vec<String>,
    /// What somebody may want to know.
    pub(super) notes: Vec<String>,
}

impl Column {
    pub(super) fn of(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    pub(super) fn figure(&mut self, name: &str, figure: impl ToString) {
        self.figures.push((name.to_owned(), figure.to_string()));
    }

    /// Milliseconds: half of them, nearly all, the worst.
    pub(super) fn times(&mut self, name: &str, times: &[f64]) {
        if times.is_empty() {
            return self.figure(name, "none");
        }
        let at = |share| percentile(times, share);
        self.figure(
            &format!("{name}, p50/p95/p99/max ms"),
            format!("{:.0}/{:.0}/{:.0}/{:.0}", at(0.5), at(0.95), at(0.99), at(1.0)),
        );
    }

    /// A count that must be zero.
    pub(super) fn must_be_none(&mut self, name: &str, count: usize) {
        self.figure(name, count);
        if count > 0 {
            self.faults.push(format!("{name}: {count}"));
        }
    }
}

impl Report {
    #[expect(clippy::disallowed_methods, reason = "a long run says how long it was")]
    pub(super) fn on(what: &str, seed: u64) -> Self {
        println!("{what}, seed {seed}");
        Self { began: Instant::now(), any: false, fair: true }
    }

    /// Prints what came of one engine, at once: who stops a long run sees what it has shown so far.
    pub(super) fn add(&mut self, column: &Column) {
        println!("\n{}", column.name);
        for (name, figure) in &column.figures {
            println!("  {figure:>12}  {name}");
        }
        println!("  {:>12}  load of the machine at the end", load());
        for note in &column.notes {
            println!("  note: {note}");
        }
        for fault in &column.faults {
            println!("  FAULT {fault}");
        }
        self.any = true;
        self.fair &= column.faults.is_empty();
    }

    /// Whether there was something to see, and nothing was that must not be.
    pub(super) fn end(&self) -> bool {
        println!("\ntook {}", minutes(self.began.elapsed()));
        self.any && self.fair
    }
}

/// How many processes wanted to run at once in the last minute: above the number of cores, times say little.
fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or_default().to_owned()
}

fn minutes(time: Duration) -> String {
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}
