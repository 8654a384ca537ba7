//! Browsers that keep nothing: said in a banner, and everything works as long as the page is open.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::page::Page;
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, after, alone, element, in_a_page};

use super::offline::ALL_SAVED;

visits! {
    a_browser_that_refuses_storage_is_said_so_and_works,
    a_browser_whose_storage_never_answers_is_not_waited_for,
    a_firefox_that_takes_no_site_data_is_said_so_and_works in [Firefox],
    what_cannot_be_read_is_set_aside_and_the_rest_is_there,
    a_vote_that_waits_outlives_the_loss_of_the_database,
    a_loss_that_nothing_made_good_is_said,
    a_device_that_is_full_is_said_so_and_works,
    a_chromium_that_gives_no_more_room_is_said_so_and_works in [Chromium],
    without_locks_and_caches_two_boards_save_everything_once,
}

const TITLE: &str = "Relire à plusieurs";

fn with_storage_that(visit: &Visit, does: &str, server: &Server) -> Page {
    let spoiled = format!("IDBFactory.prototype.open = function () {{ {does} }}");
    visit.page_at("a", &after(&spoiled, &element("cercle-board", server)))
}

fn works_without_storage(page: &Page) {
    page.says(fr().trouble(Trouble::MemoryOnly));
    page.propose(TITLE);
    page.topic(TITLE).is_marked(Mark::Saved);
    page.topic(TITLE).vote();
    page.topic(TITLE).has_my_vote(true);
    page.says(fr().trouble(Trouble::MemoryOnly));
}

fn a_device_that_is_full_is_said_so_and_works(visit: &Visit) {
    let server = visit.server();
    let full = "IDBObjectStore.prototype.add = IDBObjectStore.prototype.put = \
                () => { throw new DOMException('full', 'QuotaExceededError') }";
    works_without_storage(&visit.page_at("a", &after(full, &element("cercle-board", &server))));
}

/// The browser's own refusal. It is set before the widget comes: Chromium asks for room now and then, not each time.
fn a_chromium_that_gives_no_more_room_is_said_so_and_works(visit: &Visit) {
    let server = visit.server();
    let page = visit.page("");
    let origin = json!({ "origin": visit.origin("a") });
    let mut none = origin.clone();
    none["quotaSize"] = 1.into();
    page.browser.devtools("Storage.overrideQuotaForOrigin", &none);
    works_without_storage(&visit.page(&element("cercle-board", &server)));
    page.browser.devtools("Storage.overrideQuotaForOrigin", &origin);
}

/// What pages by plain http lack, on this machine's own address, which browsers take for https.
fn without_locks_and_caches_two_boards_save_everything_once(visit: &Visit) {
    let server = visit.server();
    let lacks =
        "delete window.caches; Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })";
    let board = element("cercle-board", &server);
    let both = format!("<div id=\"one\">{board}</div><div id=\"two\">{board}</div>");
    let page = visit.page_at("a", &after(lacks, &both));
    let (one, two) = (page.only("#one"), page.only("#two"));
    one.propose(TITLE);
    two.topic(TITLE).card().is_there();
    two.topic(TITLE).vote();
    one.topic(TITLE).has_my_vote(true);
    page.becomes("the host page hears that all is saved", ALL_SAVED);
    let karim = Person::at(&server, "Karim");
    karim.votes_for(karim.topic(TITLE));
    assert_eq!(karim.tally(TITLE), 2);
}

fn a_browser_that_refuses_storage_is_said_so_and_works(visit: &Visit) {
    let server = visit.server();
    let page = with_storage_that(visit, "throw new DOMException('no', 'SecurityError')", &server);
    works_without_storage(&page);
}

fn a_browser_whose_storage_never_answers_is_not_waited_for(visit: &Visit) {
    let server = visit.server();
    let page = with_storage_that(visit, "return new EventTarget()", &server);
    works_without_storage(&page);
}

