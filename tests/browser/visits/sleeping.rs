//! Other tabs that a browser has put to sleep, with everything that they held.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element};

use super::offline::ALL_SAVED;

visits! {
    a_tab_that_sleeps_in_its_turn_keeps_nobody_from_writing,
    a_tab_that_sleeps_in_a_transaction_keeps_nobody_from_writing,
    a_page_that_is_left_in_the_middle_of_its_work_keeps_the_next_from_nothing,
}

/// Takes the turns to sync and to listen and never gives them back; where there are no locks there is nothing to hold.
const SLEEP: &str = "const done = arguments[arguments.length - 1]; \
    indexedDB.databases().then(all => { \
      for (const turn of ['sync', 'listen']) \
        navigator.locks?.request(`${all[0].name}-${turn}`, { steal: true }, () => new Promise(() => {})).catch(() => {}); \
      done(all.length) \
    }).catch(problem => done(String(problem)))";

fn a_tab_that_sleeps_in_its_turn_keeps_nobody_from_writing(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes("Un");
    karim.proposes("Deux");
    let page = visit.page(&element("cercle-board", &server));
    page.topic("Un").has_my_vote(false);
    assert_eq!(page.browser.run_async(SLEEP, &[]), Ok(json!(1)));

    for title in ["Un", "Deux"] {
        page.topic(title).vote();
        page.topic(title).is_marked(Mark::Saved);
        karim.votes_for(karim.topic(title));
        assert_eq!(karim.tally(title), 2, "{title}");
    }
}

/// Holds a transaction on everything there is, for as long as the page lives.
const HOLD: &str = "const done = arguments[arguments.length - 1]; \
    indexedDB.databases().then(([{ name }]) => { \
      indexedDB.open(name).onsuccess = ({ target: { result: db } }) => { \
        const stores = [...db.objectStoreNames]; \
        const store = db.transaction(stores, 'readwrite').objectStore(stores[0]); \
        const hold = () => { store.get('nothing').onsuccess = hold }; \
        store.get('nothing').onsuccess = () => { hold(); done(true) }; \
      } \
    }).catch(problem => done(String(problem)))";

fn a_tab_that_sleeps_in_a_transaction_keeps_nobody_from_writing(visit: &Visit) {
    let server = visit.server();
    let karim = Person::at(&server, "Karim");
    karim.proposes("Un");
    let page = visit.page(&element("cercle-board", &server));
    page.topic("Un").has_my_vote(false);
    assert_eq!(page.browser.run_async(HOLD, &[]), Ok(json!(true)));

    page.topic("Un").vote();
    page.topic("Un").is_marked(Mark::Saved);
    page.says(fr().trouble(Trouble::MemoryOnly));
    karim.votes_for(karim.topic("Un"));
    assert_eq!(karim.tally("Un"), 2);
}

/// WebKit puts pages aside in the middle of their transactions, in case somebody goes back to them.
fn a_page_that_is_left_in_the_middle_of_its_work_keeps_the_next_from_nothing(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes("Un");
    let widget = element("cercle-board", &server);
    for voted in [false, true, false, true, false, true] {
        let page = visit.page(&widget);
        page.topic("Un").has_my_vote(voted);
        page.host_does("recorder.events.length = 0");
        page.topic("Un").vote();
        // The answer is there, and is being written down.
        page.becomes("the vote is saved", ALL_SAVED);
    }
    let page = visit.page(&widget);
    page.topic("Un").has_my_vote(false);
    let given_up = page.host_does("return recorder.warnings");
    assert_eq!(given_up, json!([]));
}
