//! Elements of a shadow root: where the keyboard is, putting it elsewhere, marking in passing.
//!
//! `document.activeElement` is the host from inside a shadow root, and ids of the root are unknown to the document: all
//! looking goes through the root that a node stands in.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, ShadowRoot};

use super::element::{El, sure};

/// The element with the focus, in the same tree as `near`.
pub(in crate::view) fn focused(near: &Node) -> Option<Element> {
    let root = near.get_root_node();
    match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => root.owner_document()?.active_element(),
    }
}

/// What `selector` finds inside `within`.
pub(in crate::view) fn find(within: &El, selector: &str) -> Option<HtmlElement> {
    let found = sure(within.node().query_selector(selector))?;
    Some(found.unchecked_into())
}

/// Puts the focus on an element; one that takes none simply does not get it.
pub(in crate::view) fn focus(element: &HtmlElement) {
    sure(element.focus());
}

/// Puts the focus on what `selector` finds inside `within`, if it finds something.
pub(in crate::view) fn focus_on(within: &El, selector: &str) {
    if let Some(found) = find(within, selector) {
        focus(&found);
    }
}

/// Puts a class on an element, or takes it away: for what passes.
pub(in crate::view) fn mark(element: &Element, class: &str, on: bool) {
    sure(element.class_list().toggle_with_force(class, on));
}
