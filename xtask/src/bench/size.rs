//! What a page must download before a board can be used, held by a budget that may only go down. What comes after the
//! board is weighed beside it.

use std::fmt;
use std::fs;

use anyhow::{Context, Result, bail, ensure};

use crate::project;
use crate::widget::{FRAME, LATER, SCRIPT, WASM};

const BUDGET: &str = "xtask/budget.txt";

/// The bytes of one published file, as it is and as it travels.
struct Weight {
    name: &'static str,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// The bytes of all that a page loads. The style sheet travels inside the script.
pub(crate) struct Sizes {
    first: Vec<Weight>,
    later: Weight,
    /// What a page loads that holds us in a frame.
    frame: Weight,
}

/// The most that the frames' script may weigh, as it is.
const FRAME_AT_MOST: u64 = 2_000;

/// Measures what was last built into `dist/widget/`.
pub(crate) fn measure() -> Result<Sizes> {
    let weigh = |name: &'static str| {
        let length = |ending: &str| {
            let path = project::dist_widget().join(format!("{name}{ending}"));
            fs::metadata(&path)
                .map(|file| file.len())
                .with_context(|| format!("cannot measure {}", path.display()))
        };
        Ok(Weight { name, raw: length("")?, gzip: length(".gz")?, brotli: length(".br")? })
    };
    let first = [SCRIPT, WASM].into_iter().map(weigh).collect::<Result<_>>()?;
    Ok(Sizes { first, later: weigh(LATER)?, frame: weigh(FRAME)? })
}

/// Prints the sizes, and fails when they are above the budget.
pub(crate) fn check() -> Result<()> {
    let sizes = measure()?;
    let budget =
        read_budget(&fs::read_to_string(project::root().join(BUDGET)).context("cannot read the budget")?)?;
    println!("{sizes}\n{:<20}{:>28} ({BUDGET})", "budget", budget);
    ensure!(sizes.frame.raw <= FRAME_AT_MOST, "{FRAME} has more than {FRAME_AT_MOST} bytes");
    match verdict(sizes.brotli(), budget) {
        Verdict::Above(by) => {
            bail!("{by} bytes above the budget: make it smaller, the budget may only go down")
        }
        Verdict::WellBelow(measured) => {
            println!("NOTICE well below the budget: lower it to {measured} in {BUDGET}");
        }
        Verdict::Within => {}
    }
    Ok(())
}

impl Sizes {
    fn brotli(&self) -> u64 {
        self.first.iter().map(|weight| weight.brotli).sum()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Self { name, raw, gzip, brotli } = self;
        write!(out, "{name:<20}{raw:>10}{gzip:>9}{brotli:>9}")
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        writeln!(out, "{:<20}{:>10}{:>9}{:>9}", "bytes", "raw", "gzip", "brotli")?;
        for weight in &self.first {
            writeln!(out, "{weight}")?;
        }
        writeln!(out, "{:<20}{:>28}", "before the board", self.brotli())?;
        writeln!(out, "{}", self.later)?;
        write!(out, "{}", self.frame)
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Above(u64),
    Within,
    WellBelow(u64),
}

/// Well below is more than five per cent: below that, every commit would move the budget.
fn verdict(measured: u64, budget: u64) -> Verdict {
    if measured > budget {
        Verdict::Above(measured - budget)
    } else if measured * 100 < budget * 95 {
        Verdict::WellBelow(measured)
    } else {
        Verdict::Within
    }
}

/// The one number that is not in a comment.
fn read_budget(text: &str) -> Result<u64> {
    let line = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty());
    let line = line.with_context(|| format!("{BUDGET} holds no number"))?;
    line.trim().parse().with_context(|| format!("{BUDGET}: `{line}` is not a number of bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_above_the_budget_is_too_much() {
        assert_eq!(verdict(100_001, 100_000), Verdict::Above(1));
        assert_eq!(verdict(100_000, 100_000), Verdict::Within);
    }

    #[test]
    fn a_budget_that_is_no_longer_needed_is_to_be_lowered_to_what_is_measured() {
        assert_eq!(verdict(95_000, 100_000), Verdict::Within);
        assert_eq!(verdict(94_999, 100_000), Verdict::WellBelow(94_999));
    }

    #[test]
    fn the_budget_is_the_one_number_of_its_file() {
        assert_eq!(read_budget("# bytes\n\n110000\n").expect("a number"), 110_000);
        assert!(read_budget("# nothing yet\n").is_err());
        assert!(read_budget("110 kB\n").is_err());
    }
}
