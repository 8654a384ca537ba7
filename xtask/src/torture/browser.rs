//! What is done to real browsers, by the browser tests' own harness: see `tests/browser/torture`.

use anyhow::{Result, bail};

use crate::command;
use crate::project;
use crate::test::browser::{self, Server};
use crate::widget;

/// Runs each of these; one that fails does not keep the next ones from running.
pub(super) fn run(tortures: &[&str], options: &[String]) -> Result<()> {
    widget::build()?;
    let mut failed = Vec::new();
    for torture in tortures {
        let mut tests = browser::against(&project::dist_widget(), Server::ForTests)?;
        if let Err(problem) = command::run(tests.args(["--", "torture", torture]).args(options)) {
            failed.push(format!("{problem:#}"));
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!(failed.join("\n")) }
}
