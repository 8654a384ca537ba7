//! `cargo xtask docs`: the tables in README.md that are made from the source they describe.
//!
//! `tidy` holds the page against the same function, so that a table cannot go stale.

use std::fs;

use anyhow::{Context, Result};

use crate::project;

/// Where the public variables of the style sheet stand.
pub(crate) const TOKENS: &str = "style/tokens.css";
/// Where the options of the backend stand.
pub(crate) const OPTIONS: &str = "backend/src/options.rs";

pub(crate) fn run() -> Result<()> {
    let root = project::root();
    let read =
        |path: &str| fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"));
    let page = with_tables(&read("README.md")?, &read(TOKENS)?, &read(OPTIONS)?);
    fs::write(root.join("README.md"), page).context("cannot write README.md")
}

/// The page with the tables as their sources have them.
pub(crate) fn with_tables(page: &str, tokens: &str, options: &str) -> String {
    with_options(&with_css_variables(page, tokens), options)
}

/// The table of the backend's options, as the program itself lists them.
fn with_options(page: &str, source: &str) -> String {
    let head = "| option | what it chooses, and what it is otherwise |\n| --- | --- |\n".to_owned();
    let rows = source.lines().filter_map(option).map(|[call, help]| format!("| `{call}` | {help} |\n"));
    between(page, "<!-- options -->\n", "<!-- /options -->", &(head + &rows.collect::<String>()))
}

/// How the option in a line of the program's list is called, and what it is for.
fn option(line: &str) -> Option<[String; 2]> {
    let (kind, arguments) = line.trim().split_once("(\"")?;
    let strings: Vec<&str> = arguments.strip_suffix("\"),")?.split("\", \"").collect();
    match (kind, strings[..].as_ref()) {
        ("option", [name, value, help]) => Some([format!("--{name} {value}"), (*help).to_owned()]),
        ("switch", [name, help]) => Some([format!("--{name}"), (*help).to_owned()]),
        _ => None,
    }
}

/// The page with the table of CSS variables as the style sheet has them.
fn with_css_variables(page: &str, tokens: &str) -> String {
    let head = "| variable | what it colours or measures |\n| --- | --- |\n".to_owned();
    let rows =
        tokens.lines().filter_map(css_variable).map(|(name, meaning)| format!("| `{name}` | {meaning} |\n"));
    between(page, "<!-- tokens -->\n", "<!-- /tokens -->", &(head + &rows.collect::<String>()))
}

/// The public variable that a line of the style sheet reads, with the comment behind it.
pub(crate) fn css_variable(line: &str) -> Option<(&str, &str)> {
    let (_, after) = line.split_once("var(--cercle-")?;
    let length = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')?;
    let start = line.len() - after.len() - "--cercle-".len();
    let (_, comment) = line.split_once("/*")?;
    let meaning = comment.trim_end().strip_suffix("*/")?.trim();
    Some((&line[start..start + "--cercle-".len() + length], meaning))
}

pub(crate) fn between(page: &str, from: &str, to: &str, text: &str) -> String {
    let found = page.split_once(from).and_then(|(before, rest)| Some((before, rest.split_once(to)?.1)));
    match found {
        Some((before, after)) => format!("{before}{from}{text}{to}{after}"),
        None => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_table_lists_public_variables_with_their_comments() {
        let tokens = ":host {\n  --_text: var(--cercle-color-text, var(--ds-text, #222)); /* reading text */\n  --_own: 1px; /* ours */\n}";
        let page = "Before\n<!-- tokens -->\nold\n<!-- /tokens -->\nAfter";
        expect![[r#"
            Before
            <!-- tokens -->
            | variable | what it colours or measures |
            | --- | --- |
            | `--cercle-color-text` | reading text |
            <!-- /tokens -->
            After"#]]
        .assert_eq(&with_css_variables(page, tokens));
    }

    #[test]
    fn the_table_of_options_says_what_the_program_says() {
        let source = "const fn switch(name: &str) {}\n    option(\"data\", \"DIR\", \"Where. [here]\"),\n    switch(\"sample\", \"Fill.\"),\n";
        let page = "<!-- options -->\nold\n<!-- /options -->";
        expect![[r#"
            <!-- options -->
            | option | what it chooses, and what it is otherwise |
            | --- | --- |
            | `--data DIR` | Where. [here] |
            | `--sample` | Fill. |
            <!-- /options -->"#]]
        .assert_eq(&with_options(page, source));
    }
}
