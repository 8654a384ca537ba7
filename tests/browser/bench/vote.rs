//! From a click on a vote to the frame that shows it, to the server and back.

use serde_json::Value;

use super::Times;
use crate::rig::page::Page;
use crate::rig::visit::Visit;

const VOTES: usize = 120;
/// How long a click and what shows it may be apart, in milliseconds: a frame of a screen with 60 a second, for us and for
/// a page without us.
const FRAME: f64 = 16.0;

/// Takes the time of every click: until the next frame is on screen, how much of that was work, until all is saved.
const WATCH: &str = "window.taken = { frame: [], work: [], saved: [] }; \
    const channel = new MessageChannel(); \
    let clicked, began, ended, woke; \
    channel.port1.onmessage = () => { \
      const now = performance.now(); \
      taken.frame.push(now - clicked); \
      taken.work.push(ended - began + now - woke); \
    }; \
    addEventListener('click', event => { \
      clicked = event.timeStamp; began = performance.now(); \
      requestAnimationFrame(() => { woke = performance.now(); channel.port2.postMessage(0); }); \
    }, true); \
    addEventListener('click', () => queueMicrotask(() => { ended = performance.now(); })); \
    addEventListener('cercle-sync', ({ detail }) => { \
      if (detail.state === 'saved' && detail.waiting === 0) taken.saved.push(performance.now() - clicked); \
    }); \
    performance.clearResourceTimings()";

/// Where the middle of a vote button is that can be seen, another one each time. Only what can be seen is asked for its
/// place: to ask the others would be to lay them out.
const PLACE: &str = "const root = document.querySelector('cercle-board').shadowRoot; \
    const seen = [...root.querySelectorAll('li.card')].slice(0, 40).filter(card => { \
      const { top, bottom } = card.getBoundingClientRect(); return top > 0 && bottom < innerHeight }); \
    const vote = seen[arguments[0] % seen.length].querySelector('button.vote'); \
    const { x, y, width, height } = vote.getBoundingClientRect(); \
    return [Math.floor(x + width / 2), Math.floor(y + height / 2)]";

const SYNCS: &str = "return performance.getEntriesByType('resource') \
    .filter(({ name }) => name.endsWith('/sync')).map(({ duration }) => duration)";

/// A button that says how often it was clicked on.
const BUTTON: &str = "<button style=\"position: fixed; inset: 0 auto auto 0; inline-size: 80px\">0</button>";
const COUNT: &str = "const button = document.querySelector('button'); \
    button.addEventListener('click', () => { button.textContent = Number(button.textContent) + 1; })";

/// The same on a page where nothing else is: what the browser itself takes, above all until the screen's next turn.
pub(super) fn without_us(visit: &Visit) -> Times {
    let page = visit.page(BUTTON);
    page.host_does(WATCH);
    page.host_does(COUNT);
    for click in 0..VOTES {
        page.browser.click(40, 8).expect("the button can be clicked on");
        page.becomes("the frame is there", &format!("return taken.frame.length > {click}"));
    }
    Times {
        what: "a page without us: click to the next frame",
        at_most: Some(FRAME),
        each: taken(&page, "frame"),
    }
}

fn taken(page: &Page, what: &str) -> Vec<f64> {
    let taken = page.host_does("return taken");
    taken[what].as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

pub(super) fn measure(page: &Page) -> [Times; 4] {
    page.host_does(WATCH);
    for vote in 0..VOTES {
        let place = page.browser.run(PLACE, &[vote.into()]).expect("a vote can be seen");
        let at = |index: usize| place[index].as_i64().expect("a place is two numbers");
        page.browser.click(at(0), at(1)).expect("a vote can be clicked on");
        page.becomes("the vote is saved", &format!("return taken.saved.length > {vote}"));
    }
    let syncs = page.host_does(SYNCS);
    let syncs = syncs.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let times = |what, at_most, each| Times { what, at_most, each };
    [
        times("vote: click to the next frame", Some(FRAME), taken(page, "frame")),
        times("vote: work of that frame, without waiting for the screen", Some(FRAME), taken(page, "work")),
        times("vote: push to receipt", Some(50.0), syncs),
        times("vote: click to saved, with the device's own store", None, taken(page, "saved")),
    ]
}
