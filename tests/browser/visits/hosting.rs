//! What a host page can do with us and must never suffer from us.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use cercle_domain::member::Size;
use cercle_domain::topic::Stage;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, alone, element, in_a_page};
use crate::rig::wait::until;

visits! {
    the_two_lines_of_the_readme_are_all_it_takes,
    several_elements_on_one_page_are_one_person_at_one_device,
    two_communities_on_one_page_keep_apart,
    an_element_may_be_moved_taken_away_and_put_back,
    an_element_that_is_taken_away_lets_go_of_everything,
    an_element_that_comes_and_goes_leaves_nothing_behind,
    an_element_made_by_a_script_works_like_any_other,
    another_community_in_the_attribute_is_another_board,
    a_community_id_that_is_none_is_one_clear_sentence,
    attributes_that_make_no_sense_are_as_if_they_were_not_there,
    the_host_page_hears_of_everything_that_matters,
    a_page_with_a_strict_policy_can_hold_us,
    the_styles_of_a_hostile_page_stay_outside,
    a_page_that_reads_from_right_to_left_can_hold_us,
    a_page_of_another_origin_may_ask_if_it_is_on_the_list,
    a_page_of_an_origin_that_is_not_on_the_list_is_told_so_and_works_on_its_own_device,
    the_demo_page_shows_the_sample_and_takes_votes,
    the_page_for_frames_works_under_its_own_policy,
    a_board_may_be_narrowed_to_one_stage_by_its_attribute,
}

const CI: &str = "Accélérer l’intégration continue";

fn the_two_lines_of_the_readme_are_all_it_takes(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_from("plain.html", &server);
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);
}

fn several_elements_on_one_page_are_one_person_at_one_device(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let both = format!(
        "<div id=\"one\">{}</div><div id=\"two\">{}</div><div id=\"three\">{}</div>",
        element("cercle-board", &server),
        element("cercle-board", &server),
        element("cercle-signup", &server)
    );
    let page = visit.page(&both);
    let (one, two, three) = (page.only("#one"), page.only("#two"), page.only("#three"));

    one.topic(CI).vote();
    one.topic(CI).has_my_vote(true);
    two.topic(CI).has_my_vote(true);
    three.join("Camille");
    // Who is in the circle may offer a hand there.
    let session = format!("{}…", (fr().later().size)(Size::Session));
    two.topic(CI).open().thing("radio", &session).is_there();
}

fn two_communities_on_one_page_keep_apart(visit: &Visit) {
    let server = visit.server();
    let other = element("cercle-board", &server).replace("atelier", "jardin");
    let page = visit.page(&format!(
        "<div id=\"one\">{}</div><div id=\"two\">{other}</div>",
        element("cercle-board", &server)
    ));
    let (one, two) = (page.only("#one"), page.only("#two"));

    one.propose(CI);
    two.propose("Tailler les pommiers");

    one.topic(CI).is_marked(Mark::Saved);
    two.topic("Tailler les pommiers").is_marked(Mark::Saved);
    one.topic("Tailler les pommiers").card().is_gone();
    two.topic(CI).card().is_gone();
}

fn an_element_may_be_moved_taken_away_and_put_back(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&format!("{}<aside></aside>", element("cercle-board", &server)));
    page.topic(CI).vote();

    page.host_does("document.querySelector('aside').append(document.querySelector('cercle-board'))");
    page.topic(CI).has_my_vote(true);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(false);

    page.host_does("window.taken = document.querySelector('cercle-board'); taken.remove()");
    page.topic(CI).card().is_gone();
    page.host_does("document.querySelector('main').append(taken)");
    page.topic(CI).has_my_vote(false);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);

    // Ten times in one go, as a page does that draws itself anew on every change.
    page.host_does(
        "for (let i = 0; i < 10; i++) { taken.remove(); document.querySelector('aside').append(taken) }",
    );
    page.topic(CI).has_my_vote(true);
    assert_eq!(page.host_does("return taken.shadowRoot.querySelectorAll('.root').length"), 1);
}

/// Deletes every database of this origin, which waits until nobody holds on to any; resolves to whether there were some.
pub(super) const DELETE_DATABASES: &str = "const done = arguments[arguments.length - 1]; \
    const remove = ({ name }) => new Promise((resolve, reject) => { \
      const request = indexedDB.deleteDatabase(name); \
      request.onsuccess = resolve; \
      request.onerror = reject; \
    }); \
    indexedDB.databases().then(all => Promise.all(all.map(remove))).then(gone => done(gone.length > 0))";