fn a_firefox_that_takes_no_site_data_is_said_so_and_works(visit: &Visit) {
    let server = visit.server();
    let refuses = json!({ "network.cookie.cookieBehavior": 2 });
    works_without_storage(
        &visit.in_firefox_with(&refuses, &in_a_page("fr", &element("cercle-board", &server))),
    );
}

/// Puts a broken record beside the good ones, in whatever stores there are.
const SPOIL: &str = "const done = arguments[arguments.length - 1]; \
    indexedDB.databases().then(async all => { \
      for (const { name } of all) { \
        const db = await new Promise((ok, no) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); r.onerror = no }); \
        const store = [...db.objectStoreNames].find(name => /row/.test(name)) ?? db.objectStoreNames[0]; \
        const tx = db.transaction(store, 'readwrite'); \
        const keys = await new Promise(ok => { const r = tx.objectStore(store).getAllKeys(); r.onsuccess = () => ok(r.result) }); \
        tx.objectStore(store).put(new Uint8Array([123, 34, 34]), keys[0] ?? 'x'); \
        await new Promise((ok, no) => { tx.oncomplete = ok; tx.onabort = no }); \
        db.close(); \
      } \
      done(true); \
    }).catch(problem => done(String(problem)))";

fn what_cannot_be_read_is_set_aside_and_the_rest_is_there(visit: &Visit) {
    let server = visit.server();
    let page = visit.page(&element("cercle-board", &server));
    page.propose(TITLE);
    page.topic(TITLE).is_marked(Mark::Saved);
    page.host_does("document.querySelector('cercle-board').remove()");
    assert_eq!(page.browser.run_async(SPOIL, &[]), Ok(json!(true)));

    page.reload();
    page.says(fr().trouble(Trouble::Unreadable));
    page.topic(TITLE).card().is_there();
    page.becomes(
        "the host page hears of it",
        "return recorder.events.some(e => e.type === 'cercle-error' && e.detail.code === 'unreadable')",
    );
}

/// Loses every database of the origin, as a browser that was killed may.
const LOSE: &str = "const done = arguments[arguments.length - 1]; \
    indexedDB.databases().then(all => Promise.all(all.map(({ name }) => new Promise((ok, no) => { \
      const deleting = indexedDB.deleteDatabase(name); deleting.onsuccess = ok; deleting.onerror = no; \
    })))).then(gone => done(gone.length)).catch(problem => done(String(problem)))";

/// Chromium says it like this; the others say nothing.
const SAYS_SO: &str =
    "Object.defineProperty(IDBVersionChangeEvent.prototype, 'dataLoss', { get: () => 'total' })";

fn a_vote_that_waits_outlives_the_loss_of_the_database(visit: &Visit) {
    let mut server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes("Un");
    karim.proposes("Deux");
    let page = visit.page(&element("cercle-board", &server));
    page.topic("Un").vote();
    page.topic("Un").is_marked(Mark::Saved);
    server.stop();
    page.topic("Deux").vote();
    page.topic("Deux").is_marked(Mark::Kept);

    let elsewhere = visit.page_at("a", "<!doctype html><title>Elsewhere</title>");
    assert_eq!(elsewhere.browser.run_async(LOSE, &[]), Ok(json!(1)));
    server.start_again();
    let page = visit.page_at("a", &after(SAYS_SO, &element("cercle-board", &server)));

    for title in ["Un", "Deux"] {
        page.topic(title).has_my_vote(true);
    }
    page.becomes("the host page hears that all is saved", ALL_SAVED);
    page.no_longer_says(fr().trouble(Trouble::Lost));
    for title in ["Un", "Deux"] {
        karim.votes_for(karim.topic(title));
        assert_eq!(karim.tally(title), 2, "{title}");
    }
}

fn a_loss_that_nothing_made_good_is_said(visit: &Visit) {
    let page = visit.page_at("a", &after(SAYS_SO, &alone("cercle-board")));
    page.says(fr().trouble(Trouble::Lost));
    page.becomes(
        "the host page hears of it",
        "return recorder.events.some(e => e.type === 'cercle-error' && e.detail.code === 'lost')",
    );
}
