//! What a board runs, told by a widget whose functions and their regions each leave a mark: everything else can come
//! later.
//!
//! Used is: read, vote, take the vote back, come again, vote without a network, hear of others, look away, in both
//! languages and on a phone. Searching, narrowing, and whatever people open (a topic, a form, a menu) is not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use cercle::text::Locale;
use cercle_domain::member::{Size, Skill};
use cercle_domain::topic::{Stage, Wording};
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::{Person, wording};
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit, element, in_a_page};

const TOPICS: usize = 12;
/// At least as many has the sample.
const SAMPLE: usize = 30;

/// How often all of it is done: what comes before what is different each time.
const ROUNDS: usize = 2;
/// How often a board is opened again in a round, with nothing done in between, on a fast machine and a slow one in turn.
const RELOADS: usize = 6;

/// What runs or not depending on how much there is, and not on what people do.
const BY_SIZE: [&str; 6] =
    ["alloc::collections", "alloc::raw_vec", "core::slice::sort", "dlmalloc", "hashbrown", "indexmap"];

/// Within these, what is written or who is faster decides which regions run.
const BY_CHANCE: [&str; 12] = [
    "alloc::string",
    "char ",
    "cercle_domain::read",
    "cercle_domain::similar",
    "core::char",
    "core::fmt",
    "core::str",
    "serde_json",
    "str ",
    "tokio",
    "u32 ",
    "u64 ",
];

/// In every topic, for what reads letter by letter.
const TEXT: &str =
    "Quarante minutes, une fois par mois — d’après « l’œuvre » \\ \"1 234,5 €\" 🙂\n\n\tÀ bientôt";

/// Runs before everything else on the page: keeps the marks of every module within reach.
const REACH: &str = "<script>window.marks = []; for (const way of ['instantiate', 'instantiateStreaming']) { \
    const as_ever = WebAssembly[way]; \
    WebAssembly[way] = async (...given) => { \
      const made = await as_ever.apply(WebAssembly, given); \
      marks.push(Object.entries((made.instance ?? made).exports).filter(([name]) => name.startsWith('ran '))); \
      return made; \
    } } \
    addEventListener('cercle-sync', ({ detail }) => window.sync = detail); \
    addEventListener('unload', () => sessionStorage.ran = \
      marks.flat().flatMap(([name, mark]) => mark.value === 1 ? name : []).join(';'))</script>";

const SAVED: &str = "return sync.state === 'saved' && sync.waiting === 0";

/// Looks away and back, which nobody would wait for a network for. An element that is taken off the page is not in it:
/// what that runs takes its time, and by then the second module is mostly there.
const LEAVING: &str = "for (const name of ['visibilitychange', 'freeze']) document.dispatchEvent(new Event(name)); \
    window.dispatchEvent(new Event('pagehide')); window.dispatchEvent(new Event('online'))";

/// Every place with a mark, and whether it ran: the function, the region of it, and the region around that. What ran when
/// the page before this one went was kept.
const RAN: &str = "const before = new Set((sessionStorage.ran ?? '').split(';')); sessionStorage.clear(); \
    return marks.flat().map(([name, mark]) => [...name.split('#').slice(1), mark.value === 1 || before.has(name)])";

/// A function, or a region of it.
type Place = (String, String);

/// Writes what a board does without, one function a line: those that never run by their names, and behind the names of
/// the others which of their regions never do.
pub(crate) fn write(file: &Path) -> ExitCode {
    if let Some(missing) = Engine::Chromium.missing() {
        println!("no profile: {missing}");
        return ExitCode::FAILURE;
    }
    let (site, browsers) = (Site::open(), Browsers::of(Engine::Chromium));
    let (mut all, mut ran) = (BTreeMap::new(), BTreeSet::new());
    let mut note = |page: &Page| {
        for mark in page.host_does(RAN).as_array().into_iter().flatten() {
            let [function, region, around] =
                [0, 1, 2].map(|at| mark[at].as_str().unwrap_or_default().to_owned());
            let place = (function.clone(), region);
            if mark[3] == true {
                ran.insert(place.clone());
            }
            all.entry(place).or_insert_with(BTreeSet::new).insert((function, around));
        }
    };
    (0..ROUNDS).for_each(|_| use_boards(&browsers, &site, &mut note));
    println!("a board runs {} of {} kinds of places", ran.len(), all.len());
    let list = without(&all, &ran);
    match fs::write(file, list) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{}: {problem}", file.display());
            ExitCode::FAILURE
        }
    }
}

/// What never ran, although what is around it did.
fn without(all: &BTreeMap<Place, BTreeSet<Place>>, ran: &BTreeSet<Place>) -> String {
    let mut lines = BTreeMap::new();
    for ((function, region), around) in all {
        let by_size = BY_SIZE.iter().any(|part| function.contains(part));
        let by_chance = !region.is_empty() && BY_CHANCE.iter().any(|part| function.starts_with(part));
        let outermost = region.is_empty() || around.iter().any(|around| ran.contains(around));
        if !by_size && !by_chance && outermost && !ran.contains(&(function.clone(), region.clone())) {
            lines.entry(function).or_insert_with(|| vec![function.as_str()]).push(region);
        }
    }
    lines.values().map(|parts| parts.join("#").trim_end_matches('#').to_owned() + "\n").collect()
}

