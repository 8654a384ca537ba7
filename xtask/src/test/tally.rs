//! How many passed and how many did not.

use std::fmt;
use std::ops::AddAssign;

#[derive(Debug, Default, PartialEq, Clone, Copy)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl Tally {
    pub(super) const ONE_PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(super) const ONE_FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// The counts of a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`; no other line has any.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count_of = |what| {
            let mut entries = counts.split("; ").filter_map(|entry| entry.split_once(' '));
            entries.find(|(_, name)| *name == what)?.0.parse().ok()
        };
        Some(Self { passed: count_of("passed")?, failed: count_of("failed")?, skipped: count_of("ignored")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// What was skipped is told only when something was.
impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(out, ", {skipped} skipped"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_line_of_a_test_program_is_read() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.02s";
        assert_eq!(Tally::read(line), Some(Tally { passed: 12, failed: 2, skipped: 1 }));
    }

    #[test]
    fn any_other_line_counts_nothing() {
        for line in
            ["running 3 tests", "test votes ... ok", "3 passed; 0 failed; 0 ignored", "test result: ok"]
        {
            assert_eq!(Tally::read(line), None, "{line}");
        }
    }

    #[test]
    fn steps_and_test_programs_add_up_to_one_plain_line() {
        let mut tally = Tally::ONE_PASSED;
        tally += Tally { passed: 12, failed: 0, skipped: 0 };
        assert_eq!(tally.to_string(), "13 passed, 0 failed");
        tally += Tally::ONE_FAILED;
        tally += Tally { passed: 1, failed: 0, skipped: 2 };
        assert_eq!(tally.to_string(), "14 passed, 1 failed, 2 skipped");
    }
}
