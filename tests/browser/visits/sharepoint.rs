//! The package for SharePoint as SharePoint loads it: its bundle under the policy of SharePoint Online, its WebAssembly
//! without a type, the framework played by `tests/pages/sharepoint.js`. `CERCLE_SPPKG` has both
//! packages, unpacked.

use std::env;
use std::fs;
use std::path::PathBuf;

use cercle::app::screen::Mark;
use serde_json::{Value, json};

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::site::Answer;
use crate::rig::visit::Visit;
use crate::visits::hosting::DELETE_DATABASES;

visits! {
    a_web_part_takes_a_topic_and_a_vote_that_are_saved,
    a_web_part_that_is_drawn_again_is_still_one_element,
    a_web_part_wears_the_theme_of_its_section,
    a_web_part_that_is_disposed_of_leaves_nothing,
    a_web_part_without_settings_says_what_to_do,
    a_web_part_without_settings_speaks_the_language_of_the_page,
    a_web_part_shows_the_element_and_the_language_that_were_chosen,
    a_web_part_asks_sharepoint_for_tokens_if_it_is_told_for_whom,
    the_property_pane_has_a_field_for_everything_in_both_languages,
    the_property_pane_says_what_is_wrong_in_one_sentence,
    a_web_part_works_from_the_cdn_of_a_tenant,
    a_web_part_with_everything_in_its_script_takes_a_topic_and_a_vote,
}

const WEB_PART: &str = "2d53e43b-7f71-4cb5-bc3c-d599060dd2df";

/// As SharePoint Online sends it, with a few of its many hosts.
const POLICY: &str = "script-src 'unsafe-eval' 'self' https://contentstorage.osi.office.net https://res-1.cdn.office.net \
    https://public-cdn.sharepointonline.com *.cdn.office.net https://shell.cdn.office.net 'nonce-mvvlikiedo'";

const CI: &str = "Accélérer l’intégration continue";

fn a_web_part_takes_a_topic_and_a_vote_that_are_saved(visit: &Visit) {
    let server = visit.server();
    let page = a_page_with(visit, "fr-FR", &settings(&server.url()));
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).is_marked(Mark::Saved);
    let karim = Person::at(&server, "Karim");
    karim.votes_for(karim.topic(CI));
    assert_eq!(karim.tally(CI), 2, "the vote is on the server");
}

fn a_web_part_that_is_drawn_again_is_still_one_element(visit: &Visit) {
    let server = visit.server();
    let page = a_page_with(visit, "fr-FR", &settings(&server.url()));
    page.propose(CI);
    page.host_does("window.first = document.querySelector('cercle-community'); host.webPart.render()");
    let same =
        "const all = document.querySelectorAll('#web-part *'); return all.length === 1 && all[0] === first";
    assert_eq!(page.host_does(same), true);
    // A page that empties what is the web part's gets the same element back.
    page.host_does("document.querySelector('#web-part').replaceChildren(); host.webPart.render()");
    assert_eq!(page.host_does(same), true);
    page.topic(CI).card().is_there();
}

fn a_web_part_wears_the_theme_of_its_section(visit: &Visit) {
    let server = visit.server();
    let page = a_page_with(visit, "fr-FR", &settings(&server.url()));
    page.button(fr().propose).is_there();

    page.host_does(&format!("host.webPart.onThemeChanged({})", neutral()));
    assert_eq!(worn(&page, "color-text"), "#323130");
    assert_eq!(worn(&page, "color-surface"), "#f3f2f1");
    assert_eq!(worn(&page, "color-raised"), "#ffffff", "cards are as light as the theme's inputs");
    assert_eq!(worn(&page, "color-accent"), "#106ebe");
    assert_eq!(worn(&page, "color-danger"), "#a4262c");
    assert_eq!(worn(&page, "font"), "Segoe UI");
    assert_eq!(page.host_does(&format!("{WIDGET} return widget.getAttribute('theme')")), "light");
    let colour = "const root = widget.shadowRoot.querySelector('.root'); return getComputedStyle(root).color";
    assert_eq!(page.host_does(&format!("{WIDGET} {colour}")), "rgb(50, 49, 48)", "they reach the widget");

    page.host_does(&format!("host.webPart.onThemeChanged({})", strong()));
    assert_eq!(worn(&page, "color-text"), "#ffffff");
    assert_eq!(worn(&page, "color-raised"), "#0078d4", "white is never written on the white of an input");
    assert_eq!(worn(&page, "color-danger"), "#ffffff");
    assert_eq!(page.host_does(&format!("{WIDGET} return widget.getAttribute('theme')")), "dark");

    page.host_does("host.webPart.onThemeChanged(undefined)");
    assert_eq!(worn(&page, "color-text"), "", "without a theme the widget has its own colours");
    assert_eq!(page.host_does(&format!("{WIDGET} return widget.hasAttribute('theme')")), false);
}

