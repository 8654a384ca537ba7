//! How fast it is in real browsers, from real clicks: measured by the browser tests' own harness.

use anyhow::Result;

use crate::command;
use crate::test::browser::{self, Server};

/// Prints a table of times. What is above what was promised is marked there; a busy machine is no failure.
pub(super) fn measure() -> Result<()> {
    let mut tests = browser::prepare(Server::ForMeasuring)?;
    command::run(tests.args(["--", "bench"]))
}
