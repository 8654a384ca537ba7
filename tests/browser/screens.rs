//! Every screen of the widget, each on a page of its own: what the accessibility tests look at and pictures are taken of.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use cercle_domain::member::{Size, Skill};
use cercle_domain::topic::{Stage, Wording};

use crate::rig::board::fr;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::server::Server;
use crate::rig::visit::{MUCH_LATER, Visit, after, alone, element, in_a_page};

/// A page that shows something, and the server that has to stay.
pub(crate) type Shown = (Option<Server>, Page);

const CI: &str = "Accélérer l’intégration continue";

/// Hands the names of all screens to a macro.
macro_rules! every_screen {
    ($macro:ident) => {
        $macro! {
            board,
            board_before_any_vote,
            ranking,
            news,
            unfolded,
            empty,
            nothing_found,
            menu,
            topic,
            editing,
            conflict,
            proposal,
            signup,
            signup_without_a_name,
            joined,
            mine,
            asked_again,
            erase,
            code,
            settings,
            merge,
            offline,
            refusal,
            importing,
            memory_only,
            blocked,
            bad_community,
        }
    };
}
pub(crate) use every_screen;

/// A community with something of everything, and a page of it.
fn full(visit: &Visit) -> (Server, Page) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = |title: &str, skills: &[&str]| Wording {
        title: title.to_owned(),
        text: "Quarante minutes avant de savoir si l’on a cassé quelque chose.".to_owned(),
        wants: skills.iter().map(|skill| Skill((*skill).to_owned())).collect(),
    };
    let topics = karim.proposes_all(&[
        topic(CI, &["Docker", "GitLab CI", "cache", "SQL"]),
        topic("Relire à plusieurs", &[]),
        topic("Journaux lisibles", &["Rust"]),
        topic("Une charte de nommage", &[]),
    ]);
    karim.joins();
    karim.facilitates(&server);
    karim.volunteers(topics[0], Size::Host);
    karim.moves(topics[2], Stage::Backlog);
    karim.moves(topics[3], Stage::Active);
    let page = visit.page(&element("cercle-community", &server));
    page.topic(CI).card().is_there();
    (server, page)
}

/// The same for somebody who facilitates.
fn tended(visit: &Visit) -> (Server, Page) {
    let (server, page) = full(visit);
    page.facilitate(&server.code());
    page.topic(CI).card().is_there();
    (server, page)
}

pub(crate) fn board(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    (Some(server), page)
}

pub(crate) fn board_before_any_vote(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    (Some(server), page)
}

pub(crate) fn ranking(visit: &Visit) -> Shown {
    let (server, page) = board(visit);
    page.topic(CI).is_marked(Mark::Saved);
    page.reload();
    page.topic(CI).card().says(fr().why_short_early);
    (server, page)
}

pub(crate) fn news(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    Person::again_at(&server, "Karim").proposes("Arrivé pendant qu’on lit");
    page.says("1 nouveauté");
    (Some(server), page)
}

pub(crate) fn unfolded(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.topic(CI).move_to(Stage::Parked);
    let parked = format!("{}…", (fr().stage)(Stage::Parked));
    page.region(&parked).button(&parked).click();
    page.topic(CI).is_in(Stage::Parked);
    (Some(server), page)
}

pub(crate) fn empty(visit: &Visit) -> Shown {
    let server = visit.server();
    let page = visit.page(&element("cercle-community", &server));
    page.heading(fr().welcome).is_there();
    (Some(server), page)
}

pub(crate) fn nothing_found(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    page.thing("searchbox", fr().search).write("xylophone");
    page.says(fr().later().nothing);
    (Some(server), page)
}

pub(crate) fn menu(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.topic(CI).card().button(&fr().actions.with([CI])).click();
    page.menu_item(fr().later().merge_with).is_there();
    (Some(server), page)
}

pub(crate) fn topic(visit: &Visit) -> Shown {
    let (server, page) = board(visit);
    page.topic(CI).open().says(fr().later().why_here);
    (server, page)
}

pub(crate) fn editing(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.topic(CI).choose("menuitem", fr().later().edit);
    page.field(fr().later().title).is_there();
    (Some(server), page)
}

pub(crate) fn conflict(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.topic(CI).choose("menuitem", fr().later().edit);
    page.field(fr().later().title).write("Mon titre");
    let karim = Person::again_at(&server, "Karim");
    karim.edits(karim.topic(CI), 0, "Un autre titre");
    page.says(fr().later().conflict);
    (Some(server), page)
}

pub(crate) fn proposal(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    page.button(fr().propose).click();
    page.field(fr().question).write("Accélérer l’intégration");
    page.region(fr().later().similar).is_there();
    page.button(fr().later().go_on).click();
    page.field(fr().later().skills_helpful).write("Rust,");
    page.button(&fr().later().remove.with(["Rust"])).is_there();
    (Some(server), page)
}

pub(crate) fn signup(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    page.thing("tab", fr().join_tab).click();
    page.field(fr().later().name).is_there();
    (Some(server), page)
}

pub(crate) fn signup_without_a_name(visit: &Visit) -> Shown {
    let (server, page) = signup(visit);
    page.button(fr().later().join).click();
    page.field(fr().later().name).is("aria-invalid", "true");
    (server, page)
}

