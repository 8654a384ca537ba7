//! A button with a menu, by the pattern of that name in the ARIA practices: arrows wrap, Home and End, first letters,
//! Esc and Tab close. Drawn only while it is open, as a popover, so that nothing around it clips it.

use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent, Node};

use super::element::{El, el, sure};
use super::focus;

/// A line of a menu.
pub(in crate::view) enum Item {
    /// What the next lines are about.
    Title(String),
    /// Something to do.
    Act(String, Box<dyn Fn()>),
    /// One of several states, and whether it is the present one.
    Choice(String, bool, Box<dyn Fn()>),
    /// A line between groups.
    Rule,
}

/// Makes `button` open a menu called `name`, whose lines are asked for whenever it opens. Both stand in `frame`.
pub(in crate::view) fn menu(
    frame: El,
    button: El,
    name: &'static str,
    items: impl Fn() -> Vec<Item> + 'static,
) -> El {
    let open = RwSignal::new(false);
    let opener = button.node().clone();
    let button = button
        .attr("type", "button")
        .attr("aria-haspopup", "menu")
        .live_attr("aria-expanded", move || Some(open.get().to_string()))
        .live_attr("aria-controls", move || open.get().then_some("menu"))
        // The menu closes when it loses the focus; the press that would open it again must not take it away.
        .on("mousedown", move |event| {
            if open.get_untracked() {
                event.prevent_default();
            }
        })
        .press(move || open.update(|open| *open = !*open))
        .on("keydown", move |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "ArrowDown" {
                event.prevent_default();
                open.set(true);
            }
        });
    frame
        .child(button)
        .live(move || open.get(), move |open_now| open_now.then(|| list(name, open, &opener, items())))
}

fn list(name: &'static str, open: RwSignal<bool>, opener: &HtmlElement, items: Vec<Item>) -> El {
    let list = el("div", "menu")
        .attr("id", "menu")
        .attr("role", "menu")
        .attr("aria-label", name)
        .attr("popover", "manual")
        .attr("tabindex", "-1");
    let shown = list.clone();
    queue_microtask(move || {
        // Without popovers it stands in the page, clipped perhaps, but there.
        if shown.node().show_popover().is_err() {
            sure(shown.node().remove_attribute("popover"));
        }
        let first = focus::find(&shown, "[aria-checked=true]");
        if let Some(first) = first.or_else(|| focus::find(&shown, "[role^=menuitem]")) {
            focus::focus(&first);
        }
    });
    let (itself, keyed) = (list.clone(), list.clone());
    let (opener, button) = (opener.clone(), opener.clone());
    let list = list
        // Wherever the focus goes from here, the menu has had its moment.
        .on("focusout", move |event| {
            let to = event.unchecked_ref::<FocusEvent>().related_target();
            let to = to.and_then(|target| target.dyn_into::<Node>().ok());
            if to.is_none_or(|to| !itself.node().contains(Some(&to))) {
                open.set(false);
            }
        })
        .on("keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            let next = match event.key().as_str() {
                "Escape" | "Tab" => Some(opener.clone()),
                key => next(&keyed, key),
            };
            if let Some(next) = next {
                event.prevent_default();
                event.stop_propagation();
                focus::focus(&next);
            }
        });
    list.children(items.into_iter().map(|item| line(item, &button)))
}

fn line(item: Item, opener: &HtmlElement) -> El {
    let (role, checked, label, act) = match item {
        Item::Title(title) => return el("p", "menu-title").attr("role", "presentation").text(&title),
        Item::Rule => return el("hr", "").attr("role", "separator"),
        Item::Act(label, act) => ("menuitem", None, label, act),
        Item::Choice(label, on, act) => ("menuitemradio", Some(on), label, act),
    };
    let opener = opener.clone();
    let line = el("button", "")
        .attr("type", "button")
        .attr("role", role)
        .attr("tabindex", "-1")
        .text(&label)
        // The focus goes back first, and the menu with it: what the act opens then knows where to return.
        .press(move || {
            focus::focus(&opener);
            act();
        });
    match checked {
        Some(on) => line.attr("aria-checked", if on { "true" } else { "false" }),
        None => line,
    }
}

/// The line that a key leads to.
fn next(list: &El, key: &str) -> Option<HtmlElement> {
    let found = sure(list.node().query_selector_all("[role^=menuitem]"));
    let lines: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect();
    let now = focus::focused(list.node());
    let now = lines.iter().position(|line| now.as_ref().is_some_and(|now| **line == *now));
    let count = lines.len();
    let at = match key {
        "ArrowDown" => now.map_or(0, |now| now + 1) % count.max(1),
        "ArrowUp" => now.unwrap_or(0).checked_sub(1).or_else(|| count.checked_sub(1))?,
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        letter if letter.chars().count() == 1 => {
            let from = now.map_or(0, |now| now + 1);
            // The browser knows what is lower case in every language.
            let lower = |text: &str| String::from(JsString::from(text).to_lower_case());
            let letter = lower(letter);
            let begins = |at: &usize| {
                let text = lines.get(*at).and_then(|line| line.text_content()).unwrap_or_default();
                lower(&text).starts_with(&letter)
            };
            (from..count).chain(0..from).find(begins)?
        }
        _ => return None,
    };
    lines.get(at).cloned()
}
