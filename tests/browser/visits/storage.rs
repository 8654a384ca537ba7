//! Browsers that keep nothing: said in a banner, and everything works as long as the page is open.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::page::Page;
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    a_browser_that_refuses_storage_is_said_so_and_works,
    a_browser_whose_storage_never_answers_is_not_waited_for,
    a_firefox_that_takes_no_site_data_is_said_so_and_works in [Firefox],
    what_cannot_be_read_is_set_aside_and_the_rest_is_there,
}

const TITLE: &str = "Relire à plusieurs";

fn with_storage_that(visit: &Visit, does: &str, server: &Server) -> Page {
    let html = in_a_page("fr", &element("cercle-board", server));
    let spoiled = format!(
        "<script>IDBFactory.prototype.open = function () {{ {does} }}</script><script type=\"module\""
    );
    visit.page_at("a", &html.replace("<script type=\"module\"", &spoiled))
}

fn works_without_storage(page: &Page) {
    page.says((fr().trouble)(Trouble::MemoryOnly));
    page.propose(TITLE);
    page.topic(TITLE).is_marked(Mark::Saved);
    page.topic(TITLE).vote();
    page.topic(TITLE).has_my_vote(true);
    page.says((fr().trouble)(Trouble::MemoryOnly));
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
    page.says((fr().trouble)(Trouble::Unreadable));
    page.topic(TITLE).card().is_there();
    page.becomes(
        "the host page hears of it",
        "return recorder.events.some(e => e.type === 'cercle-error' && e.detail.code === 'unreadable')",
    );
}
