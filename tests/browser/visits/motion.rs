//! Whoever asked for less motion gets none: only change.

use cercle_domain::topic::Stage;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::Finds as _;
use crate::rig::run::visits;
use crate::rig::visit::{Visit, alone, in_a_page};

visits! {
    // WebKitGTK reads it from the desktop, and there is none here.
    nothing_moves_for_whoever_asked_for_less_motion in [Chromium, Firefox],
}

/// Notes every animation and transition that begins, from now on.
const WATCH: &str = "window.moved = []; \
    for (const kind of ['animationstart', 'transitionrun']) \
      document.querySelector('cercle-board').shadowRoot.addEventListener(kind, event => \
        moved.push(`${kind} of ${event.propertyName ?? event.animationName} on ${event.target.className}`), true)";

fn nothing_moves_for_whoever_asked_for_less_motion(visit: &Visit) {
    let html = in_a_page("fr", &alone("cercle-board"));
    let page = if visit.engine == Engine::Chromium {
        let page = visit.page_at("a", &html);
        let reduce = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": reduce }));
        page
    } else {
        visit.in_firefox_with(&json!({ "ui.prefersReducedMotion": 1 }), &html)
    };
    page.button(fr().propose).is_there();
    assert_eq!(page.host_does("return matchMedia('(prefers-reduced-motion: reduce)').matches"), true);
    page.host_does(WATCH);

    page.propose("Relire à plusieurs");
    page.topic("Relire à plusieurs").vote();
    page.topic("Relire à plusieurs").move_to(Stage::Backlog);
    page.topic("Relire à plusieurs").is_in(Stage::Backlog);
    page.topic("Relire à plusieurs").open().button(fr().later().close).click();
    assert_eq!(page.host_does("return moved"), json!([]));
    if visit.engine == Engine::Chromium {
        page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": [] }));
    }
}
