//! The macro for Confluence Cloud: the packed app under the policy that Forge's own packages make for it, with a stand-in
//! for Confluence behind the bridge (`tests/pages/confluence.js`). `CERCLE_FORGE` says where both are.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use cercle::app::screen::Mark;
use serde_json::{Value, json};

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::server::COMMUNITY;
use crate::rig::site::Answer;
use crate::rig::visit::Visit;
use crate::visits::accessibility::{has_no_faults, load_axe};
use crate::visits::frames::inside;

visits! {
    what_is_proposed_and_voted_for_in_the_macro_is_saved,
    the_macro_works_in_a_frame_of_another_site,
    the_macro_takes_language_and_theme_from_confluence,
    what_was_chosen_for_the_macro_comes_before_what_confluence_says,
    the_macro_is_no_higher_in_a_higher_frame,
    a_pasted_link_becomes_the_community_that_it_names,
    a_macro_that_names_no_community_says_what_to_do,
    a_token_of_the_backend_is_asked_for_through_confluence,
    the_macros_pages_say_that_they_belong_into_confluence,
    what_is_chosen_in_the_settings_is_handed_to_confluence,
    what_was_chosen_before_is_there_again,
    an_id_that_is_none_is_one_sentence_beside_the_field,
    settings_that_confluence_does_not_take_stay_in_their_fields,
    axe_finds_nothing_in_the_settings,
}

/// What Confluence allows in the frame of an app, as `@forge/csp` has it.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups \
    allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock";
const CI: &str = "Accélérer l’intégration continue";
/// The address that stands for the backend's in an app that was packed for nobody.
const NOBODYS: &str = "https://cercle.example.org";
const SAVED: &str =
    "return recorder.events.findLast(({ type }) => type === 'cercle-sync')?.detail.state === 'saved'";

fn what_is_proposed_and_voted_for_in_the_macro_is_saved(visit: &Visit) {
    let server = visit.server();
    let page = opened(
        visit,
        "macro",
        &server.url(),
        &reader("fr-FR", json!({ "config": { "community": COMMUNITY } })),
    );

    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
    page.becomes("all is saved", SAVED);
    let karim = Person::at(&server, "Karim");
    karim.votes_for(karim.topic(CI));
    assert_eq!(karim.tally(CI), 2);
}

/// As Confluence frames it; the site around it is ours.
fn the_macro_works_in_a_frame_of_another_site(visit: &Visit) {
    let server = visit.server();
    let said = reader("fr-FR", json!({ "config": { "community": COMMUNITY } }));
    let (policy, html) = served(visit, "macro", &server.url(), &said);
    let ancestors = format!("frame-ancestors {} ", visit.origin("a"));
    assert!(policy.contains("frame-ancestors "), "Forge says who may frame an app");
    let address = visit.address_under("b", &policy.replace("frame-ancestors ", &ancestors), &html);
    let page = visit.page(&format!(
        "<iframe src=\"{address}\" title=\"Cercle\" width=\"900\" height=\"700\" sandbox=\"{SANDBOX}\"></iframe>"
    ));
    inside(&page, |page| {
        page.propose(CI);
        page.topic(CI).vote();
        page.topic(CI).is_marked(Mark::Saved);
    });
    let karim = Person::at(&server, "Karim");
    karim.votes_for(karim.topic(CI));
    assert_eq!(karim.tally(CI), 2);
}

fn the_macro_takes_language_and_theme_from_confluence(visit: &Visit) {
    let server = visit.server();
    let mut said = reader("en-US", json!({ "config": { "community": COMMUNITY } }));
    said["theme"] = "dark".into();
    let page = opened(visit, "macro", &server.url(), &said);

    page.button("Propose a topic").is_there();
    page.becomes("it is dark", &theme_is("dark"));
    page.host_does("confluence.theme('light')");
    page.becomes("it is light", &theme_is("light"));
}

fn theme_is(theme: &str) -> String {
    format!("return getComputedStyle(document.querySelector('cercle-community')).colorScheme === '{theme}'")
}

fn what_was_chosen_for_the_macro_comes_before_what_confluence_says(visit: &Visit) {
    let server = visit.server();
    let config = json!({ "community": COMMUNITY, "view": "board", "language": "fr" });
    let link = format!("{}/embed/jardin", server.url());
    let said = reader("en-US", json!({ "config": config, "autoConvertLink": link }));
    let page = opened(visit, "macro", &server.url(), &said);

    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);
    page.thing("tab", fr().join_tab).is_gone();
    assert!(Person::at(&server, "Karim").sees(CI), "it went elsewhere");
}