pub(crate) fn joined(visit: &Visit) -> Shown {
    let (server, page) = signup(visit);
    page.field(fr().later().name).write("Camille");
    page.thing("list", fr().later().offers_sought).button("Docker").click();
    page.button(fr().later().join).click();
    page.heading(fr().later().joined).is_there();
    (server, page)
}

pub(crate) fn mine(visit: &Visit) -> Shown {
    let (server, page) = joined(visit);
    page.thing("tab", fr().board).click();
    page.topic(CI).open().thing("radio", &format!("{}…", (fr().later().size)(Size::Quarter))).click();
    page.button(fr().later().close).click();
    page.thing("tab", fr().my_commitments).click();
    page.says(fr().later().you_here);
    (server, page)
}

pub(crate) fn asked_again(visit: &Visit) -> Shown {
    let (server, _) = mine(visit);
    let server = server.expect("a server");
    let page = visit.page_at("a", &after(MUCH_LATER, &element("cercle-community", &server)));
    page.thing("tab", fr().my_commitments).click();
    page.says(fr().later().still_asked);
    (Some(server), page)
}

pub(crate) fn erase(visit: &Visit) -> Shown {
    let (server, page) = mine(visit);
    page.button(fr().later().erase).click();
    page.dialog(fr().later().erase).is_there();
    (server, page)
}

pub(crate) fn code(visit: &Visit) -> Shown {
    let (server, page) = full(visit);
    page.choose_above(fr().later().facilitate);
    page.dialog(fr().later().facilitate_title).is_there();
    (Some(server), page)
}

pub(crate) fn settings(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.choose_above(fr().later().settings);
    page.field(fr().later().community_name).is_there();
    (Some(server), page)
}

pub(crate) fn merge(visit: &Visit) -> Shown {
    let (server, page) = tended(visit);
    page.topic(CI).choose("menuitem", fr().later().merge_with);
    page.button(&fr().later().merge_into.with(["Relire à plusieurs"])).is_there();
    (Some(server), page)
}

pub(crate) fn offline(visit: &Visit) -> Shown {
    let (mut server, page) = full(visit);
    server.stop();
    page.topic(CI).vote();
    page.says("Hors ligne. 1 changement est gardé sur cet appareil.");
    (Some(server), page)
}

pub(crate) fn refusal(visit: &Visit) -> Shown {
    let (mut server, page) = full(visit);
    server.stop();
    page.topic(CI).vote();
    server.meanwhile(|server| {
        let karim = Person::again_at(server, "Karim");
        karim.moves(karim.topic(CI), Stage::Active);
    });
    page.says(&fr().later().refused_about.with([CI]));
    (Some(server), page)
}

pub(crate) fn importing(visit: &Visit) -> Shown {
    let page = visit.page(&alone("cercle-community"));
    page.choose_file("{}");
    page.dialog(fr().later().import_title).is_there();
    (None, page)
}

pub(crate) fn memory_only(visit: &Visit) -> Shown {
    let (server, _) = full(visit);
    let refuses = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }";
    let page = visit.page_at("b", &after(refuses, &element("cercle-community", &server)));
    page.says(fr().trouble(Trouble::MemoryOnly));
    page.topic(CI).card().is_there();
    (Some(server), page)
}

pub(crate) fn blocked(visit: &Visit) -> Shown {
    let server = visit.server();
    let page = visit.page_at("stranger", &in_a_page("fr", &element("cercle-community", &server)));
    page.says(fr().trouble(Trouble::ForbiddenOrigin));
    (Some(server), page)
}

pub(crate) fn bad_community(visit: &Visit) -> Shown {
    let page = visit.page(&alone("cercle-community").replace("atelier", "Bad Id!"));
    page.says(fr().later().bad_community);
    (None, page)
}

/// Turns to a language and a theme.
pub(crate) fn dress(page: &Page, lang: &str, theme: &str) {
    page.host_does(&format!(
        "const widget = document.querySelector('cercle-community'); \
         if (widget.getAttribute('lang') !== '{lang}') widget.setAttribute('lang', '{lang}'); \
         widget.setAttribute('theme', '{theme}'); document.documentElement.style.colorScheme = '{theme}'"
    ));
    let speaks = format!(
        "return document.querySelector('cercle-community').shadowRoot.querySelector('[lang={lang}]') !== null"
    );
    page.becomes("the widget speaks that language", &speaks);
}

/// Waits until nothing moves that will ever stop.
pub(crate) fn comes_to_rest(page: &Page) {
    let rested = page.browser.run_async(REST, &[]);
    rested.unwrap_or_else(|problem| panic!("the page does not come to rest: {problem}"));
}

const REST: &str = "const done = arguments[arguments.length - 1]; \
    const widget = document.querySelector('cercle-community'); \
    const ends = animation => animation.effect.getComputedTiming().endTime !== Infinity; \
    const move = () => [...document.getAnimations(), ...widget.shadowRoot.getAnimations()].filter(ends); \
    const frame = () => new Promise(requestAnimationFrame); \
    (async () => { \
      let moving; \
      do { \
        await frame(); await frame(); \
        moving = move(); \
        await Promise.allSettled(moving.map(animation => animation.finished)); \
      } while (moving.length > 0 || widget.shadowRoot.querySelector('.cards:empty')); \
      done(true); \
    })()";
