//! A tab whose hand obeys the harness.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::rig::browser::Browser;

const KEPT: &str = "hand.unkept() === 0";
const SAVED: &str = "hand.unkept() === 0 && hand.sync?.state === 'saved' && hand.sync.waiting === 0";
/// What is seen when something is not as it should be.
const SEEN: &str = "JSON.stringify([hand.sync, hand.unkept(), hand.troubles])";

/// How many acts wait in the databases of this origin.
const OUTBOX: &str = "return (async () => {
    const done = (request) => new Promise((good, bad) => {
      request.onsuccess = () => good(request.result);
      request.onerror = () => bad(request.error);
    });
    let waiting = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      waiting += await done(database.transaction('outbox').objectStore('outbox').count());
      database.close();
    }
    return waiting;
  })()";

/// One tab of a driven browser.
pub(super) struct Page {
    pub(super) browser: Rc<Browser>,
    pub(super) tab: String,
}

impl Page {
    /// Opens this address in another tab.
    pub(super) fn open(browser: &Rc<Browser>, address: &str) -> Self {
        Self::at(browser, browser.open_tab(), address)
    }

    /// Opens this address in another window. A tab that nobody sees for five minutes is woken once a minute, and whatever
    /// waits there waits for that.
    pub(super) fn open_in_sight(browser: &Rc<Browser>, address: &str) -> Self {
        Self::at(browser, browser.open_window(), address)
    }

    fn at(browser: &Rc<Browser>, tab: String, address: &str) -> Self {
        browser.go(address);
        Self { browser: Rc::clone(browser), tab }
    }

    /// Runs a script here.
    pub(super) fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.browser.turn_to(&self.tab);
        self.browser.run(script, arguments)
    }

    /// Clicks on the votes of these topics; which of them stand then.
    pub(super) fn click(&self, topics: &BTreeSet<usize>) -> Vec<(usize, bool)> {
        let clicked = self.run("return arguments[0].map(topic => hand.click(topic))", &[json!(topics)]);
        let clicked = clicked.unwrap_or_else(|problem| panic!("the hand does not click: {problem}"));
        let on = clicked.as_array().into_iter().flatten().map(|on| on == &json!(true));
        topics.iter().copied().zip(on).collect()
    }

    /// Everything that was clicked here was shown as on this device, or saved.
    pub(super) fn has_kept_all(&self) -> Result<(), String> {
        self.is_true(KEPT)
    }

    /// The widget says that all is on the server.
    pub(super) fn has_saved_all(&self) -> Result<(), String> {
        self.is_true(SAVED)
    }

    /// The device has taken note of it: nothing waits in its database. A page says *saved* at the receipt, which comes
    /// first; whoever closes it then sees the acts wait in the next tab, until the server says that it has them.
    pub(super) fn has_let_go_of_all(&self) -> Result<(), String> {
        match self.run(OUTBOX, &[])? {
            Value::Number(waiting) if waiting.as_u64() == Some(0) => Ok(()),
            waiting => Err(format!("{waiting} acts wait in the database")),
        }
    }

    /// Waits a few seconds until it has kept all; the page looks for itself, which costs less than to be asked again and again.
    pub(super) fn keeps_all_soon(&self) -> Result<(), String> {
        self.is_soon_true(KEPT)
    }

    /// Waits a few seconds until the widget says that all is on the server.
    pub(super) fn saves_all_soon(&self) -> Result<(), String> {
        self.is_soon_true(SAVED)
    }

    /// All cards are there, and the widget said how it stands.
    pub(super) fn is_complete(&self) -> Result<(), String> {
        self.is_true("window.hand?.complete() === true")
    }

    fn is_true(&self, what: &str) -> Result<(), String> {
        seen(&self.run(&format!("return [{what}, {SEEN}]"), &[])?)
    }

    fn is_soon_true(&self, what: &str) -> Result<(), String> {
        self.browser.turn_to(&self.tab);
        let script = format!(
            "const say = arguments[0], end = performance.now() + 4000; (function look() {{
               if ({what} || performance.now() > end) say([{what}, {SEEN}]);
               else setTimeout(look, 50);
             }})()"
        );
        seen(&self.browser.run_async(&script, &[])?)
    }

    /// What it asked of the backend and what the widget said in so many seconds, in one line.
    pub(super) fn story(&self, of: Duration) -> String {
        let told = self.run("return hand.story(arguments[0])", &[json!(of.as_secs())]);
        told.map_or_else(|problem| problem, |told| told.as_str().unwrap_or_default().to_owned())
    }

    /// How many of its requests were too many at once.
    pub(super) fn told_to_come_later(&self) -> u64 {
        let later = self.run("return hand.later", &[]);
        later.ok().and_then(|later| later.as_u64()).expect("the hand counts them")
    }

    /// The topics that are shown as voted for.
    pub(super) fn votes(&self) -> BTreeSet<usize> {
        let seen = self.run("return hand.look().voted", &[]).unwrap_or_default();
        let topics = seen.as_array().into_iter().flatten().filter_map(Value::as_u64);
        topics.filter_map(|topic| usize::try_from(topic).ok()).collect()
    }
}

fn seen(seen: &Value) -> Result<(), String> {
    if seen[0] == json!(true) { Ok(()) } else { Err(seen[1].to_string()) }
}

thread_local! {
    static LAST: Cell<u64> = const { Cell::new(1 << 32) };
}

/// A number that no visit had before.
pub(super) fn next_run() -> u64 {
    LAST.replace(LAST.get() + 1)
}
