//! Elements of a shadow root: where the keyboard is, putting it elsewhere, marking in passing.
//!
//! `document.activeElement` is the host from inside a shadow root, and ids of the root are unknown to the document: all
//! looking goes through the root that a node stands in.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, ShadowRoot};

/// The element with the focus, in the same tree as `near`.
pub(in crate::view) fn focused(near: &Node) -> Option<Element> {
    let root = near.get_root_node();
    match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => root.owner_document()?.active_element(),
    }
}

/// What `selector` finds inside `within`.
pub(in crate::view) fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Puts the focus on an element; one that takes none simply does not get it.
pub(in crate::view) fn focus(element: &HtmlElement) {
    if element.focus().is_err() {
        leptos::logging::debug_warn!("an element took no focus");
    }
}

/// Puts a class on an element, or takes it away, past the view that drew it: for what passes.
pub(in crate::view) fn mark(element: &Element, class: &str, on: bool) {
    if element.class_list().toggle_with_force(class, on).is_err() {
        leptos::logging::debug_warn!("{class} was not set");
    }
}
