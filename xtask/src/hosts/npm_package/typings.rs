//! The typings of the elements: `embed/npm/index.d.ts` with the attributes, and with a comment above each event.

use super::description::Description;

/// The line in whose place the attributes come.
const ATTRIBUTES: &str = "  // ATTRIBUTES\n";

pub(super) fn filled(typings: &str, what: &Description) -> String {
    let attributes = what.attributes.iter().map(|attribute| {
        let optional = if attribute.meaning.ends_with("; required") { "" } else { "?" };
        format!("  /** {} */\n  {}{optional}: {};\n", attribute.meaning, attribute.name, attribute.kind)
    });
    let typings = typings.replace(ATTRIBUTES, &attributes.collect::<String>());
    what.events.iter().fold(typings, |typings, event| {
        let line = format!("  '{}': CustomEvent<", event.name);
        typings.replace(&line, &format!("  /** {} */\n{line}", event.meaning))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::description::Named;
    use super::*;

    #[test]
    fn attributes_and_comments_are_filled_in() {
        let what = Description {
            elements: Vec::new(),
            attributes: vec![
                Named::new("community", "string", "its id; required"),
                Named::new("theme", "'auto'|'dark'", "`auto` follows the page"),
            ],
            events: vec![Named::new("cercle-voted", "", "a vote was placed")],
            variables: Vec::new(),
            get_token: String::new(),
        };
        let typings = "interface A {\n  // ATTRIBUTES\n}\ninterface E {\n  'cercle-voted': CustomEvent<{ on: boolean }>;\n}\n";
        expect![[r#"
            interface A {
              /** its id; required */
              community: string;
              /** `auto` follows the page */
              theme?: 'auto'|'dark';
            }
            interface E {
              /** a vote was placed */
              'cercle-voted': CustomEvent<{ on: boolean }>;
            }
        "#]]
        .assert_eq(&filled(typings, &what));
    }
}
