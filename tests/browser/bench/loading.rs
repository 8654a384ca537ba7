//! What it costs the page around it that the widget comes: how long the page cannot answer, on a processor of a quarter of
//! the speed, while a board with the sample's forty topics opens. Chromium alone can be slowed down.

use serde_json::{Value, json};

use super::Times;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::visit::{Visit, element, in_a_page};

const OFTEN: usize = 15;

/// Runs before everything else on the page. Shorter tasks a browser does not tell.
const WATCH: &str = "<main><script>window.tasks = []; \
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))) \
      .observe({ type: 'longtask' })</script>";

/// The longest task and the sum of all that were longer than 50 ms, once the browser has had time to tell.
const TASKS: &str = "const done = arguments[arguments.length - 1]; \
    setTimeout(() => done([Math.max(0, ...tasks), tasks.reduce((sum, one) => sum + one, 0)]), 500)";

pub(super) fn measure(visit: &Visit) -> [Times; 2] {
    let server = Server::start(&[visit.origin("a")], true);
    let html =
        in_a_page("fr", &element("cercle-community", &server)).replace(COMMUNITY, "artisanat-logiciel");
    let page = visit.page_at("a", &html.replace("<main>", WATCH));
    let slow = |rate: u32| page.browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }));
    slow(4);
    let each = (0..OFTEN).map(|_| {
        page.reload();
        page.says("votes restants");
        let told = page.browser.run_async(TASKS, &[]).unwrap_or_default();
        let time = |index: usize| told.get(index).and_then(Value::as_f64).unwrap_or(f64::NAN);
        (time(0), time(1))
    });
    let (longest, sum) = each.unzip();
    slow(1);
    [
        Times {
            what: "page: longest task while the widget comes, 4 x slower",
            at_most: Some(50.0),
            each: longest,
        },
        Times { what: "page: all tasks above 50 ms while it comes, 4 x slower", at_most: None, each: sum },
    ]
}