fn an_element_that_is_taken_away_lets_go_of_everything(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);

    page.host_does("document.querySelector('cercle-board').remove()");
    let free = page.browser.run_async(DELETE_DATABASES, &[]);
    assert_eq!(free.ok(), Some(true.into()), "nobody holds on to the database");
}

/// Runs before the modules are there: keeps their memory within reach.
const REACH: &str = "<script>for (const way of ['instantiate', 'instantiateStreaming']) { \
    const as_ever = WebAssembly[way]; \
    WebAssembly[way] = async (...given) => { \
      const made = await as_ever.apply(WebAssembly, given); \
      window.memory = Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory); \
      return made; \
    } }</script>";

const DRAWN: &str =
    "return document.querySelector('cercle-community').shadowRoot.querySelector('li.card h4') !== null";

/// Only Chromium tells what a page holds.
fn an_element_that_comes_and_goes_leaves_nothing_behind(visit: &Visit) {
    if visit.engine != Engine::Chromium {
        return;
    }
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(REACH);
    let comes_and_goes = |times: usize| {
        for _ in 0..times {
            let html = json!(element("cercle-community", &server));
            page.host_does(&format!("document.querySelector('main').innerHTML = {html}"));
            // Asked for an element, the driver would hold on to it.
            page.becomes("the topic is there", DRAWN);
            page.host_does("document.querySelector('main').replaceChildren()");
        }
    };
    let held = |what: &str| {
        page.browser.devtools("HeapProfiler.collectGarbage", &json!({}));
        let counters = page.browser.devtools("Memory.getDOMCounters", &json!({}));
        counters[what].as_u64().unwrap_or_else(|| panic!("no {what} in {counters}"))
    };
    let memory = || page.host_does("return memory.buffer.byteLength");
    // So often memory grows until what is let go of is taken again.
    comes_and_goes(30);
    let before = (held("nodes"), held("jsEventListeners"), memory());
    comes_and_goes(25);
    // What is under way when an element goes has its limits.
    until("as little is held as before", || {
        let after = (held("nodes"), held("jsEventListeners"), memory());
        let little = after.0 <= before.0 && after.1 <= before.1 && after.2 == before.2;
        if little { Ok(()) } else { Err(format!("{before:?} became {after:?}")) }
    });
}

fn an_element_made_by_a_script_works_like_any_other(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page("");
    let make = format!(
        "const made = document.createElement('cercle-board'); \
         made.setAttribute('community', 'atelier'); made.setAttribute('backend', '{}'); \
         document.querySelector('main').append(made)",
        server.url()
    );
    page.host_does(&make);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
}

fn another_community_in_the_attribute_is_another_board(visit: &Visit) {
    let page = visit.page(&alone("cercle-board"));
    page.propose(CI);

    page.host_does("document.querySelector('cercle-board').setAttribute('community', 'jardin')");
    page.topic(CI).card().is_gone();
    page.propose("Tailler les pommiers");
    page.host_does("document.querySelector('cercle-board').setAttribute('community', 'atelier')");

    page.topic(CI).card().is_there();
    page.topic("Tailler les pommiers").card().is_gone();
}

fn a_community_id_that_is_none_is_one_clear_sentence(visit: &Visit) {
    for id in ["", "Bad Id!", "ATELIER", "é", "../etc", &"a".repeat(65)] {
        let page = visit.page(&format!("<cercle-board community=\"{id}\"></cercle-board>"));
        page.says(fr().later().bad_community);
    }
    let page = visit.page("<cercle-board></cercle-board>");
    page.says(fr().later().bad_community);
    page.button(fr().propose).is_gone();
    page.host_does("document.querySelector('cercle-board').setAttribute('community', 'atelier')");
    page.button(fr().propose).is_there();
}

fn attributes_that_make_no_sense_are_as_if_they_were_not_there(visit: &Visit) {
    let nonsense = alone("cercle-board")
        .replace("community=", "lang=\"xx\" theme=\"purple\" stage=\"later\" view=\"9\" community=");
    let page = visit.page(&nonsense);
    page.button(fr().propose).is_there();
    page.propose(CI);
    page.topic(CI).is_in(Stage::Proposed);
}

