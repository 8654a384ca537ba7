//! Everything that can be said about the code without running it.

use anyhow::Result;

use super::report::Report;
use crate::command::{self, cargo, program};
use crate::tidy;
use crate::tools::{cargo_tool, wasm_target};

pub(super) fn run(report: &mut Report) {
    report.check("format", || command::run(&mut cargo(["fmt", "--all", "--check"])));
    report.check("tidy", tidy::run);
    report.check("typos", || command::run(&mut program(cargo_tool::typos()?)));
    // Advisories are left out on purpose: their database comes from a network that not every machine has,
    // and a new advisory would fail a commit that did nothing wrong.
    report.check("dependencies: bans, licences, sources", || {
        command::run(program(cargo_tool::cargo_deny()?).args(["check", "bans", "licenses", "sources"]))
    });
    report.check("clippy", || clippy(&["--workspace", "--all-targets"]));
    // Out of `--all-targets`, as it is out of a plain `cargo test`: it needs more than cargo to run.
    report.check("clippy on the browser tests", || clippy(&["--package", "cercle", "--test", "browser"]));
    report.check("clippy for the browser", || {
        wasm_target::ensure_installed()?;
        clippy(&["--package", "cercle", "--lib", "--target", wasm_target::NAME])
    });
}

fn clippy(what: &[&str]) -> Result<()> {
    command::run(cargo(["clippy", "--all-features"]).args(what).args(["--", "-D", "warnings"]))
}