fn the_macro_is_no_higher_in_a_higher_frame(visit: &Visit) {
    let server = visit.server();
    let many: Vec<_> = (1..=40).map(|number| wording(&format!("Sujet {number}"), "")).collect();
    Person::at(&server, "Karim").proposes_all(&many);
    let said = reader("fr-FR", json!({ "config": { "community": COMMUNITY } }));
    let page = opened(visit, "macro", &server.url(), &said);
    page.topic("Sujet 1").card().is_there();

    let height = || page.host_does("return document.body.offsetHeight").as_i64().unwrap_or_default();
    page.browser.resize(1280, 500);
    page.becomes("the frame is low", "return innerHeight < 520");
    let low = height();
    page.browser.resize(1280, 900);
    page.becomes("the frame is high", "return innerHeight > 600");
    assert_eq!(height(), low);
    assert!(low > 500, "dialogs have no room in {low} px");
}

fn a_pasted_link_becomes_the_community_that_it_names(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    for link in ["/embed/atelier", "/embed/atelier?lang=en&theme=dark", "/embed/atelier/#top"] {
        let link = server.url() + link;
        let page =
            opened(visit, "macro", &server.url(), &reader("fr-FR", json!({ "autoConvertLink": link })));
        page.topic(CI).card().is_there();
    }
}

fn a_macro_that_names_no_community_says_what_to_do(visit: &Visit) {
    let server = visit.server();
    let elsewhere = json!({ "config": {}, "autoConvertLink": "https://elsewhere.example/embed/atelier" });
    let longer = json!({ "autoConvertLink": format!("{}/embed/Bad Id!", server.url()) });
    for extension in [json!({}), elsewhere, longer] {
        let page = opened(visit, "macro", &server.url(), &reader("fr-FR", extension));
        page.says("Cette macro ne sait pas encore quel cercle montrer : modifiez la page,");
    }
    let page = opened(visit, "macro", &server.url(), &reader("de-DE", json!({})));
    page.says("This macro does not know yet which circle to show: edit the page,");
}

/// What a backend would have to do that knows visitors by tokens: no route of ours, which takes device keys only.
fn a_token_of_the_backend_is_asked_for_through_confluence(visit: &Visit) {
    let id = format!("{:032x}", 1);
    let empty = json!({ "epoch": id, "you": id, "cursor": "1", "reset": true, "rows": [], "receipts": [] });
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&heard);
    visit.site.put("/signed/", move |request| {
        let said = request.header("authorization").unwrap_or_default().to_owned();
        hearing.lock().expect("nobody panics with it").push(said);
        Answer::new(200, "application/json", empty.to_string())
    });
    let mut said = reader("fr-FR", json!({ "config": { "community": COMMUNITY } }));
    said["token"] = "signed\n".into();
    let backend = format!("{}/signed", visit.origin("a"));
    let page = opened_as(visit, "macro", &backend, &said, |html| {
        html.replace("name=\"cercle-token\" content=\"\"", "name=\"cercle-token\" content=\"/tokens\"")
    });

    page.button(fr().propose).is_there();
    page.becomes("all is saved", SAVED);
    assert_eq!(
        heard.lock().expect("nobody panics with it").first().map(String::as_str),
        Some("Bearer signed")
    );
    let asked = page.host_does("return confluence.asked.find(({ name }) => name === 'fetchRemote').payload");
    assert_eq!(asked["remoteKey"], "cercle");
    assert_eq!(asked["fetchRequestInit"]["path"], "/tokens");
}

fn the_macros_pages_say_that_they_belong_into_confluence(visit: &Visit) {
    for part in ["macro", "settings"] {
        let page =
            opened_as(visit, part, NOBODYS, &json!({}), |html| html.replace("/confluence.js", "/none.js"));
        page.becomes("one sentence", "return /Confluence/.test(document.body.innerText)");
        page.button("…").is_gone();
        // The stand-in that is not there is what this is about.
        page.host_does("recorder.faults.length = 0; sessionStorage.clear()");
    }
}

fn what_is_chosen_in_the_settings_is_handed_to_confluence(visit: &Visit) {
    let page = opened(visit, "settings", NOBODYS, &reader("fr-FR", json!({})));
    page.field("Cercle").has_focus();
    page.field("Cercle").write("atelier");
    page.thing("combobox", "Ce qu’elle montre").choose("L’inscription seule");
    page.thing("combobox", "Langue").choose("English");
    page.button("Enregistrer").click();
    submitted(&page, &json!({ "community": "atelier", "view": "signup", "language": "en" }));

    let page = opened(visit, "settings", NOBODYS, &reader("en-GB", json!({ "config": {} })));
    page.field("Circle").write("https://cercle.example.org/embed/jardin?lang=fr");
    page.button("Save").click();
    submitted(&page, &json!({ "community": "jardin", "view": "community", "language": "" }));
}

/// Waits until Confluence was handed these settings.
fn submitted(page: &Page, config: &Value) {
    let handed = "confluence.asked.filter(({ name }) => name === 'submit').map(({ payload }) => payload)";
    page.becomes("it was submitted", &format!("return {handed}.length > 0"));
    assert_eq!(page.host_does(&format!("return {handed}")), json!([{ "config": config }]));
}

