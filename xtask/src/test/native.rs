//! The tests that need no browser: the domain, the whole client in memory, the backend, xtask itself.

use super::report::Report;
use crate::command::cargo;

pub(super) fn run(report: &mut Report) {
    report.suite("native tests", || Ok(cargo(["test", "--workspace", "--no-fail-fast"])));
}
