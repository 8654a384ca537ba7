//! What was asked for on the command line.

use std::path::PathBuf;
use std::thread;

/// A run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) histories: u64,
    pub(crate) seed: u64,
    /// The number of the first history: a run can be cut into several.
    pub(crate) first: u64,
    pub(crate) cores: usize,
    /// After how long no other history is begun.
    pub(crate) minutes: Option<u64>,
    /// Where failing plans are kept.
    pub(crate) keep: Option<PathBuf>,
}

pub(crate) const USAGE: &str = "\
cercle-sim [--histories 10000] [--seed 1] [--first 0] [--minutes N] [--cores N] [--keep DIR]

  plays so many histories drawn from the seed, on every core, or as many as that time is enough for; a failing one is made smaller and kept in DIR";

pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Options, String> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut options = Options { histories: 10_000, seed: 1, first: 0, cores, minutes: None, keep: None };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("`{word}` needs a value"))?;
        let number = || value.replace('_', "").parse().map_err(|_| format!("`{value}` is not a number"));
        match word.as_str() {
            "--histories" => options.histories = number()?,
            "--seed" => options.seed = number()?,
            "--first" => options.first = number()?,
            "--minutes" => options.minutes = Some(number()?),
            "--cores" => options.cores = usize::try_from(number()?).unwrap_or(cores).max(1),
            "--keep" => options.keep = Some(value.into()),
            unknown => return Err(format!("there is no option `{unknown}`")),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Options, String> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn a_run_without_options_is_what_ci_runs() {
        let options = parsed("").unwrap();
        assert_eq!((options.histories, options.seed, options.first), (10_000, 1, 0));
    }

    #[test]
    fn numbers_may_be_written_with_gaps() {
        assert_eq!(parsed("--histories 1_000_000").unwrap().histories, 1_000_000);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, problem) in [
            ("--seed", "`--seed` needs a value"),
            ("--seed x", "`x` is not a number"),
            ("--sead 1", "there is no option `--sead`"),
        ] {
            assert_eq!(parsed(line), Err(problem.to_owned()));
        }
    }
}
