//! A button with a menu, by the pattern of that name in the ARIA practices: arrows wrap, Home and End, first letters,
//! Esc and Tab close. Drawn only while it is open, as a popover, so that nothing around it clips it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};

use super::focus;
use super::press;

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

/// The button that opens a menu.
pub(in crate::view) struct Opener {
    /// Its class.
    pub(in crate::view) class: &'static str,
    /// Its `part`, where hosts may style it.
    pub(in crate::view) part: Option<&'static str>,
    /// What it is called, where its face does not say it.
    pub(in crate::view) label: Option<Signal<String>>,
    /// What it looks like.
    pub(in crate::view) face: AnyView,
}

/// A button with a menu called `name`, whose lines are asked for whenever it opens.
pub(in crate::view) fn menu(opener: Opener, name: &'static str, items: Callback<(), Vec<Item>>) -> AnyView {
    let Opener { class, part, label, face } = opener;
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            focus::focus(&button);
        }
    };
    let list = move || open.get().then(|| list(name, open, items.run(()), close));
    view! {
        <button
            type="button"
            class=class
            part=part
            node_ref=button
            aria-label=move || label.map(|label| label.get())
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-controls=move || open.get().then_some("menu")
            // The menu closes when it loses the focus; the press that would open it again must not take it away.
            on:mousedown=move |event| {
                if open.get_untracked() {
                    event.prevent_default();
                }
            }
            on:click=press(move || if open.get_untracked() { close() } else { open.set(true) })
            on:keydown=move |event| {
                if event.key() == "ArrowDown" {
                    event.prevent_default();
                    open.set(true);
                }
            }
        >
            {face}
        </button>
        {list}
    }
    .into_any()
}

fn list(
    name: &'static str,
    open: RwSignal<bool>,
    items: Vec<Item>,
    close: impl Fn() + Copy + 'static,
) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(list) = node.get() else { return };
        if list.show_popover().is_err() {
            // Without popovers it stands in the page, clipped perhaps, but there.
            list.remove_attribute("popover").unwrap_or_default();
        }
        let first =
            focus::find(&list, "[aria-checked=true]").or_else(|| focus::find(&list, "[role^=menuitem]"));
        if let Some(first) = first {
            focus::focus(&first);
        }
    });
    // Wherever the focus goes from here, the menu has had its moment.
    let left = move |event: FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let within =
            node.try_get_untracked().flatten().is_some_and(|list| to.is_some() && list.contains(to.as_ref()));
        if !within {
            open.try_set(false);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some(list) = node.get_untracked() else { return };
        match event.key().as_str() {
            "Escape" | "Tab" => {
                event.prevent_default();
                event.stop_propagation();
                close();
            }
            key => {
                if let Some(next) = next(&list, key) {
                    event.prevent_default();
                    focus::focus(&next);
                }
            }
        }
    };
    let lines: Vec<AnyView> = items.into_iter().map(|item| line(item, close)).collect();
    view! {
        <div
            class="menu"
            id="menu"
            role="menu"
            aria-label=name
            popover="manual"
            tabindex="-1"
            node_ref=node
            on:keydown=keys
            on:focusout=left
        >
            {lines}
        </div>
    }
    .into_any()
}

fn line(item: Item, close: impl Fn() + Copy + 'static) -> AnyView {
    let (role, checked, label, act) = match item {
        Item::Title(title) => {
            return view! {
                <p class="menu-title" role="presentation">
                    {title}
                </p>
            }
            .into_any();
        }
        Item::Rule => return view! { <hr role={"separator"} /> }.into_any(),
        Item::Act(label, act) => ("menuitem", None, label, act),
        Item::Choice(label, on, act) => ("menuitemradio", Some(on.to_string()), label, act),
    };
    // The menu closes first: what the act opens then finds the focus where it should go back to.
    let choose = move || {
        close();
        act();
    };
    view! {
        <button type="button" role=role aria-checked=checked tabindex="-1" on:click=press(choose)>
            {label}
        </button>
    }
    .into_any()
}

/// The line that a key leads to.
fn next(list: &HtmlElement, key: &str) -> Option<HtmlElement> {
    let found = list.query_selector_all("[role^=menuitem]").ok()?;
    let lines: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let now = focus::focused(list);
    let now = lines.iter().position(|line| now.as_ref().is_some_and(|now| **line == *now));
    let count = lines.len();
    let at = match key {
        "ArrowDown" => now.map_or(0, |now| now + 1) % count.max(1),
        "ArrowUp" => now.unwrap_or(0).checked_sub(1).or_else(|| count.checked_sub(1))?,
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        letter if letter.chars().count() == 1 => {
            let from = now.map_or(0, |now| now + 1);
            let begins = |at: &usize| {
                let text =
                    lines.get(*at).and_then(|line: &HtmlElement| line.text_content()).unwrap_or_default();
                text.to_lowercase().starts_with(&letter.to_lowercase())
            };
            (from..count).chain(0..from).find(begins)?
        }
        _ => return None,
    };
    lines.get(at).cloned()
}
