//! The user macro for Confluence Data Center, as the HTML that it comes to. What fills it in stands below and is no Velocity:
//! it knows the few words of the language that the macro uses.

use std::fs;
use std::path::Path;

use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::visit::Visit;

visits! {
    a_visit_with_the_user_macro_is_saved,
    the_user_macro_shows_what_was_chosen,
    what_people_write_into_the_user_macro_stays_in_its_attribute,
    a_user_macro_without_a_community_is_one_clear_sentence,
}

const CI: &str = "Accélérer l’intégration continue";

fn a_visit_with_the_user_macro_is_saved(visit: &Visit) {
    let server = visit.server();
    let page =
        page_with(visit, &server, &[("Community", COMMUNITY), ("View", "community"), ("Language", "auto")]);

    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).is_marked(Mark::Saved);
    let karim = Person::at(&server, "Karim");
    karim.votes_for(karim.topic(CI));
    assert_eq!(karim.tally(CI), 2);
}

fn the_user_macro_shows_what_was_chosen(visit: &Visit) {
    let server = visit.server();
    let page = page_with(visit, &server, &[("Community", COMMUNITY), ("View", "signup"), ("Language", "en")]);
    page.says("Join the circle");
    page.button(fr().propose).is_gone();

    let page = page_with(visit, &server, &[("Community", COMMUNITY), ("View", "board"), ("Language", "fr")]);
    page.button(fr().propose).is_there();
    page.thing("tab", fr().join_tab).is_gone();
}

fn what_people_write_into_the_user_macro_stays_in_its_attribute(visit: &Visit) {
    let server = visit.server();
    for hostile in [
        "\"><img src=x onerror=\"window.harmed = true\">",
        "\" onfocus=\"window.harmed = true\" tabindex=\"0\" autofocus x=\"",
        "</cercle-community><script>window.harmed = true</script>",
        "&quot;&gt;<b>",
        "$generalUtil.htmlEncode($paramView)",
        "#end #set($x = 1)",
    ] {
        let page =
            page_with(visit, &server, &[("Community", hostile), ("View", hostile), ("Language", hostile)]);
        page.says(fr().later().bad_community);
        let kept = "const { attributes } = document.querySelector('cercle-community'); \
                    return [...attributes].map(({ name }) => name).sort().join(' ') + '|' + attributes.community.value";
        assert_eq!(page.host_does(kept), format!("backend community lang|{hostile}"));
        assert_eq!(page.host_does("return window.harmed ?? false"), false);
    }
}

fn a_user_macro_without_a_community_is_one_clear_sentence(visit: &Visit) {
    let server = visit.server();
    let page = page_with(visit, &server, &[]);
    page.says(fr().later().bad_community);
}

/// The policy that a page needs on the day on which Confluence enforces one: the widget's address for scripts and requests.
fn policy(server: &Server) -> String {
    let backend = server.url();
    format!(
        "default-src 'self'; script-src 'self' {backend} 'wasm-unsafe-eval'; connect-src 'self' {backend}; \
         style-src 'self'; img-src 'self' data:"
    )
}

/// A page of Confluence's with the macro in it.
fn page_with(visit: &Visit, server: &Server, parameters: &[(&str, &str)]) -> Page {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("embed/confluence-data-center/cercle.vm");
    let template =
        fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    let body = filled_in(&template.replace("https://cercle.example.org", &server.url()), parameters);
    let html = format!(
        "<!doctype html><html lang=\"fr\" data-color-mode=\"light\"><head><meta charset=\"utf-8\"><title>Confluence</title>\
         <link rel=\"icon\" href=\"data:,\"><script src=\"/recorder.js\"></script></head><body><main>{body}</main></body></html>"
    );
    visit.page_under(&policy(server), &html)
}

/// What Velocity makes of the macro: comments go, one branch stays, references to what was given give way to it and all
/// others stay as they were written.
fn filled_in(template: &str, parameters: &[(&str, &str)]) -> String {
    let given = |name: &str| parameters.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
    let holds = |condition: &str| {
        let sides = condition.trim_matches(['(', ')', ' ']).split_once(" == ");
        let (name, value) = sides.unwrap_or_else(|| panic!("`{condition}` is not understood here"));
        name.strip_prefix("$param").and_then(given) == Some(value.trim_matches('"'))
    };
    let (mut html, mut shown, mut was_shown) = (String::new(), true, false);
    for line in template.lines() {
        let (word, condition) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "#if" => (shown, was_shown) = (holds(condition), holds(condition)),
            "#elseif" => (shown, was_shown) = (!was_shown && holds(condition), was_shown || holds(condition)),
            "#else" => shown = !was_shown,
            "#end" => shown = true,
            _ if word.starts_with("##") || !shown => {}
            _ => html += &(with_references(line, given) + "\n"),
        }
    }
    html
}

/// The line with each `$generalUtil.htmlEncode($paramName)` that has a value given way to it. What was filled in is not read
/// again.
fn with_references<'a>(line: &str, given: impl Fn(&str) -> Option<&'a str>) -> String {
    const BEFORE: &str = "$generalUtil.htmlEncode($param";
    let mut parts = line.split(BEFORE);
    let mut html = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(')').expect("a reference ends");
        match given(name) {
            Some(value) => html += &encoded(value),
            None => html.extend([BEFORE, name, ")"]),
        }
        html += rest;
    }
    html
}

fn encoded(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
