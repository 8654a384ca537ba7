//! `cargo xtask docs`: the tables in README.md that are made from the source they describe.
//!
//! `tidy` holds the page against the same function, so that a table cannot go stale.

use std::fs;

use anyhow::{Context, Result};

use crate::project;

pub(crate) fn run() -> Result<()> {
    let root = project::root();
    let read =
        |path: &str| fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"));
    let page = with_css_variables(&read("README.md")?, &read("style/tokens.css")?);
    fs::write(root.join("README.md"), page).context("cannot write README.md")
}

/// The page with the table of CSS variables as the style sheet has them.
pub(crate) fn with_css_variables(page: &str, tokens: &str) -> String {
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
}
