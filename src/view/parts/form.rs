//! A form and the button that sends it.
//!
//! It is sent by a click, which is also what Enter in one of its lines comes to: a frame whose sandbox lacks `allow-forms`
//! never hears of a submission.

use super::element::{El, el};

/// A form that leads nowhere by itself.
pub(in crate::view) fn form(class: &str) -> El {
    el("form", class).on("submit", |event| event.prevent_default())
}

/// The button that sends it, without its words.
pub(in crate::view) fn submit(class: &str, send: impl Fn() + 'static) -> El {
    el("button", class).attr("type", "submit").attr("part", "button").press(send)
}