fn a_web_part_that_is_disposed_of_leaves_nothing(visit: &Visit) {
    let server = visit.server();
    let page = a_page_with(visit, "fr-FR", &settings(&server.url()));
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);
    page.host_does("host.webPart.onDispose()");
    assert_eq!(page.host_does("return document.querySelector('#web-part').childNodes.length"), 0);
    assert_eq!(
        page.browser.run_async(DELETE_DATABASES, &[]).ok(),
        Some(true.into()),
        "nobody holds on to it"
    );
}

fn a_web_part_without_settings_says_what_to_do(visit: &Visit) {
    let page = a_page_with(visit, "fr-FR", &json!({}));
    page.says("Modifiez cette page, ouvrez le volet de propriétés de ce composant, puis saisissez l’adresse du serveur");
    assert_eq!(page.host_does("return document.querySelectorAll('#web-part *').length"), 1);
    page.host_does(
        "host.webPart.properties = { backend: 'https://cercle.example.org' }; host.webPart.render()",
    );
    page.says("et l’identifiant de la communauté.");
    page.host_does(
        "host.webPart.properties = { backend: 'ftp://cercle', community: 'atelier' }; host.webPart.render()",
    );
    page.says("http:// ne vaut que pour localhost.");

    // What the pane would not take may still come from a script.
    let server = visit.server();
    page.host_does(&format!(
        "host.webPart.properties = {{ backend: ' {}/ ', community: ' atelier ', view: 'nonsense' }}; host.webPart.render()",
        server.url()
    ));
    page.button(fr().propose).is_there();
    page.no_longer_says("ne vaut que pour localhost");
    assert_eq!(page.host_does("return document.querySelectorAll('#web-part *').length"), 1);
}

fn a_web_part_without_settings_speaks_the_language_of_the_page(visit: &Visit) {
    let page = a_page_with(visit, "en-US", &json!({}));
    page.says(
        "Edit this page, open the property pane of this web part, and enter the address of the backend",
    );
}

fn a_web_part_shows_the_element_and_the_language_that_were_chosen(visit: &Visit) {
    let server = visit.server();
    let chosen =
        json!({ "backend": server.url(), "community": COMMUNITY, "view": "signup", "language": "fr" });
    let page = a_page_with(visit, "en-US", &chosen);
    page.field(fr().later().name).is_there();
    assert_eq!(
        page.host_does("return document.querySelector('#web-part').firstChild.localName"),
        "cercle-signup"
    );

    page.host_does("host.webPart.properties.view = 'board'; host.webPart.render()");
    page.button(fr().propose).is_there();
    page.host_does("host.webPart.properties.language = 'auto'; host.webPart.render()");
    page.button("Propose a topic").is_there();
    assert_eq!(page.host_does("return document.querySelectorAll('#web-part *').length"), 1);
}

fn a_web_part_asks_sharepoint_for_tokens_if_it_is_told_for_whom(visit: &Visit) {
    let server = visit.server();
    let page = a_page_with(visit, "fr-FR", &settings(&server.url()));
    page.button(fr().propose).is_there();
    assert_eq!(page.host_does(&format!("{WIDGET} return typeof widget.getToken")), "undefined");

    page.host_does("host.webPart.properties.resource = 'api://cercle'; host.webPart.render()");
    page.becomes("the widget asked for a token", "return host.asked.includes('api://cercle')");
    let ask = format!("const done = arguments[0]; {WIDGET} widget.getToken().then(done, done)");
    let before = page.host_does("return host.asked.length").as_u64().unwrap_or_default();
    let token = page.browser.run_async(&ask, &[]).unwrap_or_default();
    assert!(token.as_str().is_some_and(|token| token.ends_with("for api://cercle")), "{token}");
    assert!(
        page.host_does("return host.asked.length").as_u64() > Some(before),
        "SharePoint is asked each time"
    );

    page.host_does("host.webPart.properties.resource = ''; host.webPart.render()");
    assert_eq!(page.host_does(&format!("{WIDGET} return typeof widget.getToken")), "undefined");
}

