//! What is done to real browsers, by the browser tests' own harness: see `tests/browser/torture`.

use anyhow::{Result, bail};

use crate::args::Torture;
use crate::project;
use crate::record;
use crate::test::browser::{self, Server};
use crate::widget;

/// Runs each of these; one that fails does not keep the next ones from running.
pub(super) fn run(tortures: &[&str], Torture { options, record, .. }: &Torture) -> Result<()> {
    widget::build()?;
    let mut failed = Vec::new();
    for torture in tortures {
        let mut tests = browser::against(&project::dist_widget(), Server::ForTests)?;
        tests.args(["--quiet", "--", "torture", torture]).args(options);
        if let Err(problem) = record::run(&mut tests, &format!("torture {torture}"), options, *record) {
            failed.push(format!("{problem:#}"));
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!(failed.join("\n")) }
}
