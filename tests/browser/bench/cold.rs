//! From opening the page to a board that can be used: the first time, and from what the device kept.

use super::{Times, board};
use crate::rig::page::Page;
use crate::rig::server::Server;
use crate::rig::visit::{Visit, element, in_a_page};

const AGAIN: usize = 15;

/// Runs before everything else on the page: notes when the first card is drawn, since the page was asked for.
const WATCH: &str = "<script>(function look() { \
    const card = document.querySelector('cercle-board')?.shadowRoot?.querySelector('li.card h4'); \
    if (card) window.drawn = performance.now(); else requestAnimationFrame(look); \
    })()</script>";

pub(super) fn measure(visit: &Visit, mut server: Server) -> [Times; 2] {
    let html =
        in_a_page("fr", &element("cercle-board", &server)).replace("<main>", &format!("<main>{WATCH}"));
    let first = board::DEVICES[2..].iter().map(|device| drawn(&visit.page_at(device, &html))).collect();
    let page = visit.page_at("a", &html);
    board::is_complete(&page);
    server.stop();
    let again = (0..AGAIN).map(|_| {
        page.reload();
        drawn(&page)
    });
    let again = again.collect();
    [
        Times { what: "board: first visit to first card", at_most: None, each: first },
        Times {
            what: "board: from this device's cache to first card, no server",
            at_most: Some(300.0),
            each: again,
        },
    ]
}

fn drawn(page: &Page) -> f64 {
    page.becomes("a card is drawn", "return typeof window.drawn === 'number'");
    page.host_does("return window.drawn").as_f64().expect("a time")
}
