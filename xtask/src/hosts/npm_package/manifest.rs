//! `custom-elements.json`, which editors and catalogues of components read: version 2.1.0 of its schema.
//!
//! That it tells the truth about elements, attributes, events and parts is looked at in the browsers:
//! `tests/browser/visits/manifest.rs`.

use serde_json::{Value, json};

use super::description::{Description, Named};
use crate::widget::SCRIPT;

/// What a host page may style by `::part()`.
const PARTS: [(&str, &str); 6] = [
    ("root", "all of the widget"),
    ("header", "the name of the community, and what stands beside it"),
    ("card", "a topic on the board"),
    ("button", "a button with words in it"),
    ("input", "what a person writes into or chooses from"),
    ("status", "a sentence that something is wrong or waits"),
];

pub(super) fn of(what: &Description) -> String {
    let declarations: Vec<Value> = what.elements.iter().map(|element| declaration(element, what)).collect();
    let exports = what.elements.iter().map(|element| {
        json!({
            "kind": "custom-element-definition",
            "name": element.name,
            "declaration": { "name": class(&element.name), "module": SCRIPT },
        })
    });
    let module = json!({
        "kind": "javascript-module",
        "path": SCRIPT,
        "declarations": declarations,
        "exports": exports.collect::<Vec<_>>(),
    });
    let manifest = json!({ "schemaVersion": "2.1.0", "readme": "README.md", "modules": [module] });
    format!("{manifest:#}\n")
}

fn declaration(element: &Named, what: &Description) -> Value {
    let typed = |thing: &Named| json!({ "name": thing.name, "type": { "text": thing.kind }, "description": thing.meaning });
    let variable = |variable: &Named| json!({ "name": variable.name, "description": variable.meaning });
    let parts = PARTS.map(|(name, description)| json!({ "name": name, "description": description }));
    json!({
        "kind": "class",
        "customElement": true,
        "name": class(&element.name),
        "tagName": element.name,
        "description": element.meaning,
        "superclass": { "name": "HTMLElement" },
        "attributes": what.attributes.iter().map(typed).collect::<Vec<_>>(),
        "members": [{
            "kind": "field",
            "name": "getToken",
            "type": { "text": "(() => string | Promise<string>) | undefined" },
            "description": what.get_token,
        }],
        "events": what.events.iter().map(typed).collect::<Vec<_>>(),
        "cssParts": parts,
        "cssProperties": what.variables.iter().map(variable).collect::<Vec<_>>(),
    })
}

/// The name of an element's class: `cercle-board` is a `CercleBoard`.
fn class(tag: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    tag.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_has_everything_that_the_description_knows() {
        let what = Description {
            elements: vec![
                Named::new("cercle-board", "", "the board"),
                Named::new("cercle-signup", "", "joining"),
            ],
            attributes: vec![Named::new("community", "string", "its id")],
            events: vec![Named::new("cercle-voted", "CustomEvent<{ on: boolean }>", "a vote")],
            variables: vec![Named::new("--cercle-radius", "", "corners")],
            get_token: "Gives a token.".to_owned(),
        };
        let manifest: Value = serde_json::from_str(&of(&what)).expect("it is JSON");
        let declarations = manifest["modules"][0]["declarations"].as_array().expect("a list");
        assert_eq!(declarations.len(), 2);
        for (declaration, class) in declarations.iter().zip(["CercleBoard", "CercleSignup"]) {
            assert_eq!(declaration["name"], class);
            assert_eq!(declaration["attributes"][0]["name"], "community");
            assert_eq!(declaration["events"][0]["type"]["text"], "CustomEvent<{ on: boolean }>");
            assert_eq!(declaration["cssProperties"][0]["description"], "corners");
            assert_eq!(declaration["members"][0]["description"], "Gives a token.");
        }
    }
}
