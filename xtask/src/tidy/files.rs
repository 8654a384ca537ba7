//! What every file owes its reader: a name, a first line, an end in sight.

use std::path::Path;

use super::source::{Fault, Source};

const LONGEST: usize = 400;

/// Names under which anything could stand, and so, in time, everything does.
const EMPTY_NAMES: [&str; 12] = [
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "handler", "handlers", "service",
    "services", "misc",
];

pub(super) fn every_rust_file_says_what_it_is(sources: &[Source]) -> Vec<Fault> {
    let silent = |source: &&Source| source.is_rust() && !source.text.starts_with("//! ");
    sources
        .iter()
        .filter(silent)
        .map(|source| source.fault("begins without a `//!` that says what it is"))
        .collect()
}

pub(super) fn no_file_is_long(sources: &[Source]) -> Vec<Fault> {
    let written = sources.iter().filter(|source| source.has_ending(&["rs", "css", "js", "mjs", "html"]));
    written
        .filter_map(|source| {
            let lines = source.text.lines().count();
            (lines > LONGEST).then(|| source.fault(format!("{lines} lines, more than {LONGEST}")))
        })
        .collect()
}

pub(super) fn names_say_something(sources: &[Source]) -> Vec<Fault> {
    let named = sources.iter().filter(|source| source.has_ending(&["rs", "css", "js", "mjs"]));
    named
        .filter_map(|source| Some(source.fault(format!("`{}` says nothing", empty_name(&source.path)?))))
        .collect()
}

/// The first folder or file on this path whose name says nothing.
fn empty_name(path: &str) -> Option<&'static str> {
    let stem = Path::new(path).with_extension("");
    let names = stem.iter().map(|name| name.to_string_lossy().into_owned());
    let words: Vec<_> =
        names.flat_map(|name| name.split(['_', '-', '.']).map(str::to_owned).collect::<Vec<_>>()).collect();
    EMPTY_NAMES.into_iter().find(|empty| words.iter().any(|word| word == empty))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::check::check;
    use super::*;

    #[test]
    fn a_rust_file_begins_by_saying_what_it_is() {
        check(
            every_rust_file_says_what_it_is,
            &[
                ("src/app/model.rs", "//! What the widget knows.\n\npub struct Model;\n"),
                ("src/app/sync.rs", "// Not a word for the reader of the docs.\npub struct Sync;\n"),
                ("src/embed/element.js", "class Element {}\n"),
            ],
            expect!["src/app/sync.rs: begins without a `//!` that says what it is"],
        );
    }

    #[test]
    fn a_file_has_at_most_400_lines() {
        let (short, long) = ("line\n".repeat(400), "line\n".repeat(401));
        check(
            no_file_is_long,
            &[("style/card.css", &short), ("style/board.css", &long), ("CHANGELOG.md", &long)],
            expect!["style/board.css: 401 lines, more than 400"],
        );
    }

    #[test]
    fn a_name_that_says_nothing_is_refused_for_files_folders_and_parts_of_names() {
        check(
            names_say_something,
            &[("src/common/dates.rs", ""), ("src/app/vote_helper.rs", ""), ("src/app/servicing.rs", "")],
            expect![[r"
                src/common/dates.rs: `common` says nothing
                src/app/vote_helper.rs: `helper` says nothing"]],
        );
    }
}
