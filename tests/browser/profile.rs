//! What a board runs, told by a widget whose functions each leave a mark: everything else can come later.
//!
//! "Used" is taken widely: read, search, narrow, vote, take back, come again, work offline, hear of others, in both
//! languages. What people open (a topic, a form, a menu) is not in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use cercle::text::Locale;
use cercle_domain::member::Skill;
use cercle_domain::topic::Wording;

use crate::rig::board::fr;

use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::{Person, wording};
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit, element, in_a_page};

const TOPICS: usize = 12;

/// Runs before everything else on the page: keeps the marks of every module within reach.
const REACH: &str = "<script>window.marks = []; for (const way of ['instantiate', 'instantiateStreaming']) { \
    const as_ever = WebAssembly[way]; \
    WebAssembly[way] = async (...given) => { \
      const made = await as_ever.apply(WebAssembly, given); \
      marks.push(Object.entries((made.instance ?? made).exports).filter(([name]) => name.startsWith('ran '))); \
      return made; \
    } } \
    addEventListener('cercle-sync', ({ detail }) => window.sync = detail)</script>";

const SAVED: &str = "return sync.state === 'saved' && sync.waiting === 0";

/// Every function with a mark, and whether it ran.
const RAN: &str =
    "return marks.flat().map(([name, mark]) => [name.replace(/^ran \\d+ /, ''), mark.value === 1])";

/// Writes the functions that a board does without, by their names, one a line.
pub(crate) fn write(file: &Path) -> ExitCode {
    if let Some(missing) = Engine::Chromium.missing() {
        println!("no profile: {missing}");
        return ExitCode::FAILURE;
    }
    let (site, browsers) = (Site::open(), Browsers::of(Engine::Chromium));
    let (mut all, mut ran) = (BTreeSet::new(), BTreeSet::new());
    let mut note = |page: &Page| {
        for mark in page.host_does(RAN).as_array().into_iter().flatten() {
            let name = mark[0].as_str().unwrap_or_default().to_owned();
            if mark[1] == true {
                ran.insert(name.clone());
            }
            all.insert(name);
        }
    };
    use_a_board(&Visit::new(&browsers, &site, 0), &mut note);
    let without: Vec<&str> = all.difference(&ran).map(String::as_str).collect();
    println!("a board runs {} of {} kinds of functions", ran.len(), all.len());
    match fs::write(file, without.join("\n") + "\n") {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{}: {problem}", file.display());
            ExitCode::FAILURE
        }
    }
}

fn use_a_board(visit: &Visit, note: &mut dyn FnMut(&Page)) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes_all(&(1..=TOPICS).map(topic).collect::<Vec<_>>());
    for (tag, device) in [("cercle-board", "a"), ("cercle-community", "b")] {
        let html = in_a_page("fr", &element(tag, &server)).replace("<main>", &format!("<main>{REACH}"));
        let page = visit.page_at(device, &html);
        page.becomes("every card is there", &every_card(tag));
        let topic = page.topic("Sujet numéro 1");
        topic.vote();
        topic.has_my_vote(true);
        page.becomes("all is saved", SAVED);
        note(&page);
        page.browser.resize(1280, 900);
    }
}

fn every_card(tag: &str) -> String {
    let cards = format!("document.querySelector('{tag}').shadowRoot.querySelectorAll('li.card h4').length");
    format!("return {cards} >= {TOPICS}")
}

fn topic(number: usize) -> Wording {
    let wants = vec![Skill(format!("Compétence {}", number % 7))];
    Wording { wants, ..wording(&format!("Sujet numéro {number}"), "Quarante minutes, une fois par mois.") }
}

fn look_around(page: &Page) {
    let topic = page.topic("Sujet numéro 1");
    topic.has_my_vote(false);
    topic.vote();
    page.becomes("all is saved", SAVED);
    let search = page.thing("searchbox", fr().search);
    search.write("SUJET numero 12");
    topic.card().is_gone();
    page.topic("Sujet numéro 12").card().is_there();
    search.write("sujet");
    topic.card().is_there();
    page.thing("combobox", fr().skill_label).choose("Compétence 2");
    topic.card().is_gone();
    page.thing("combobox", fr().skill_label).choose(fr().all_skills);
    let other = page.topic("Sujet numéro 12");
    page.button(fr().mine).click();
    other.card().is_gone();
    page.button(fr().mine).click();
    other.card().is_there();
    page.button(fr().ranking).click();
    page.says("Classement");
    page.button(fr().ranking).click();
    topic.vote();
    topic.has_my_vote(false);
    page.becomes("all is saved", SAVED);
}

/// Somebody else votes, proposes and moves a topic meanwhile.
fn meet(page: &Page, karim: &Person) {
    page.topic("Sujet numéro 2").vote();
    page.becomes("all is saved", SAVED);
    karim.votes_for(karim.topic("Sujet numéro 4"));
    karim.proposes("Sujet tout neuf");
    page.says("1 nouveauté");
}