fn the_property_pane_has_a_field_for_everything_in_both_languages(visit: &Visit) {
    let names = json!(["backend", "community", "view", "language", "resource"]);
    for (culture, labels) in [
        ("fr-FR", ["Adresse du serveur", "Identifiant de la communauté", "Ce qui est affiché", "Langue"]),
        ("en-US", ["Address of the backend", "Id of the community", "What is shown", "Language"]),
    ] {
        let page = a_page_with(visit, culture, &json!({}));
        assert_eq!(page.host_does(&format!("{FIELDS} return fields.map((field) => field.target)")), names);
        let said = page.host_does(&format!("{FIELDS} return fields.map((field) => field.properties.label)"));
        let said: Vec<&str> = said.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(said[..4], labels, "{culture}");
        let choices =
            "return fields.flatMap(({ properties }) => properties.options?.map(({ key }) => key) ?? [])";
        let keys = json!(["community", "board", "signup", "auto", "fr", "en"]);
        assert_eq!(page.host_does(&format!("{FIELDS} {choices}")), keys);
    }
}

fn the_property_pane_says_what_is_wrong_in_one_sentence(visit: &Visit) {
    let page = a_page_with(visit, "en-US", &json!({}));
    let wrong = |name: &str, typed: &str| {
        let of = format!("fields.find(({{ target }}) => target === '{name}').properties.onGetErrorMessage");
        let said = page.host_does(&format!("{FIELDS} return {of}({typed:?})"));
        said.as_str().unwrap_or_default().to_owned()
    };
    for fine in ["", "https://cercle.example.org", " https://example.org/cercle/ ", "http://localhost:8080"] {
        assert_eq!(wrong("backend", fine), "", "{fine}");
    }
    for bad in [
        "cercle",
        "http://cercle.example.org",
        "https://",
        "javascript:alert(1)",
        "https://me:word@example.org",
    ] {
        let said = wrong("backend", bad);
        assert!(said.starts_with("The address of the backend begins with https://"), "{bad}: {said}");
    }
    for fine in ["", "atelier", "a-1", &"a".repeat(64)] {
        assert_eq!(wrong("community", fine), "", "{fine}");
    }
    for bad in ["Atelier", "é", "a b", "a/b", &"a".repeat(65)] {
        let said = wrong("community", bad);
        assert!(said.starts_with("The id of a community has lower-case letters"), "{bad}: {said}");
    }
    for fine in ["", "api://cercle", "https://example.org/cercle", "080ad9f7-47d9-407c-b7bd-01d4ced57914"] {
        assert_eq!(wrong("resource", fine), "", "{fine}");
    }
    assert!(wrong("resource", "my application").starts_with("An application ID URI begins with api://"));
}

fn a_web_part_works_from_the_cdn_of_a_tenant(visit: &Visit) {
    let server = visit.server();
    let cdn = visit.site.origin("public-cdn");
    let policy = POLICY.replace("https://public-cdn.sharepointonline.com", &cdn);
    let page = a_page_that_loads(visit, "cercle", &policy, &cdn, "fr-FR", &settings(&server.url()));
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);
    page.topic(CI).open();
}

fn a_web_part_with_everything_in_its_script_takes_a_topic_and_a_vote(visit: &Visit) {
    let server = visit.server();
    let page = a_page_that_loads(visit, "cercle-inline", POLICY, "", "fr-FR", &settings(&server.url()));
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.topic(CI).open();
    let loaded =
        "return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length";
    assert_eq!(page.host_does(loaded), 0, "no file with WebAssembly is asked for");
}

/// The widget on the page.
const WIDGET: &str = "const widget = document.querySelector('#web-part').firstChild;";

/// The fields of the property pane.
const FIELDS: &str = "const fields = host.webPart.getPropertyPaneConfiguration().pages \
    .flatMap(({ groups }) => groups).flatMap(({ groupFields }) => groupFields);";