fn the_host_page_hears_of_everything_that_matters(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = visit.page(&element("cercle-community", &server));
    page.topic(CI).vote();
    page.topic(CI).vote();
    page.propose("Relire à plusieurs");
    page.topic("Relire à plusieurs").is_marked(Mark::Saved);
    page.becomes("all is saved", "return recorder.events.at(-1).detail?.state === 'saved'");

    let of = |kind: &str| -> Vec<serde_json::Value> {
        let events = page.host_does("return recorder.events");
        let events = events.as_array().cloned().unwrap_or_default();
        events.into_iter().filter(|event| event["type"] == format!("cercle-{kind}")).collect()
    };
    let ready = of("ready");
    assert_eq!(ready.len(), 1, "{ready:?}");
    assert_eq!(ready[0]["on"], "cercle-community");
    assert_eq!(ready[0]["composed"], true);
    let votes = of("voted");
    assert_eq!(
        votes.iter().map(|vote| &vote["detail"]["on"]).collect::<Vec<_>>(),
        [&json!(true), &json!(false)]
    );
    assert_eq!(votes[0]["detail"]["topic"].as_str().map(str::len), Some(32));
    assert_eq!(of("topic-proposed")[0]["detail"]["topic"].as_str().map(str::len), Some(32));
    assert_eq!(
        of("sync").last().map(|sync| sync["detail"].clone()),
        Some(json!({ "state": "saved", "waiting": 0 }))
    );
    assert!(of("error").is_empty());
}

fn a_page_with_a_strict_policy_can_hold_us(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_from("strict.html", &server);
    a_whole_visit(&page);
}

fn the_styles_of_a_hostile_page_stay_outside(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_from("hostile.html", &server);
    a_whole_visit(&page);
    let style = "const button = document.querySelector('cercle-community').shadowRoot.querySelector('button'); \
                 const { textTransform, letterSpacing, display, fontStyle } = getComputedStyle(button); \
                 return [textTransform, letterSpacing, fontStyle, display === 'none']";
    assert_eq!(page.host_does(style), json!(["none", "normal", "normal", false]));
}

/// Enough of everything to draw every kind of thing once.
pub(super) fn a_whole_visit(page: &Page) {
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).choose("menuitem", fr().later().unfollow);
    let sheet = page.topic(CI).open();
    sheet.button(fr().later().close).click();
    page.topic(CI).is_marked(Mark::Saved);
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");
}

fn a_page_that_reads_from_right_to_left_can_hold_us(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_at("a", &in_a_page("fr\" dir=\"rtl", &element("cercle-community", &server)));
    a_whole_visit(&page);
    page.becomes("nothing sticks out", NOTHING_STICKS_OUT);
}

pub(super) const NOTHING_STICKS_OUT: &str =
    "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";

fn a_page_of_another_origin_may_ask_if_it_is_on_the_list(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_at("b", &in_a_page("fr", &element("cercle-board", &server)));
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Saved);
}

fn a_page_of_an_origin_that_is_not_on_the_list_is_told_so_and_works_on_its_own_device(visit: &Visit) {
    let server = visit.server();
    let page = visit.page_at("stranger", &in_a_page("fr", &element("cercle-board", &server)));
    page.says(fr().trouble(Trouble::ForbiddenOrigin));
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Kept);
    page.reload();
    page.topic(CI).card().is_there();
    assert!(!Person::at(&server, "Karim").sees(CI));
}

fn the_demo_page_shows_the_sample_and_takes_votes(visit: &Visit) {
    let server = Server::start(&[], true);
    let page = visit.visit_address(&server.url());
    let card = "Voter : …";
    page.region(&format!("{}…", (fr().stage)(Stage::Proposed))).is_there();
    let some = page.thing("button", card);
    until("the sample has topics to vote for", || {
        let count = some.count();
        if count > 30 { Ok(()) } else { Err(format!("there are {count}")) }
    });
    page.says("votes restants");
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
}

fn the_page_for_frames_works_under_its_own_policy(visit: &Visit) {
    let server = visit.server();
    let page = visit.visit_address(&format!("{}/embed/atelier?lang=fr&theme=dark", server.url()));
    a_whole_visit(&page);
}

fn a_board_may_be_narrowed_to_one_stage_by_its_attribute(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    let topic = karim.proposes(CI);
    karim.proposes("Relire à plusieurs");
    karim.facilitates(&server);
    karim.moves(topic, Stage::Backlog);

    let page =
        visit.page(&element("cercle-board", &server).replace("community=", "stage=\"backlog\" community="));
    page.topic(CI).is_in(Stage::Backlog);
    page.topic("Relire à plusieurs").card().is_gone();
}
