//! The steps of a run as they happen: a heading, what the step prints, how long it took, how it ended.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use super::tally::Tally;
use crate::command::shown;

#[derive(Default)]
pub(super) struct Report {
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Report {
    /// A step that counts as one, whatever it does.
    pub(super) fn check(&mut self, title: &'static str, work: impl FnOnce() -> Result<()>) {
        self.step(title, || work().map(|()| Tally::ONE_PASSED));
    }

    /// A step that counts as many as the tests it runs.
    pub(super) fn suite(&mut self, title: &'static str, prepare: impl FnOnce() -> Result<Command>) {
        self.step(title, || count(&mut prepare()?));
    }

    /// The closing line, and the verdict of the whole run.
    pub(super) fn close(self) -> Result<()> {
        println!("\n{}", self.tally);
        if !self.failed.is_empty() {
            bail!("failed: {}", self.failed.join(", "));
        }
        Ok(())
    }

    fn step(&mut self, title: &'static str, work: impl FnOnce() -> Result<Tally>) {
        println!("\n== {title}");
        let began = Instant::now();
        let tally = work().unwrap_or_else(|problem| {
            println!("{problem:#}");
            Tally::ONE_FAILED
        });
        let passed = tally.failed == 0;
        println!(
            "-- {title}: {} after {:.1} s",
            if passed { "ok" } else { "FAILED" },
            began.elapsed().as_secs_f32()
        );
        self.tally += tally;
        if !passed {
            self.failed.push(title);
        }
    }
}

/// Runs `cargo test` and adds up what its test programs say, while a person reads along.
fn count(command: &mut Command) -> Result<Tally> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {}", shown(command)))?;
    let printed = child.stdout.take().context("a piped program has an output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(printed).lines() {
        let line = line?;
        println!("{line}");
        tally += Tally::read(&line).unwrap_or_default();
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == 0 {
        // It did not compile, or a test took the whole program down with it.
        tally.failed = 1;
    }
    ensure!(tally.passed + tally.failed > 0, "no test ran");
    Ok(tally)
}
