//! From a click in one browser to the change in another.

use serde_json::json;

use super::{Times, board};
use crate::rig::page::Page;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, element};
use crate::rig::wait::until;

const VOTES: usize = 60;

/// A vote button that both find: the one of the topic with this number.
const VOTE: &str = "const vote = [...document.querySelector('cercle-board').shadowRoot.querySelectorAll('li.card')] \
    .find(card => card.querySelector('h4').textContent.trim() === 'Sujet numéro 1').querySelector('button.vote'); ";

/// Notes when its name changes. Both browsers have the clock of this machine.
const WATCH: &str = "window.changed = []; \
    const card = vote.closest('li'); \
    let name = vote.getAttribute('aria-label'); \
    new MutationObserver(() => { \
      const now = card.querySelector('button.vote').getAttribute('aria-label'); \
      if (now !== name) { name = now; changed.push(performance.timeOrigin + performance.now()); } \
    }).observe(card, { subtree: true, childList: true, attributes: true, characterData: true })";

/// Clicks, and tells when.
const CLICK: &str = "const at = performance.timeOrigin + performance.now(); vote.click(); return at";

pub(super) fn measure(visit: &Visit, server: &Server, here: &Page) -> Times {
    let there = visit.elsewhere(&element("cercle-board", server));
    board::is_complete(&there);
    there.host_does(&format!("{VOTE}{WATCH}"));
    let each = (0..VOTES).map(|vote| {
        let clicked = here.host_does(&format!("{VOTE}{CLICK}")).as_f64().expect("a time");
        let changed = until("the other browser shows the vote", || {
            let changed = there.browser.run("return changed[arguments[0]] ?? null", &[json!(vote)])?;
            changed.as_f64().ok_or_else(|| "it does not".to_owned())
        });
        changed - clicked
    });
    let each: Vec<f64> = each.collect();
    there.host_does("document.querySelector('cercle-board').remove()");

    Times { what: "vote: click to the change in another browser", at_most: Some(250.0), each }
}
