//! What it costs the page around it that the widget comes: how long the page cannot answer, on a processor of a quarter of
//! the speed, while a board with the sample's forty topics opens. Chromium alone can be slowed down.

use serde_json::{Value, json};

use super::Times;
use crate::rig::engine::Engine;
use crate::rig::page::Page;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit, element, in_a_page};

/// First visits, each in a browser that has seen nothing yet: WebAssembly to compile, fonts and languages to find.
const FIRST: usize = 10;
const AGAIN: usize = 15;

/// Runs before everything else on the page. Tasks below 50 ms a browser does not tell: they count as 0.
const WATCH: &str = "<main><script>window.tasks = []; \
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))) \
      .observe({ type: 'longtask' })</script>";

/// The longest task, once the browser has had time to tell.
const LONGEST: &str = "const done = arguments[arguments.length - 1]; \
    setTimeout(() => done(Math.max(0, ...tasks)), 500)";

pub(super) fn measure(site: &Site) -> [Times; 2] {
    let browsers = Browsers::of(Engine::Chromium);
    let visit = Visit::new(&browsers, site, 1);
    let server = Server::start(&[visit.origin("a")], true);
    let html =
        in_a_page("fr", &element("cercle-community", &server)).replace(COMMUNITY, "artisanat-logiciel");
    let html = html.replace("<main>", WATCH);
    let open = || {
        browsers.forget();
        let blank = visit.page("");
        blank.browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }));
        visit.page_at("a", &html)
    };
    let first = (0..FIRST).map(|_| longest(&open())).collect();
    let page = open();
    let again = (0..AGAIN).map(|_| {
        page.reload();
        longest(&page)
    });
    let times = |what, each| Times { what, at_most: Some(50.0), each };
    [
        times("page: longest task, first visit, 4 x slower", first),
        times("page: longest task, later visit, 4 x slower", again.collect()),
    ]
}

fn longest(page: &Page) -> f64 {
    page.says("votes restants");
    let told = page.browser.run_async(LONGEST, &[]).unwrap_or_default();
    Value::as_f64(&told).unwrap_or(f64::NAN)
}