fn what_was_chosen_before_is_there_again(visit: &Visit) {
    let config = json!({ "community": "jardin", "view": "board", "language": "fr" });
    let page = opened(visit, "settings", NOBODYS, &reader("fr-FR", json!({ "config": config })));
    page.field("Cercle").holds("jardin");
    page.thing("combobox", "Ce qu’elle montre").holds("board");
    page.thing("combobox", "Langue").holds("fr");
    page.button("Annuler").click();
    page.becomes("it was closed", "return confluence.asked.at(-1).name === 'close'");

    let link = "https://cercle.example.org/embed/jardin";
    let page = opened(visit, "settings", NOBODYS, &reader("fr-FR", json!({ "autoConvertLink": link })));
    page.field("Cercle").holds(link);
}

fn an_id_that_is_none_is_one_sentence_beside_the_field(visit: &Visit) {
    const SENTENCE: &str =
        "L’identifiant d’un cercle prend des minuscules, des chiffres et des traits d’union";
    let page = opened(visit, "settings", NOBODYS, &reader("fr-FR", json!({})));
    let field = page.field("Cercle");
    for nonsense in ["Bad Id!", "https://elsewhere.example/embed/atelier", &"a".repeat(65), " "] {
        field.write(nonsense);
        page.no_longer_says(SENTENCE);
        page.button("Enregistrer").click();
        page.says(SENTENCE);
        field.has_focus();
        field.is("aria-invalid", "true");
    }
    assert_eq!(page.host_does("return confluence.asked.some(({ name }) => name === 'submit')"), false);
}

fn settings_that_confluence_does_not_take_stay_in_their_fields(visit: &Visit) {
    let mut said = reader("fr-FR", json!({}));
    said["refuses"] = true.into();
    let page = opened(visit, "settings", NOBODYS, &said);
    page.field("Cercle").write("atelier");
    page.button("Enregistrer").click();
    page.says("Confluence n’a pas pris ces réglages. Rien n’est perdu : réessayez.");
    page.field("Cercle").holds("atelier");
}

fn axe_finds_nothing_in_the_settings(visit: &Visit) {
    for (locale, theme, save) in [("fr-FR", "light", "Enregistrer"), ("en-US", "dark", "Save")] {
        let mut said = reader(locale, json!({}));
        said["theme"] = theme.into();
        let page = opened(visit, "settings", NOBODYS, &said);
        page.button(save).click();
        page.becomes("it complains", "return document.querySelector('[role=alert]').textContent !== ''");
        load_axe(&page);
        has_no_faults(&page, "form", &format!("in {locale}, {theme}"));
    }
}

/// What Confluence says of a macro that somebody reads in this language.
fn reader(locale: &str, extension: Value) -> Value {
    json!({ "context": { "locale": locale, "extension": extension } })
}

/// A page of the app's as Forge would serve it, for a backend at this address.
fn opened(visit: &Visit, part: &'static str, backend: &str, said: &Value) -> Page {
    opened_as(visit, part, backend, said, |html| html)
}

fn opened_as(
    visit: &Visit,
    part: &'static str,
    backend: &str,
    said: &Value,
    altered: impl Fn(String) -> String,
) -> Page {
    let (policy, html) = served(visit, part, backend, said);
    visit.page_under(&policy, &altered(html))
}

/// The policy of such a page, and what is in it.
fn served(visit: &Visit, part: &'static str, backend: &str, said: &Value) -> (String, String) {
    visit.site.put("/confluence.js", |_| {
        Answer::new(200, "text/javascript", include_str!("../../pages/confluence.js"))
    });
    visit.site.put("/forge/", |request| {
        let path = request.path().trim_start_matches("/forge/");
        let kind = match path.rsplit('.').next() {
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            // What Forge's servers call WebAssembly nobody says.
            _ => "application/octet-stream",
        };
        Answer::new(200, kind, fs::read(forge().join("app/static").join(path)).unwrap_or_default())
    });
    let text = |path: &str| {
        let path = forge().join(path);
        let text = fs::read_to_string(&path);
        let text = text.unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        text.replace(NOBODYS, backend)
    };
    let said = said.to_string().replace('&', "&amp;").replace('"', "&quot;");
    let host = format!(
        "<meta charset=\"utf-8\"><meta name=\"confluence\" content=\"{said}\"><link rel=\"icon\" href=\"data:,\">\
         <script src=\"/recorder.js\"></script><script src=\"/confluence.js\"></script>"
    );
    let html = text(&format!("app/static/{part}/index.html"));
    let html = html.replace("<meta charset=\"utf-8\">", &host).replace("\"./", &format!("\"/forge/{part}/"));
    (text("policy.txt"), html)
}

fn forge() -> PathBuf {
    env::var_os("CERCLE_FORGE").map(PathBuf::from).expect("$CERCLE_FORGE names the packed app and its policy")
}
