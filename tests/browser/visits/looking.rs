//! The host's look: what we take over from it, and what we never let it do to us.

use cercle::app::screen::Mark;
use cercle_domain::topic::Stage;
use serde_json::json;

use super::accessibility::{has_no_faults, load_axe};
use super::hosting::{NOTHING_STICKS_OUT, a_whole_visit};
use crate::looks::{self, LOOKS};
use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    each_look_of_a_host_becomes_ours_and_can_be_read,
    a_theme_asked_for_goes_before_the_look_of_the_page,
    forced_colours_leave_nothing_invisible,
    a_page_that_unsets_everything_leaves_us_whole,
    a_page_with_huge_letters_still_fits,
    a_wall_above_everything_does_not_stand_before_our_dialogs,
}

const CI: &str = "Accélérer l’intégration continue";

const COLOURS: &str = "const root = document.querySelector('cercle-community').shadowRoot.querySelector('.root'); \
    const { backgroundColor, color } = getComputedStyle(root); return [backgroundColor, color]";

fn each_look_of_a_host_becomes_ours_and_can_be_read(visit: &Visit) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    for look in &LOOKS {
        let page = visit.page_at("a", &looks::page(look, &server));
        page.topic(CI).is_in(Stage::Proposed);
        assert_eq!(page.host_does(COLOURS), json!([look.surface, look.text]), "{}", look.name);
        load_axe(&page);
        has_no_faults(&page, "cercle-community", look.name);
    }
}

fn a_theme_asked_for_goes_before_the_look_of_the_page(visit: &Visit) {
    let server = visit.server();
    let dark = element("cercle-community", &server).replace("community=", "theme=\"dark\" community=");
    let page = visit.page_at("a", &in_a_page("fr", &dark));
    page.button(fr().propose).is_there();
    assert_eq!(page.host_does(COLOURS), json!([LOOKS[1].surface, LOOKS[1].text]));
}

/// WebKitGTK cannot be told to force colours.
fn forced_colours_leave_nothing_invisible(visit: &Visit) {
    let server = visit.server();
    let html = in_a_page("fr", &element("cercle-community", &server));
    let page = match visit.engine {
        Engine::Chromium => visit.page_at("a", &html),
        Engine::Firefox => visit.in_firefox_with(&json!({ "browser.display.document_color_use": 2 }), &html),
        Engine::WebKit => return,
    };
    if visit.engine == Engine::Chromium {
        force_colours(&page, true);
    }
    page.becomes("colours are forced", "return matchMedia('(forced-colors: active)').matches");
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    // What is pressed, chosen or a button at all must differ by more than a ground that is taken away.
    let told = "const root = document.querySelector('cercle-community').shadowRoot; \
        const seen = (element) => { const { borderTopWidth, outlineWidth, outlineStyle } = getComputedStyle(element); \
          return parseFloat(borderTopWidth) > 0 || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) }; \
        return [...root.querySelectorAll('.button.primary, .vote[aria-pressed=true], .card')].filter((one) => !seen(one)) \
          .map(({ className }) => className)";
    let unseen = page.host_does(told);
    if visit.engine == Engine::Chromium {
        force_colours(&page, false);
    }
    assert_eq!(unseen, json!([]));
}

/// Has Chromium force its colours upon a page, or no longer.
pub(crate) fn force_colours(page: &Page, on: bool) {
    let features =
        json!({ "features": [{ "name": "forced-colors", "value": if on { "active" } else { "none" } }] });
    page.browser.devtools("Emulation.setEmulatedMedia", &features);
}

fn a_page_that_unsets_everything_leaves_us_whole(visit: &Visit) {
    let page = on_a_page_with(
        visit,
        "* { all: unset !important } head, style, script, title { display: none !important }",
    );
    let wide = "const { width, height } = document.querySelector('cercle-community').shadowRoot.querySelector('.root').getBoundingClientRect(); \
                return width > 600 && height > 200";
    assert_eq!(page.host_does(wide), true);
}

fn a_page_with_huge_letters_still_fits(visit: &Visit) {
    let page =
        on_a_page_with(visit, "html { font-size: 44px } body { line-height: 3; letter-spacing: .3em }");
    page.becomes("nothing sticks out", NOTHING_STICKS_OUT);
}

fn a_wall_above_everything_does_not_stand_before_our_dialogs(visit: &Visit) {
    let server = visit.server();
    let wall = "body::after { content: ''; position: fixed; inset: 60% 0 0 0; z-index: 2147483647; background: #000 }";
    let html = in_a_page("fr", &element("cercle-community", &server));
    let page = visit.page_at("a", &html.replace("</head>", &format!("<style>{wall}</style></head>")));
    page.propose(CI);
    let sheet = page.topic(CI).open();
    sheet.button(fr().later().close).click();
    page.topic(CI).is_marked(Mark::Saved);
}

/// A whole visit on a page with these styles.
fn on_a_page_with(visit: &Visit, style: &str) -> Page {
    let server = visit.server();
    let html = in_a_page("fr", &element("cercle-community", &server));
    let page = visit.page_at("a", &html.replace("</head>", &format!("<style>{style}</style></head>")));
    a_whole_visit(&page);
    page.thing("tab", fr().board).click();
    page.topic(CI).is_marked(Mark::Saved);
    page
}
