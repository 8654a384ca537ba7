//! What it costs the page around it that the widget comes: how long the page cannot answer, on a processor of a quarter of
//! the speed, while the demo page with its sample opens. Chromium alone can be slowed down.

use serde_json::{Value, json};

use super::Times;
use crate::rig::server::Server;
use crate::rig::visit::Visit;

const OFTEN: usize = 15;

/// The longest task and the sum of all that were longer than 50 ms; shorter ones a browser does not tell.
const TASKS: &str = "const done = arguments[arguments.length - 1]; const tasks = []; \
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))) \
      .observe({ type: 'longtask', buffered: true }); \
    setTimeout(() => done([Math.max(0, ...tasks), tasks.reduce((sum, one) => sum + one, 0)]), 500)";

pub(super) fn measure(visit: &Visit) -> [Times; 2] {
    let server = Server::start(&[], true);
    let page = visit.visit_address(&server.url());
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