/// A theme's section with a neutral background, as Fluent makes them.
fn neutral() -> Value {
    json!({
        "isInverted": false,
        "fonts": { "medium": { "fontFamily": "Segoe UI" } },
        "semanticColors": {
            "bodyText": "#323130", "bodySubtext": "#605e5c", "bodyBackground": "#f3f2f1",
            "bodyStandoutBackground": "#edebe9", "bodyDivider": "#e1dfdd",
            "inputBackground": "#ffffff", "inputText": "#323130", "errorText": "#a4262c",
            "primaryButtonBackground": "#106ebe", "primaryButtonText": "#ffffff",
            "link": "#106ebe", "focusBorder": "#605e5c",
        },
    })
}

/// The same with a strong one: white on blue, while inputs stay dark on white.
fn strong() -> Value {
    json!({
        "isInverted": true,
        "semanticColors": {
            "bodyText": "#ffffff", "bodySubtext": "#ffffff", "bodyBackground": "#0078d4",
            "bodyStandoutBackground": "#106ebe", "bodyDivider": "#71afe5",
            "inputBackground": "#ffffff", "inputText": "#323130", "errorText": "#a4262c",
            "primaryButtonBackground": "#ffffff", "primaryButtonText": "#0078d4",
            "link": "#ffffff", "focusBorder": "#ffffff",
        },
    })
}

fn worn(page: &Page, variable: &str) -> Value {
    page.host_does(&format!("{WIDGET} return widget.style.getPropertyValue('--cercle-{variable}')"))
}

/// What SharePoint tells a web part of its section.
type Theme = fn() -> Value;

/// Sections of a page, by the names of their pictures.
pub(crate) const SECTIONS: [(&str, Theme); 2] = [("sharepoint", neutral), ("sharepoint-strong", strong)];

/// The web part with the sample's community in such a section, on its ground.
pub(crate) fn in_a_section(visit: &Visit, server: &Server, theme: &Value) -> Page {
    let mut settings = settings(&server.url());
    settings["community"] = json!("artisanat-logiciel");
    let page = a_page_with(visit, "fr-FR", &settings);
    let ground = &theme["semanticColors"]["bodyBackground"];
    page.host_does(&format!(
        "host.webPart.onThemeChanged({theme}); document.body.style.background = {ground}"
    ));
    page
}

fn settings(backend: &str) -> Value {
    json!({ "backend": backend, "community": COMMUNITY, "view": "community", "language": "auto", "resource": "" })
}

/// A page in this language with the web part on it, drawn once.
fn a_page_with(visit: &Visit, culture: &str, settings: &Value) -> Page {
    a_page_that_loads(visit, "cercle", POLICY, "", culture, settings)
}

fn a_page_that_loads(
    visit: &Visit,
    package: &'static str,
    policy: &str,
    library: &str,
    culture: &str,
    settings: &Value,
) -> Page {
    visit.site.put("/sharepoint/", move |request| {
        packed(package, request.path().trim_start_matches("/sharepoint/"))
    });
    visit.site.put("/sharepoint-host.js", |_| Answer::new(200, "text/javascript", HOST));
    let page = visit.page_under(policy, include_str!("../../pages/sharepoint.html"));
    let start = "const done = arguments[4]; host.start(arguments[0], arguments[1], arguments[2], arguments[3]) \
                 .then(() => { host.webPart.render(); done('drawn'); }, (problem) => done(String(problem)))";
    let arguments = [library.into(), WEB_PART.into(), culture.into(), settings.clone()];
    assert_eq!(page.browser.run_async(start, &arguments), Ok("drawn".into()));
    page
}

const HOST: &str = include_str!("../../pages/sharepoint.js");

/// A file of a package, as libraries of SharePoint hand them out that know no WebAssembly.
fn packed(package: &str, name: &str) -> Answer {
    let packages = env::var_os("CERCLE_SPPKG").map(PathBuf::from);
    let folder = packages.expect("$CERCLE_SPPKG has the unpacked packages").join(package);
    let kind = match name.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("xml") => "text/xml",
        _ => "application/octet-stream",
    };
    match fs::read(folder.join(name)) {
        Ok(bytes) => {
            let mut answer = Answer::new(200, kind, bytes);
            answer.headers.push(("access-control-allow-origin".to_owned(), "*".to_owned()));
            answer.headers.push(("x-content-type-options".to_owned(), "nosniff".to_owned()));
            answer
        }
        Err(problem) => Answer::new(404, "text/plain", format!("{name}: {problem}")),
    }
}
