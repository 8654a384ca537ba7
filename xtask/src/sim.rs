//! `cargo xtask sim`: whole histories with everything that can go wrong, judged; without options, what CI runs.

use anyhow::Result;

use crate::command::cargo;
use crate::record::{self, Record};

/// Where failing histories are kept, for the tests to play them again.
const REGRESSIONS: &str = "sim/regressions";

/// The simulator knows its own options; a failing history is made smaller and kept.
pub(crate) fn run(options: &[String], record: Record) -> Result<()> {
    let mut simulator = cargo(["run", "--release", "--quiet", "--package", "cercle-sim", "--"]);
    record::run(simulator.args(["--keep", REGRESSIONS]).args(options), "sim", options, record)
}
