//! `cargo xtask tidy`: the rules of this repository, as programs.
//!
//! A rule is a function from the files to its complaints; the list of them is [`RULES`]. They read text, not
//! syntax trees: a rule that needs a compiler belongs to clippy. What no program can check is not in here, and
//! is advice.

mod files;
mod layers;
mod manifests;
mod documents;
mod habits;

mod source;
mod tokens;
mod paths;
#[cfg(test)]
mod check;

use anyhow::{Result, ensure};

use crate::project;
use source::{Fault, Source};

type Rule = fn(&[Source]) -> Vec<Fault>;

const RULES: [Rule; 11] = [
    files::every_rust_file_says_what_it_is,
    files::no_file_is_long,
    files::names_say_something,
    layers::every_layer_keeps_to_its_own,
    manifests::every_member_inherits_the_lints,
    manifests::the_domain_depends_on_next_to_nothing,
    documents::paths_in_documents_exist,
    documents::tables_say_what_their_sources_say,
    habits::nothing_is_silently_allowed,
    habits::tests_wait_for_conditions,
    habits::the_strictest_page_can_hold_us,
];

pub(crate) fn run() -> Result<()> {
    let faults = faults()?;
    for fault in &faults {
        println!("{fault}");
    }
    ensure!(faults.is_empty(), "{} to tidy up", faults.len());
    Ok(())
}

fn faults() -> Result<Vec<Fault>> {
    let sources = source::all_below(&project::root())?;
    Ok(RULES.iter().flat_map(|rule| rule(&sources)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_is_tidy() {
        let faults: Vec<_> =
            faults().expect("the repository can be read").iter().map(Fault::to_string).collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
