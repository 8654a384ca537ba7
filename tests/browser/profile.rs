//! What a board runs, told by a widget whose functions each leave a mark: everything else can come later.
//!
//! Used is: read, vote, take the vote back, come again, vote without a network, hear of others, look away, in both
//! languages and on a phone. Searching, narrowing, and whatever people open (a topic, a form, a menu) is not in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use cercle::text::Locale;
use cercle_domain::member::Skill;
use cercle_domain::topic::Wording;

use crate::rig::engine::Engine;
use crate::rig::page::Page;
use crate::rig::person::{Person, wording};
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit, element, in_a_page};

const TOPICS: usize = 12;

/// What runs or not depending on how much there is, and not on what people do.
const BY_SIZE: [&str; 6] =
    ["alloc::collections", "alloc::raw_vec", "core::slice::sort", "dlmalloc", "hashbrown", "indexmap"];

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

/// Looks away and back, and takes the element off the page: what nobody would wait for a network for.
const LEAVING: &str = "for (const name of ['visibilitychange', 'freeze']) document.dispatchEvent(new Event(name)); \
    window.dispatchEvent(new Event('pagehide')); window.dispatchEvent(new Event('online')); \
    document.querySelector('TAG').remove()";

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
    let by_size = |name: &&str| BY_SIZE.iter().any(|part| name.contains(part));
    let without: Vec<&str> = all.difference(&ran).map(String::as_str).filter(|name| !by_size(name)).collect();
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
        for (number, on) in [(1, true), (1, false), (5, true)] {
            let topic = page.topic(&format!("Sujet numéro {number}"));
            topic.vote();
            topic.has_my_vote(on);
            page.becomes("all is saved", SAVED);
        }
        note(&page);
        page.reload();
        page.becomes("every card is there", &every_card(tag));
        server.stop();
        page.topic("Sujet numéro 2").vote();
        page.becomes("it waits on this device", "return sync.waiting > 0");
        server.start_again();
        page.becomes("all is saved", SAVED);
        karim.votes_for(karim.topic("Sujet numéro 3"));
        page.topic("Sujet numéro 3").card().says("1 vote");
        page.topic("Sujet numéro 2").vote();
        page.becomes("all is saved", SAVED);
        page.browser.resize(390, 800);
        page.host_does(&format!("document.querySelector('{tag}').lang = 'en'"));
        page.says(Locale::En.text().search);
        page.host_does(&LEAVING.replace("TAG", tag));
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
