//! What `custom-elements.json` of the package says of the elements is what they are and do, no less and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::hosting::a_whole_visit;
use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    the_manifest_knows_each_element_with_its_attributes_and_properties,
    a_whole_visit_shows_the_events_and_parts_of_the_manifest_and_no_others,
}

fn the_manifest_knows_each_element_with_its_attributes_and_properties(visit: &Visit) {
    let page = visit.page("");
    page.becomes("the elements are defined", "return Boolean(customElements.get('cercle-board'))");
    let declarations = declarations();
    let tags = declarations.iter().map(|declaration| declaration["tagName"].as_str().unwrap_or_default());
    assert_eq!(tags.collect::<Vec<_>>(), ["cercle-board", "cercle-signup", "cercle-community"]);
    for declaration in &declarations {
        let tag = &declaration["tagName"];
        let of = |script: &str| {
            list(&page.host_does(&format!("const kind = customElements.get({tag}); {script}")))
        };
        assert_eq!(
            of("return kind.observedAttributes"),
            names(&declaration["attributes"]),
            "attributes of {tag}"
        );
        assert_eq!(of(PROPERTIES), names(&declaration["members"]), "properties of {tag}");
    }
}

/// What a host page can read or write of an element beyond what all have.
const PROPERTIES: &str = "const own = []; \
    for (let at = kind.prototype; at !== HTMLElement.prototype; at = Object.getPrototypeOf(at)) \
      own.push(...Object.getOwnPropertyNames(at)); \
    return own.filter(name => name !== 'constructor' && !name.endsWith('Callback'))";

fn a_whole_visit_shows_the_events_and_parts_of_the_manifest_and_no_others(visit: &Visit) {
    let server = visit.server();
    let html = in_a_page("fr", &element("cercle-community", &server));
    let page = visit.page_at("a", &html.replace("<head>", &format!("<head><script>{SPY}</script>")));

    a_whole_visit(&page);
    page.thing("tab", fr().my_commitments).click();
    page.button(fr().later().leave).click();
    page.thing("tab", fr().join_tab).is_there();
    page.host_does("document.querySelector('cercle-community').setAttribute('community', 'Not One')");
    page.says(fr().later().bad_community);

    let declaration = declarations().pop().expect("the community is the last one");
    assert_eq!(list(&page.host_does("return seen.parts")), names(&declaration["cssParts"]), "parts");
    let carried = carried(&page);
    assert_eq!(carried.keys().cloned().collect::<BTreeSet<_>>(), names(&declaration["events"]), "events");
    for event in declaration["events"].as_array().into_iter().flatten() {
        let (always, sometimes) = fields(event["type"]["text"].as_str().unwrap_or_default());
        for details in &carried[event["name"].as_str().unwrap_or_default()] {
            let told = format!("{} carries {details:?}", event["name"]);
            assert!(always.is_subset(details), "{told}, which lacks some of {always:?}");
            assert!(
                details.is_subset(&(&always | &sometimes)),
                "{told}, more than {always:?} and {sometimes:?}"
            );
        }
    }
}

/// Sees every event that an element sends and every part that it ever draws, whether anybody listens or not.
const SPY: &str = "window.seen = { events: {}, parts: [] }; \
    const send = EventTarget.prototype.dispatchEvent; \
    EventTarget.prototype.dispatchEvent = function (event) { \
      if (this.localName?.startsWith('cercle-')) (seen.events[event.type] ??= []).push(Object.keys(event.detail ?? {})); \
      return send.call(this, event); \
    }; \
    const attach = Element.prototype.attachShadow; \
    Element.prototype.attachShadow = function (how) { \
      const root = attach.call(this, how); \
      const look = () => root.querySelectorAll('[part]').forEach(({ part }) => seen.parts.push(...part)); \
      new MutationObserver(look).observe(root, { subtree: true, childList: true, attributeFilter: ['part'] }); \
      return root; \
    }";

/// The events that were sent, each with the names of what it carried, each time.
fn carried(page: &Page) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let events = page.host_does("return seen.events");
    let times = |times: &Value| times.as_array().into_iter().flatten().map(list).collect();
    events.as_object().into_iter().flatten().map(|(name, all)| (name.clone(), times(all))).collect()
}

/// The names in `CustomEvent<{ topic: string; on?: boolean }>`: those that are always there, and those that may be.
fn fields(kind: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let inside =
        kind.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(inside, _)| inside);
    let named = inside.split(';').filter_map(|field| Some(field.split_once(':')?.0.trim().to_owned()));
    let (sometimes, always): (BTreeSet<_>, BTreeSet<_>) = named.partition(|name| name.ends_with('?'));
    (always, sometimes.iter().map(|name| name.trim_end_matches('?').to_owned()).collect())
}

fn declarations() -> Vec<Value> {
    let package =
        env::var_os("CERCLE_PACKAGE").map(PathBuf::from).expect("$CERCLE_PACKAGE is the package's folder");
    let text = fs::read_to_string(package.join("custom-elements.json")).expect("the package has a manifest");
    let manifest: Value = serde_json::from_str(&text).expect("the manifest is JSON");
    manifest["modules"][0]["declarations"].as_array().cloned().expect("the manifest has declarations")
}

fn names(things: &Value) -> BTreeSet<String> {
    let name = |thing: &Value| thing["name"].as_str().map(str::to_owned);
    things.as_array().into_iter().flatten().filter_map(name).collect()
}

fn list(values: &Value) -> BTreeSet<String> {
    values.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}
