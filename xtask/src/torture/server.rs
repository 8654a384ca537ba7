//! The backend as it is shipped, but for the widget's files, which nobody asks for here.

use anyhow::Result;

use crate::args::Torture;
use crate::command::{cargo, run};
use crate::project;
use crate::record::{self, Record};

const SERVER: &str = "cercle-backend";

/// All trials, as often as the options say.
pub(super) fn run_trials(Torture { options, record, .. }: &Torture) -> Result<()> {
    trials(&["--release"], "release", options, *record)
}

/// A few of each, on what the tests have built already.
pub(crate) fn run_a_few() -> Result<()> {
    trials(&[], "debug", &["--cycles", "5"].map(String::from), Record::No)
}

fn trials(profile: &[&str], folder: &str, options: &[String], record: Record) -> Result<()> {
    run(cargo(["build", "--package", SERVER]).args(profile))?;
    let program = project::target()?.join(folder).join(project::program(SERVER));
    let mut trials = cargo(["run", "--quiet", "--package", "cercle-torture"]);
    trials.args(profile).arg("--").args(options).env("CERCLE_BACKEND", program);
    record::run(&mut trials, "torture server", options, record)
}
