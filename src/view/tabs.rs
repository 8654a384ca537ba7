//! The tabs of `<cercle-community>`. The panel that is not shown is not drawn.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::header::name;
use super::here::Here;
use super::local::{Local, Tab};
use super::parts::element::{El, el};
use super::parts::focus;

pub(super) fn tabs(here: Here, local: Local) -> El {
    let text = here.text;
    let label = move |tab| match tab {
        Tab::Board => text.board,
        Tab::Signup if here.screen().mine.member.is_some() => text.my_commitments,
        Tab::Signup => text.join_tab,
    };
    let each = [Tab::Board, Tab::Signup].map(|tab| {
        let chosen = move || local.see().tab == tab;
        el("button", "")
            .attr("type", "button")
            .attr("role", "tab")
            .attr("id", &format!("tab-{}", id(tab)))
            .live_attr("aria-selected", move || Some(chosen().to_string()))
            .live_attr("aria-controls", move || chosen().then(|| format!("panel-{}", id(tab))))
            .live_attr("tabindex", move || (!chosen()).then_some("-1"))
            .live_text(move || label(tab).to_owned())
            .press(move || local.set(|state| state.tab = tab))
    });
    let buttons = each.clone();
    let keys = move |event: KeyboardEvent| {
        let other = if local.see().tab == Tab::Board { Tab::Signup } else { Tab::Board };
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowRight" => other,
            "Home" => Tab::Board,
            "End" => Tab::Signup,
            _ => return,
        };
        event.prevent_default();
        local.set(|state| state.tab = to);
        focus::focus(buttons[to as usize].node());
    };
    el("div", "tabs")
        .attr("role", "tablist")
        .live_attr("aria-label", move || Some(name(here)))
        .on("keydown", move |event| keys(event.unchecked_into()))
        .children(each)
}

/// The word for a tab in ids.
pub(super) fn id(tab: Tab) -> &'static str {
    match tab {
        Tab::Board => "board",
        Tab::Signup => "signup",
    }
}