/// As many topics as there are communities.
fn use_boards(browsers: &Browsers, site: &Site, note: &mut dyn FnMut(&Page)) {
    let boards = ["cercle-board", "cercle-community"]
        .into_iter()
        .flat_map(|tag| [0, 1, TOPICS].map(|topics| (tag, topics)));
    for (number, (tag, topics)) in boards.enumerate() {
        let visit = Visit::new(browsers, site, number);
        if topics == 0 {
            use_an_empty_board(&visit, tag, note);
            use_the_sample(&visit, tag, note);
        } else {
            use_a_board(&visit, tag, topics, note);
            hear_of_others(&visit, tag, topics, note);
        }
    }
}

fn marked(tag: &str, server: &Server) -> String {
    in_a_page("fr", &element(tag, server)).replace("<main>", &format!("<main>{REACH}"))
}

fn use_an_empty_board(visit: &Visit, tag: &str, note: &mut dyn FnMut(&Page)) {
    let server = visit.server();
    let page = visit.page_at("a", &marked(tag, &server));
    page.heading(fr().welcome).is_there();
    Person::at(&server, "Karim").proposes("Sujet numéro 1");
    page.topic("Sujet numéro 1").vote();
    page.becomes("all is saved", SAVED);
    note(&page);
}

fn use_a_board(visit: &Visit, tag: &str, topics: usize, note: &mut dyn FnMut(&Page)) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes_all(&(1..=topics).map(topic).collect::<Vec<_>>());
    let (first, last) = ("Sujet numéro 1".to_owned(), format!("Sujet numéro {topics}"));
    let page = visit.page_at("a", &marked(tag, &server));
    page.becomes("every card is there", &every_card(tag, topics));
    for (title, on) in [(&first, true), (&first, false), (&last, true)] {
        page.topic(title).vote();
        page.topic(title).has_my_vote(on);
        page.becomes("all is saved", SAVED);
    }
    note(&page);
    come_again(&page, tag, topics, note);
    for _ in 0..RELOADS {
        page.topic(&first).vote();
        page.becomes("all is saved", SAVED);
        page.reload();
        page.becomes("every card is there", &every_card(tag, topics));
        note(&page);
    }
    // Comes again in the middle of something.
    page.topic(&first).vote();
    note(&page);
    page.reload();
    page.becomes("all is saved", SAVED);
    server.stop();
    page.topic(&first).vote();
    page.becomes("it waits on this device", "return sync.waiting > 0");
    note(&page);
    page.reload();
    page.becomes("every card is there", &every_card(tag, topics));
    page.topic(&last).vote();
    page.becomes("it waits on this device", "return sync.waiting > 0");
    server.start_again();
    page.becomes("all is saved", SAVED);
    page.browser.resize(390, 800);
    page.host_does(&format!("document.querySelector('{tag}').lang = 'en'"));
    page.says(Locale::En.text().search);
    page.host_does(LEAVING);
    note(&page);
    page.browser.resize(1280, 900);
}

/// A community of all stages, with members, sessions and all that cards can say.
fn use_the_sample(visit: &Visit, tag: &str, note: &mut dyn FnMut(&Page)) {
    let server = Server::start(&[visit.origin("a")], true);
    let page = visit.page_at("a", &marked(tag, &server).replace(COMMUNITY, "artisanat-logiciel"));
    page.becomes("every card is there", &every_card(tag, SAMPLE));
    note(&page);
    come_again(&page, tag, SAMPLE, note);
}

fn come_again(page: &Page, tag: &str, topics: usize, note: &mut dyn FnMut(&Page)) {
    for slower in [1, 4].into_iter().cycle().take(RELOADS) {
        page.browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": slower }));
        page.reload();
        page.becomes("every card is there", &every_card(tag, topics));
        page.becomes("all is saved", SAVED);
        note(page);
    }
    page.browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 1 }));
}

fn hear_of_others(visit: &Visit, tag: &str, topics: usize, note: &mut dyn FnMut(&Page)) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.facilitates(&server);
    let there = karim.proposes_all(&(1..=topics).map(topic).collect::<Vec<_>>());
    let page = visit.page_at("b", &marked(tag, &server));
    page.becomes("every card is there", &every_card(tag, topics));
    page.topic("Sujet numéro 1").vote();
    page.becomes("all is saved", SAVED);
    karim.votes_for(there[0]);
    page.topic("Sujet numéro 1").card().says("2 votes");
    karim.joins();
    karim.volunteers(there[0], Size::Quarter);
    karim.edits(there[0], 0, "Sujet numéro zéro");
    page.topic("Sujet numéro zéro").card().is_there();
    karim.moves(there[0], Stage::Backlog);
    karim.proposes("Sujet numéro cent");
    karim.edits(there[0], 1, "Sujet numéro un");
    page.topic("Sujet numéro un").card().is_there();
    // The same person in another tab.
    let tab = page.browser.tab();
    page.browser.open_tab();
    let other = visit.page_at("b", &marked(tag, &server));
    other.topic("Sujet numéro un").vote();
    other.becomes("all is saved", SAVED);
    note(&other);
    other.browser.close_tab();
    page.browser.turn_to(&tab);
    page.topic("Sujet numéro un").has_my_vote(false);
    page.topic("Sujet numéro un").vote();
    page.becomes("all is saved", SAVED);
    note(&page);
}

fn every_card(tag: &str, topics: usize) -> String {
    let cards = format!("document.querySelector('{tag}').shadowRoot.querySelectorAll('li.card h4').length");
    format!("return {cards} >= {topics}")
}

fn topic(number: usize) -> Wording {
    let wants = vec![Skill(format!("Compétence d’œuvre {}", number % 7))];
    Wording { wants, ..wording(&format!("Sujet numéro {number}"), TEXT) }
}
