//! axe-core finds nothing on any screen, in both languages and both themes.
//!
//! Chromium sees every screen in all four; the others, whose engines compute styles and roles by themselves, see each
//! screen once in the light and once in the dark.

use std::env;
use std::fs;

use crate::rig::engine::Engine;
use crate::rig::page::Page;
use crate::rig::run::visits;
use crate::rig::visit::Visit;
use crate::screens::{self, Shown, comes_to_rest, dress, every_screen};

macro_rules! looks {
    ($($screen:ident,)*) => {
        visits! { $($screen,)* }
        $(fn $screen(visit: &Visit) {
            is_accessible(visit.engine, &screens::$screen(visit));
        })*
    };
}

every_screen!(looks);

/// The languages and themes that an engine is asked for.
fn looks_in(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        Engine::Chromium => &[("fr", "light"), ("fr", "dark"), ("en", "dark"), ("en", "light")],
        Engine::Firefox | Engine::WebKit => &[("fr", "light"), ("fr", "dark")],
    }
}

/// What axe-core finds in the element that fits a selector, one line a fault.
const FAULTS: &str = "const done = arguments[arguments.length - 1]; \
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']; \
    axe.run(document.querySelector(arguments[0]), { runOnly, rules: { region: { enabled: false } } }) \
      .then(({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => \
         `${id} at ${target.flat().join(' > ')}: ${failureSummary.replace(/\\s+/g, ' ')}`)))) \
      .catch(problem => done([String(problem)]))";

/// Looks at a screen in every language and theme that this engine is asked for.
#[track_caller]
fn is_accessible(engine: Engine, (_server, page): &Shown) {
    load_axe(page);
    for (lang, theme) in looks_in(engine) {
        dress(page, lang, theme);
        comes_to_rest(page);
        has_no_faults(page, "cercle-community", &format!("in {lang}, {theme}"));
    }
}

/// Axe-core finds nothing in the element that fits this selector.
#[track_caller]
pub(super) fn has_no_faults(page: &Page, selector: &str, when: &str) {
    let faults = page.browser.run_async(FAULTS, &[selector.into()]).expect("axe-core answers");
    let none = faults.as_array().is_some_and(Vec::is_empty);
    assert!(none, "{when}: {faults:#}");
}

pub(super) fn load_axe(page: &Page) {
    let axe = env::var_os("CERCLE_AXE").expect("$CERCLE_AXE names axe.min.js");
    let axe = fs::read_to_string(axe).expect("axe-core can be read");
    page.browser.run(&format!("{axe}; window.axe = axe"), &[]).expect("axe-core loads");
}
