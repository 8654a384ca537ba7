//! Elements: drawn once, kept, and changed where something they follow changes.
//!
//! Leptos does the hard part: signals, memos, effects, and who owns them. Its `view!` is left aside on purpose. It
//! compiles each shape of element, attribute and closure anew, which for these few screens came to more than half a
//! megabyte; here all elements are one type and all closures are boxed. There is nothing to diff: what does not change
//! is not looked at again, and what changes says so by a name that begins with `live`.

use leptos::prelude::*;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, throw_val};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, Node};

/// An element. Cloning it gives another hold of the same one.
#[derive(Debug, Clone)]
pub(in crate::view) struct El(HtmlElement);

/// An HTML element with a class, or with none.
pub(in crate::view) fn el(tag: &str, class: &str) -> El {
    let element = El::of(sure(document().create_element(tag)));
    if class.is_empty() { element } else { element.attr("class", class) }
}

/// A button that does something, and says so in its text.
pub(in crate::view) fn button(class: &str, words: &str, act: impl Fn() + 'static) -> El {
    el("button", class).attr("type", "button").attr("part", "button").text(words).press(act)
}

/// Runs now, and again whenever a signal that it reads changes, as long as its owner lives.
pub(in crate::view) fn whenever(run: impl FnMut() + 'static) {
    follow(Box::new(run));
}

fn follow(mut run: Box<dyn FnMut()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

impl El {
    /// An element that is already there. What is no HTML element (a drawing) takes attributes and children alike.
    pub(in crate::view) fn of(element: Element) -> Self {
        Self(element.unchecked_into())
    }

    /// The element itself.
    pub(in crate::view) fn node(&self) -> &HtmlElement {
        &self.0
    }

    /// Sets an attribute.
    pub(in crate::view) fn attr(self, name: &str, value: &str) -> Self {
        sure(self.0.set_attribute(name, value));
        self
    }

    /// Sets an attribute as long as there is something to set it to.
    pub(in crate::view) fn live_attr<T: Into<String>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<T> + 'static,
    ) -> Self {
        self.follow_attr(name, Box::new(move || value().map(Into::into)))
    }

    fn follow_attr(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        let mut last = None;
        follow(Box::new(move || {
            let now = value();
            if now != last {
                sure(match &now {
                    Some(value) => element.set_attribute(name, value),
                    None => element.remove_attribute(name),
                });
                last = now;
            }
        }));
        self
    }

    /// Sets what an input, an area or a select holds; what a person types is theirs until this changes.
    pub(in crate::view) fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        let input = self.input();
        whenever(move || {
            let value = value();
            if input.value() != value {
                input.set_value(&value);
            }
        });
        self
    }

    /// Sets whether a box or a radio is checked.
    pub(in crate::view) fn live_checked(self, checked: impl Fn() -> bool + 'static) -> Self {
        let input = self.input();
        whenever(move || input.set_checked(checked()));
        self
    }

    /// The element as something that holds a value. Inputs, areas and selects all call it `value`.
    pub(in crate::view) fn input(&self) -> HtmlInputElement {
        self.0.clone().unchecked_into()
    }

    /// Adds a text.
    pub(in crate::view) fn text(self, text: &str) -> Self {
        self.put(&document().create_text_node(text));
        self
    }

    /// Adds a text that changes.
    pub(in crate::view) fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        let node = document().create_text_node("");
        self.put(&node);
        whenever(move || {
            let text = text();
            if node.data() != text {
                node.set_data(&text);
            }
        });
        self
    }

    /// Adds an element.
    pub(in crate::view) fn child(self, child: El) -> Self {
        self.put(&child.0);
        self
    }

    /// Adds some elements, or one if there is one.
    pub(in crate::view) fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().for_each(|child| self.put(&child.0));
        self
    }

    fn put(&self, node: &Node) {
        sure(self.0.append_child(node));
    }

    /// Adds elements that are drawn from `what`, and anew whenever that differs. Whatever else `draw` reads is not
    /// followed; what it starts ends when it is drawn anew.
    pub(in crate::view) fn live<T: PartialEq + 'static, Drawn: Into<Few>>(
        self,
        what: impl Fn() -> T + 'static,
        draw: impl Fn(&T) -> Drawn + 'static,
    ) -> Self {
        let mut last = None;
        let mut scene = Scene::new(&self.0);
        whenever(move || {
            let now = what();
            if last.as_ref() != Some(&now) {
                scene.redraw(&|| draw(&now).into());
                last = Some(now);
            }
        });
        self
    }

    /// Listens.
    pub(in crate::view) fn on(self, event: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(hear))
    }

    /// Listens for presses, which the keyboard makes too.
    pub(in crate::view) fn press(self, act: impl Fn() + 'static) -> Self {
        self.listen("click", Box::new(move |_| act()))
    }

    fn listen(self, event: &'static str, mut hear: Box<dyn FnMut(Event)>) -> Self {
        // What is read while hearing is read once and not followed.
        let hear = Closure::<dyn FnMut(Event)>::new(move |event| untrack(|| hear(event)));
        let added = self.0.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
        sure(added);
        StoredValue::new_local(Listener { element: self.0.clone(), event, hear });
        self
    }
}

/// An element, one or none, or several.
pub(in crate::view) struct Few(Vec<El>);

impl From<El> for Few {
    fn from(one: El) -> Self {
        Self(vec![one])
    }
}

impl From<Option<El>> for Few {
    fn from(one_or_none: Option<El>) -> Self {
        Self(Vec::from_iter(one_or_none))
    }
}

impl From<Vec<El>> for Few {
    fn from(several: Vec<El>) -> Self {
        Self(several)
    }
}

/// A part of an element that is drawn anew now and then, with an owner of its own.
struct Scene {
    parent: HtmlElement,
    /// What is drawn stands before this empty text.
    end: web_sys::Text,
    shown: Vec<El>,
    /// Owns what was drawn, and ends all of it when it is dropped.
    owner: Owner,
}

impl Scene {
    fn new(parent: &HtmlElement) -> Self {
        let end = document().create_text_node("");
        sure(parent.append_child(&end));
        Self { parent: parent.clone(), end, shown: Vec::new(), owner: Owner::default() }
    }

    fn redraw(&mut self, draw: &dyn Fn() -> Few) {
        // What goes away takes leave while it is still there: a dialog gives back the focus.
        self.owner = Owner::default();
        self.shown.drain(..).for_each(|old| old.0.remove());
        self.shown = self.owner.with(|| untrack(draw)).0;
        for new in &self.shown {
            sure(self.parent.insert_before(&new.0, Some(&self.end)));
        }
    }
}

/// Stops listening when it is dropped.
struct Listener {
    element: HtmlElement,
    event: &'static str,
    hear: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let hear = self.hear.as_ref().unchecked_ref();
        sure(self.element.remove_event_listener_with_callback(self.event, hear));
    }
}

/// What the DOM does when it is asked in literals: it cannot refuse, and if it does, that is thrown at the page's console.
pub(in crate::view) fn sure<T>(result: Result<T, JsValue>) -> T {
    result.unwrap_or_else(|error| throw_val(error))
}
