//! A list whose items stay themselves, wherever they move: each is drawn once, by its key, and has an owner of its own.

use leptos::prelude::*;
use web_sys::{HtmlElement, Node};

use super::element::{El, sure, whenever};

struct Item {
    key: u128,
    element: El,
    /// Owns what the element follows, and ends it when it is dropped.
    _owner: Owner,
}

impl El {
    /// Fills this element, which has no other children, with one element an item.
    pub(in crate::view) fn list<T: 'static>(
        self,
        items: impl Fn() -> Vec<T> + 'static,
        key: fn(&T) -> u128,
        draw: impl Fn(T) -> El + 'static,
    ) -> Self {
        let parent = self.node().clone();
        let mut shown: Vec<Item> = Vec::new();
        whenever(move || {
            let mut known = Known { items: shown.drain(..).map(Some).collect(), next: 0 };
            let fresh = |key, item| {
                let owner = Owner::default();
                let element = owner.with(|| untrack(|| draw(item)));
                Item { key, element, _owner: owner }
            };
            for item in items() {
                let key = key(&item);
                shown.push(known.take(key).unwrap_or_else(|| fresh(key, item)));
            }
            for gone in known.items.into_iter().flatten() {
                gone.element.node().remove();
            }
            arrange(&parent, &shown);
        });
        self
    }
}

/// The items there were, mostly asked for in their order.
struct Known {
    items: Vec<Option<Item>>,
    next: usize,
}

impl Known {
    fn take(&mut self, key: u128) -> Option<Item> {
        let is_it = |item: &Option<Item>| item.as_ref().is_some_and(|item| item.key == key);
        let (before, after) = self.items.split_at(self.next.min(self.items.len()));
        let ahead = after.iter().position(is_it).map(|at| at + before.len());
        let at = ahead.or_else(|| before.iter().position(is_it))?;
        self.next = at + 1;
        self.items.get_mut(at)?.take()
    }
}

/// Puts the elements into their order, touching only those that stand elsewhere.
fn arrange(parent: &HtmlElement, items: &[Item]) {
    let mut here: Option<Node> = parent.first_child();
    for Item { element, .. } in items {
        let node: &Node = element.node();
        if here.as_ref() == Some(node) {
            here = node.next_sibling();
        } else {
            sure(parent.insert_before(node, here.as_ref()));
        }
    }
}
