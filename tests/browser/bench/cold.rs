//! From opening the page to a board that can be used: the first time, and from what the device kept.

use serde_json::json;

use super::{TOPICS, Times, board};
use crate::rig::page::Page;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, element, in_a_page};

const AGAIN: usize = 15;

/// Runs before everything else on the page: notes when the first card is drawn, and when all are, since the page was
/// asked for.
const WATCH: &str = "<script>window.drawn = {}; (function look() { \
    const cards = document.querySelector('cercle-board')?.shadowRoot?.querySelectorAll('li.card h4').length ?? 0; \
    if (cards > 0) drawn.first ??= performance.now(); \
    if (cards >= ALL) drawn.all = performance.now(); else requestAnimationFrame(look); \
    })()</script>";

pub(super) fn measure(visit: &Visit, mut server: Server) -> [Times; 3] {
    let watch = format!("<main>{}", WATCH.replace("ALL", &TOPICS.to_string()));
    let html = in_a_page("fr", &element("cercle-board", &server)).replace("<main>", &watch);
    let first = board::DEVICES[2..].iter().map(|device| drawn(&visit.page_at(device, &html)).0).collect();
    let page = visit.page_at("a", &html);
    board::is_complete(&page);
    server.stop();
    let again = (0..AGAIN).map(|_| {
        page.reload();
        drawn(&page)
    });
    let (again, all) = again.unzip();
    let times = |what, at_most, each| Times { what, at_most, each };
    [
        times("board: first visit to first card", None, first),
        times("board: from this device's cache to first card, no server", Some(300.0), again),
        times("board: from this device's cache to every card", None, all),
    ]
}

/// When the first card was drawn, and when all were.
fn drawn(page: &Page) -> (f64, f64) {
    page.becomes("every card is drawn", "return typeof drawn.all === 'number'");
    let drawn = page.host_does("return [drawn.first, drawn.all]");
    let time = |index: usize| drawn[index].as_f64().unwrap_or_else(|| panic!("{} is no time", json!(drawn)));
    (time(0), time(1))
}
