//! A list whose items stay themselves, wherever they move: each is drawn once, by its key, and has an owner of its own.

use leptos::prelude::*;
use web_sys::{HtmlElement, Node};

use super::element::{El, el, sure, whenever};

/// How many elements stand in one pack. Browsers look at each pack out of sight instead of at each element, before every
/// frame; how tall a full one is stands in `column.css`.
pub(in crate::view) const PACK: usize = 16;

struct Item<T: 'static> {
    key: u128,
    element: El,
    /// What it was told last.
    last: T,
    /// Where it is told.
    told: RwSignal<T>,
    /// Owns what the element follows, and ends it when it is dropped.
    _owner: Owner,
}

impl El {
    /// Fills this element, which has no other children, with one element an item, in packs. Each follows its own item and
    /// no other: that one of a thousand has changed is nothing to the rest.
    pub(in crate::view) fn list<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        items: impl Fn() -> Vec<T> + 'static,
        key: fn(&T) -> u128,
        draw: impl Fn(ReadSignal<T>) -> El + 'static,
    ) -> Self {
        let parent = self.node().clone();
        let mut shown: Vec<Item<T>> = Vec::new();
        let fresh = move |item: T| {
            let owner = Owner::default();
            let (key, last) = (key(&item), item.clone());
            let (element, told) = owner.with(|| {
                let told = RwSignal::new(item);
                (untrack(|| draw(told.read_only())), told)
            });
            Item { key, element, last, told, _owner: owner }
        };
        whenever(move || {
            let items = items();
            let stay =
                items.len() == shown.len() && items.iter().zip(&shown).all(|(item, at)| key(item) == at.key);
            if stay {
                shown.iter_mut().zip(items).for_each(|(at, item)| at.tell(item));
                return;
            }
            let mut known = Known { items: shown.drain(..).map(Some).collect(), next: 0 };
            for item in items {
                shown.push(match known.take(key(&item)) {
                    Some(mut at) => {
                        at.tell(item);
                        at
                    }
                    None => fresh(item),
                });
            }
            for gone in known.items.into_iter().flatten() {
                gone.element.node().remove();
            }
            arrange(&parent, &shown);
        });
        self
    }
}

impl<T: Clone + PartialEq + Send + Sync> Item<T> {
    fn tell(&mut self, item: T) {
        if self.last != item {
            self.last = item.clone();
            self.told.set(item);
        }
    }
}

/// The items there were, mostly asked for in their order.
struct Known<T: 'static> {
    items: Vec<Option<Item<T>>>,
    next: usize,
}

impl<T> Known<T> {
    fn take(&mut self, key: u128) -> Option<Item<T>> {
        let is_it = |item: &Option<Item<T>>| item.as_ref().is_some_and(|item| item.key == key);
        let (before, after) = self.items.split_at(self.next.min(self.items.len()));
        let ahead = after.iter().position(is_it).map(|at| at + before.len());
        let at = ahead.or_else(|| before.iter().position(is_it))?;
        self.next = at + 1;
        self.items.get_mut(at)?.take()
    }
}

/// Puts the elements into their order, pack by pack.
fn arrange<T>(list: &HtmlElement, items: &[Item<T>]) {
    let mut next = list.first_element_child();
    for items in items.chunks(PACK) {
        let pack = next.map_or_else(|| pack_in(list), El::of);
        fill(pack.node(), items);
        let pack = pack.attr("class", if items.len() == PACK { "pack full" } else { "pack" });
        next = pack.node().next_element_sibling();
    }
    while let Some(empty) = next {
        next = empty.next_element_sibling();
        empty.remove();
    }
}

fn pack_in(list: &HtmlElement) -> El {
    let pack = el("ul", "").attr("role", "none");
    sure(list.append_child(pack.node()));
    pack
}

/// Touches only those elements of a pack that stand elsewhere.
fn fill<T>(pack: &HtmlElement, items: &[Item<T>]) {
    let mut here: Option<Node> = pack.first_child();
    for Item { element, .. } in items {
        let node: &Node = element.node();
        if here.as_ref() == Some(node) {
            here = node.next_sibling();
        } else {
            sure(pack.insert_before(node, here.as_ref()));
        }
    }
}
