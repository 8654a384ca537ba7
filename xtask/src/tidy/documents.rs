//! Documents that name a file name one that is there: a map of rooms that have moved misleads.

use super::source::{Fault, Source};
use crate::docs;

const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "RELIABILITY.md"];

/// What a path of this repository begins with. Anything else in backticks is taken for something else: a
/// route, a module, a folder that is made rather than written.
const ROOMS: [&str; 11] =
    ["src", "style", "tests", "domain", "backend", "sim", "torture", "embed", "xtask", ".cargo", ".ci"];

pub(super) fn paths_in_documents_exist(sources: &[Source]) -> Vec<Fault> {
    let documents = sources.iter().filter(|source| DOCUMENTS.contains(&source.path.as_str()));
    let mut faults = Vec::new();
    for document in documents {
        for (line, text) in (1..).zip(document.text.lines()) {
            for path in in_backticks(text).flat_map(written_out).filter(|path| is_path(path)) {
                if !exists(&path, sources) {
                    faults.push(document.fault_at(line, format!("`{path}` does not exist")));
                }
            }
        }
    }
    faults
}

pub(super) fn tables_say_what_their_sources_say(sources: &[Source]) -> Vec<Fault> {
    let named = |path: &str| sources.iter().find(|source| source.path == path);
    let sources = (named("README.md"), named(docs::TOKENS), named(docs::OPTIONS));
    let (Some(page), Some(tokens), Some(options)) = sources else {
        return Vec::new();
    };
    let stale = docs::with_tables(&page.text, &tokens.text, &options.text) != page.text;
    if stale { vec![page.fault("a table is out of date: run `cargo xtask docs`")] } else { Vec::new() }
}

fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// `a/{b,c}/d` as `a/b/d` and `a/c/d`.
fn written_out(text: &str) -> Vec<String> {
    let Some((before, rest)) = text.split_once('{') else {
        return vec![text.to_owned()];
    };
    let Some((inside, after)) = rest.split_once('}') else {
        return vec![text.to_owned()];
    };
    inside.split(',').flat_map(|choice| written_out(&format!("{before}{}{after}", choice.trim()))).collect()
}

fn is_path(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "./_-*".contains(character);
    let room = text.split_once('/').is_some_and(|(room, _)| ROOMS.contains(&room));
    let at_the_top =
        [".md", ".toml", ".html"].iter().any(|ending| text.ends_with(ending)) && !text.contains('/');
    text.chars().all(plain) && (room || at_the_top)
}

/// Whether it is a file or a folder; what stands after a `*` is not looked at.
fn exists(path: &str, sources: &[Source]) -> bool {
    let (path, is_pattern) = path.split_once('*').map_or((path, false), |(before, _)| (before, true));
    let folder = format!("{}/", path.trim_end_matches('/'));
    let is_there = |source: &Source| source.path == path || source.path.starts_with(&folder);
    let begins = |source: &Source| is_pattern && source.path.starts_with(path);
    sources.iter().any(|source| is_there(source) || begins(source))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::check::check;
    use super::*;

    #[test]
    fn a_path_that_leads_nowhere_is_found_in_any_document() {
        check(
            paths_in_documents_exist,
            &[
                ("src/app/sync.rs", ""),
                ("style/card.css", ""),
                ("README.md", "See `src/app/sync.rs`, `src/app/`, `style/*.css` and `CONTRIBUTING.md`."),
                ("ARCHITECTURE.md", "\nFrom `src/{app,view}/` to `domain/src/apply.rs`."),
            ],
            expect![[r#"
                README.md:1: `CONTRIBUTING.md` does not exist
                ARCHITECTURE.md:2: `src/view/` does not exist
                ARCHITECTURE.md:2: `domain/src/apply.rs` does not exist"#]],
        );
    }

    #[test]
    fn a_table_that_lags_behind_its_source_is_found() {
        let page = "<!-- tokens -->\n<!-- /tokens -->";
        let tokens = "--_text: var(--cercle-color-text, #222); /* reading text */";
        check(
            tables_say_what_their_sources_say,
            &[("README.md", page), ("style/tokens.css", tokens), ("backend/src/options.rs", "")],
            expect!["README.md: a table is out of date: run `cargo xtask docs`"],
        );
    }

    #[test]
    fn what_is_no_path_of_this_repository_is_left_alone() {
        let text = "`/v1/openapi.json`, `dist/widget/`, `app::update`, `src/text/<lang>.rs`, `cargo xtask test`, `cercle.js`";
        check(paths_in_documents_exist, &[("README.md", text)], expect![""]);
    }
}
