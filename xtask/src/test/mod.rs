//! `cargo xtask test`: every check and every test, or one part of them.
//!
//! A step that fails does not keep the next ones from running, so that one run shows all there is to mend.
//! The last line, `N passed, M failed`, counts the steps and the tests inside them alike.

mod checks;
mod native;
pub(crate) mod browser;
mod front_end;
mod report;
mod tally;

use anyhow::Result;

use crate::args::Part;
use crate::bench::size;
use crate::widget;
use report::Report;

pub(crate) fn run(only: Option<Part>) -> Result<()> {
    let mut report = Report::default();
    for part in [Part::Checks, Part::Native, Part::Size, Part::Browser] {
        if only.is_some_and(|only| only != part) {
            continue;
        }
        match part {
            Part::Checks => checks::run(&mut report),
            Part::Native => native::run(&mut report),
            Part::Size => {
                report.check("widget and its size", || {
                    widget::build()?;
                    size::check()
                });
                report.check("package for npm", front_end::check);
            }
            Part::Browser => browser::run(&mut report),
        }
    }
    report.close()
}
