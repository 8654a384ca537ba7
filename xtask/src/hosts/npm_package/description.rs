//! What the elements are and have, read from where it is written: attributes and events in the comment of their class,
//! what each element shows in README.md, CSS variables in the style sheet, what events carry in the typings.

use anyhow::{Context, Result, ensure};

use crate::docs;

#[derive(Debug, PartialEq)]
pub(super) struct Description {
    pub(super) elements: Vec<Named>,
    pub(super) attributes: Vec<Named>,
    pub(super) events: Vec<Named>,
    pub(super) variables: Vec<Named>,
    /// Of the property `getToken`.
    pub(super) get_token: String,
}

/// Something with a name, what it is, and its TypeScript type if it has one.
#[derive(Debug, PartialEq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) meaning: String,
}

impl Description {
    pub(super) fn read(class: &str, readme: &str, tokens: &str, typings: &str) -> Result<Self> {
        let attributes = tagged(class, "attr").collect();
        let mut events: Vec<Named> = tagged(class, "fires").collect();
        for event in &mut events {
            event.kind = type_of(typings, &event.name)
                .with_context(|| format!("embed/npm/index.d.ts does not know the event {}", event.name))?;
        }
        let variables = tokens.lines().filter_map(docs::css_variable);
        let what = Self {
            elements: readme.lines().filter_map(element).collect(),
            attributes,
            events,
            variables: variables.map(|(name, meaning)| Named::new(name, "", meaning)).collect(),
            get_token: comment_above(class, "get getToken()").context("getToken has no comment")?.to_owned(),
        };
        for (things, list) in [
            ("elements in README.md", &what.elements),
            ("attributes in element.js", &what.attributes),
            ("events in element.js", &what.events),
            ("variables in tokens.css", &what.variables),
        ] {
            ensure!(!list.is_empty(), "found no {things}");
        }
        Ok(what)
    }
}

impl Named {
    pub(super) fn new(name: &str, kind: &str, meaning: &str) -> Self {
        Self { name: name.to_owned(), kind: kind.to_owned(), meaning: meaning.to_owned() }
    }
}

/// The lines ` * @tag {type} name - meaning`, of which the type may be missing.
fn tagged<'text>(class: &'text str, tag: &str) -> impl Iterator<Item = Named> + use<'text> {
    let begin = format!("* @{tag} ");
    class.lines().filter_map(move |line| {
        let rest = line.trim_start().strip_prefix(&begin)?;
        let (kind, rest) =
            rest.strip_prefix('{').and_then(|rest| rest.split_once("} ")).unwrap_or(("", rest));
        let (name, meaning) = rest.split_once(" - ")?;
        Some(Named::new(name, kind, meaning))
    })
}

/// A row of the table of elements.
fn element(row: &str) -> Option<Named> {
    let (name, rest) = row.strip_prefix("| `<")?.split_once(">` | ")?;
    Some(Named::new(name, "", rest.strip_suffix(" |")?))
}

fn type_of(typings: &str, event: &str) -> Option<String> {
    let lines = typings.lines().map(str::trim);
    let mut kinds = lines.filter_map(|line| line.strip_prefix(&format!("'{event}': "))?.strip_suffix(';'));
    kinds.next().map(str::to_owned)
}

/// The comment of one line that stands above a line.
fn comment_above<'text>(text: &'text str, line: &str) -> Option<&'text str> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|here| here.starts_with(line))?;
    lines.get(at.checked_sub(1)?)?.strip_prefix("/** ")?.strip_suffix(" */")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = "\
        /**\n * @attr {'auto'|'dark'} theme - `auto` follows the page\n * @fires cercle-voted - a vote - or none\n */\n\
        class Cercle {\n  /** Gives a token. */\n  get getToken() {\n";
    const README: &str =
        "| element | what it shows |\n| --- | --- |\n| `<cercle-board>` | the backlog board |\n";
    const TOKENS: &str = "  --_text: var(--cercle-color-text, #222); /* reading text */";
    const TYPINGS: &str = "  'cercle-voted': CustomEvent<{ on: boolean }>;\n";

    #[test]
    fn everything_is_read_from_where_it_is_written() {
        let read = Description::read(CLASS, README, TOKENS, TYPINGS).unwrap();
        let expected = Description {
            elements: vec![Named::new("cercle-board", "", "the backlog board")],
            attributes: vec![Named::new("theme", "'auto'|'dark'", "`auto` follows the page")],
            events: vec![Named::new("cercle-voted", "CustomEvent<{ on: boolean }>", "a vote - or none")],
            variables: vec![Named::new("--cercle-color-text", "", "reading text")],
            get_token: "Gives a token.".to_owned(),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_missing_is_named() {
        let problem = |class, readme, tokens, typings| {
            Description::read(class, readme, tokens, typings).unwrap_err().to_string()
        };
        assert_eq!(
            problem(CLASS, README, TOKENS, ""),
            "embed/npm/index.d.ts does not know the event cercle-voted"
        );
        assert_eq!(problem(CLASS, "", TOKENS, TYPINGS), "found no elements in README.md");
        assert_eq!(problem(CLASS, README, "", TYPINGS), "found no variables in tokens.css");
        assert_eq!(problem("class Cercle {}", README, TOKENS, TYPINGS), "getToken has no comment");
    }
}
