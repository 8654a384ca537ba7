//! The tests that need no browser: the domain, the whole client in memory, the backend and its trials, xtask itself.

use super::report::Report;
use crate::command::cargo;
use crate::record::Record;
use crate::sim;
use crate::torture::server;

pub(super) fn run(report: &mut Report) {
    report.suite("native tests", || Ok(cargo(["test", "--workspace", "--no-fail-fast"])));
    // Thousands of histories, each with a mistake in it: too many for a build that is not optimised.
    let planted =
        ["test", "--release", "--package", "cercle-sim", "--features", "planted", "--test", "planted"];
    report.suite("planted mistakes", || Ok(cargo(planted)));
    report.check("histories", || sim::run(&[], Record::No));
    report.check("torture of the server", server::run_a_few);
}
