//! French and English alike: every word on the page is of one language, and changes when the page asks for the other.

use std::collections::BTreeSet;

use cercle::text::Locale;
use cercle::text::shape::Plural;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::{Person, wording};
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    nothing_on_the_board_stays_in_the_other_language,
    nothing_in_a_topic_stays_in_the_other_language,
    nothing_in_a_proposal_stays_in_the_other_language,
    nothing_in_the_sign_up_stays_in_the_other_language,
    the_language_is_that_of_the_nearest_element_that_names_one,
    what_is_typed_outlives_a_change_of_language,
    numbers_are_counted_and_written_as_the_browser_would,
}

/// A title in neither language.
const TITLE: &str = "Lorem ipsum";

/// Words that are the same in both languages, beside numbers and names.
const BOTH: &[&str] = &["Backlog", "Intranet", "Code", "Camille", "Dolor sit amet", TITLE];

fn speak(page: &Page, lang: &str) {
    page.host_does(&format!("document.querySelector('cercle-community').setAttribute('lang', '{lang}')"));
}

/// What there is to hear is all different in English and in French, except what people wrote.
#[track_caller]
fn is_all_of_one_language(page: &Page, in_french: &str, in_english: &str) {
    page.says(in_french);
    let french: BTreeSet<String> = sayings(page);
    speak(page, "en");
    page.says(in_english);
    let english = sayings(page);
    let stayed: Vec<&String> =
        french.intersection(&english).filter(|saying| !BOTH.contains(&saying.as_str())).collect();
    assert!(stayed.is_empty(), "these are the same in French and in English: {stayed:#?}");
}

/// Names, descriptions and texts of at least three letters, without roles and states.
fn sayings(page: &Page) -> BTreeSet<String> {
    let ask = "const names = []; \
        for (const element of below(document.querySelector('cercle-community').shadowRoot)) { \
          if (roleOf(element)) names.push(nameOf(element)); \
          names.push(spaces(element.getAttribute('title') ?? ''), spaces(element.getAttribute('placeholder') ?? '')); \
          for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) names.push(spaces(node.data)); \
        } \
        return names";
    let names = page.look(ask, &json!(null)).expect("the page can be looked at");
    let names: Vec<String> = serde_json::from_value(names).expect("names are texts");
    names
        .into_iter()
        .filter(|name| name.chars().filter(|letter| letter.is_alphabetic()).count() > 2)
        .collect()
}

fn a_board(visit: &Visit) -> (crate::rig::server::Server, Page) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes_all(&[wording(TITLE, "Dolor sit amet")]);
    let page = visit.page(&element("cercle-community", &server));
    page.topic(TITLE).card().is_there();
    (server, page)
}

fn nothing_on_the_board_stays_in_the_other_language(visit: &Visit) {
    let (_server, page) = a_board(visit);
    page.topic(TITLE).vote();
    page.topic(TITLE).has_my_vote(true);
    is_all_of_one_language(&page, fr().propose, Locale::En.text().propose);
}

fn nothing_in_a_topic_stays_in_the_other_language(visit: &Visit) {
    let (_server, page) = a_board(visit);
    page.topic(TITLE).open();
    is_all_of_one_language(&page, fr().later().join_to_help, Locale::En.text().later().join_to_help);
}

fn nothing_in_a_proposal_stays_in_the_other_language(visit: &Visit) {
    let (_server, page) = a_board(visit);
    page.button(fr().propose).click();
    page.field(fr().question).write(TITLE);
    page.button(fr().later().go_on).click();
    is_all_of_one_language(&page, fr().later().a_little_more, Locale::En.text().later().a_little_more);
}

fn nothing_in_the_sign_up_stays_in_the_other_language(visit: &Visit) {
    let (_server, page) = a_board(visit);
    page.thing("tab", fr().join_tab).click();
    is_all_of_one_language(&page, fr().later().name_hint, Locale::En.text().later().name_hint);
    speak(&page, "fr");
    page.join("Camille");
    is_all_of_one_language(&page, fr().later().joined_free, Locale::En.text().later().joined_free);
}

fn the_language_is_that_of_the_nearest_element_that_names_one(visit: &Visit) {
    let server = visit.server();
    let (en, fr) = (Locale::En.text(), Locale::Fr.text());
    let board = element("cercle-board", &server);
    let expected = [
        (in_a_page("en", &board), en.propose),
        (in_a_page("fr-CA", &board), fr.propose),
        (in_a_page("en", &format!("<div lang=\"fr\">{board}</div>")), fr.propose),
        (in_a_page("fr", &board.replace("community=", "lang=\"en\" community=")), en.propose),
    ];
    for (html, propose) in expected {
        let page = visit.page_at("a", &html);
        page.button(propose).is_there();
    }
}

fn what_is_typed_outlives_a_change_of_language(visit: &Visit) {
    let (_server, page) = a_board(visit);
    page.thing("tab", fr().join_tab).click();
    page.field(fr().later().name).write("Camille");
    speak(&page, "en");
    page.field(Locale::En.text().later().name).holds("Camille");
    page.button(Locale::En.text().later().join).click();
    page.heading(Locale::En.text().later().joined).is_there();
}

/// Up to a thousand nothing is asked of the browser; plurals are never.
fn numbers_are_counted_and_written_as_the_browser_would(visit: &Visit) {
    let page = visit.page("");
    let numbers: Vec<usize> = (0..1_000).chain([1_000, 1_001, 1_000_000, 1_000_001, 2_000_000]).collect();
    for locale in Locale::ALL {
        let ask = |how: &str| {
            let told = page.host_does(
                &format!("return {numbers:?}.map((number) => {how})").replace("LANG", locale.tag()),
            );
            serde_json::from_value::<Vec<String>>(told).expect("the browser answers with texts")
        };
        let plurals: Vec<Plural> = ask("new Intl.PluralRules('LANG').select(number)")
            .iter()
            .map(|name| Plural::named(name))
            .collect();
        assert_eq!(numbers.iter().map(|number| locale.plural(*number)).collect::<Vec<_>>(), plurals);
        let written = ask("new Intl.NumberFormat('LANG').format(number)");
        assert!(
            numbers.iter().zip(&written).take(1_000).all(|(number, written)| number.to_string() == *written)
        );
    }
}
