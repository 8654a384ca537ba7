//! The backend as it is shipped, but for the widget's files, which nobody asks for here.

use std::ffi::OsStr;

use anyhow::Result;

use crate::command::{cargo, run};
use crate::project;

const SERVER: &str = "cercle-backend";

/// All trials, as often as the options say.
pub(super) fn run_trials(options: &[String]) -> Result<()> {
    trials(&["--release"], "release", options)
}

/// A few of each, on what the tests have built already.
pub(crate) fn run_a_few() -> Result<()> {
    trials(&[], "debug", &["--cycles", "5"])
}

fn trials<O: AsRef<OsStr>>(profile: &[&str], folder: &str, options: &[O]) -> Result<()> {
    run(cargo(["build", "--package", SERVER]).args(profile))?;
    let program = project::target()?.join(folder).join(project::program(SERVER));
    let mut trials = cargo(["run", "--package", "cercle-torture"]);
    run(trials.args(profile).arg("--").args(options).env("CERCLE_BACKEND", program))
}
