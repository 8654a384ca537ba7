//! A list of short texts, typed one by one or picked from suggestions. Enter and comma add, Backspace in the empty
//! input takes the last one away.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::element::{El, el};
use super::focus;
use super::icon::{Icon, icon};

/// The list and everything said around it.
pub(in crate::view) struct Tokens {
    /// The id of its label.
    pub(in crate::view) id: &'static str,
    /// Its label.
    pub(in crate::view) label: &'static str,
    /// What the empty input says.
    pub(in crate::view) add: &'static str,
    /// The name of the button that takes one away.
    pub(in crate::view) remove: Box<dyn Fn(&str) -> String>,
    /// What the suggestions are.
    pub(in crate::view) suggested: &'static str,
    /// Whether two texts mean the same.
    pub(in crate::view) same: fn(&str, &str) -> bool,
    /// The longest text.
    pub(in crate::view) longest: usize,
    /// The list.
    pub(in crate::view) values: Box<dyn Fn() -> Vec<String>>,
    /// What might be added.
    pub(in crate::view) suggestions: Box<dyn Fn() -> Vec<String>>,
    /// Takes the changed list.
    pub(in crate::view) change: Box<dyn Fn(Vec<String>)>,
}

/// Draws the list.
pub(in crate::view) fn tokens(tokens: Tokens) -> El {
    let input = el("input", "")
        .attr("part", "input")
        .attr("aria-labelledby", tokens.id)
        .attr("placeholder", tokens.add)
        .attr("maxlength", &tokens.longest.to_string());
    let (id, label, suggested) = (tokens.id, tokens.label, tokens.suggested);
    let list = Rc::new(List { tokens, input: input.clone() });
    let (keys, blurred) = (Rc::clone(&list), Rc::clone(&list));
    let input = input
        .on("keydown", move |event| keys.key(event.unchecked_ref()))
        .on("blur", move |_| blurred.put_typed());
    let (shown, offered) = (Rc::clone(&list), Rc::clone(&list));
    let (kept, picked) = (Rc::clone(&list), list);
    el("div", "field")
        .attr("role", "group")
        .attr("aria-labelledby", id)
        .child(el("span", "label").attr("id", id).text(label))
        .child(
            el("div", "tokens")
                .live(
                    move || (shown.tokens.values)(),
                    move |values: &Vec<String>| {
                        values.iter().map(|text| token(&kept, text)).collect::<Vec<_>>()
                    },
                )
                .child(input),
        )
        .live(
            move || offered.offered(),
            move |texts: &Vec<String>| {
                (!texts.is_empty()).then(|| {
                    el("ul", "suggestions")
                        .attr("role", "list")
                        .attr("aria-label", suggested)
                        .children(texts.iter().map(|text| suggestion(&picked, text)))
                })
            },
        )
}

struct List {
    tokens: Tokens,
    input: El,
}

impl List {
    fn put(&self, text: &str) {
        let text = text.trim().trim_end_matches(',').trim_end();
        let mut list = (self.tokens.values)();
        if !text.is_empty() && !list.iter().any(|known| (self.tokens.same)(known, text)) {
            list.push(text.to_owned());
            (self.tokens.change)(list);
        }
    }

    fn put_typed(&self) {
        let typed = self.input.input();
        self.put(&typed.value());
        typed.set_value("");
    }

    fn take(&self, text: &str) {
        let mut list = (self.tokens.values)();
        list.retain(|kept| kept != text);
        (self.tokens.change)(list);
    }

    fn key(&self, event: &KeyboardEvent) {
        let empty = self.input.input().value().is_empty();
        match event.key().as_str() {
            // While a text is being composed, Enter belongs to the composition.
            "Enter" | "," if !event.is_composing() && !empty => {
                event.prevent_default();
                self.put_typed();
            }
            "Backspace" if empty => {
                if let Some(last) = (self.tokens.values)().last() {
                    self.take(last);
                }
            }
            _ => {}
        }
    }

    /// The suggestions that are not in the list yet.
    fn offered(&self) -> Vec<String> {
        let known = (self.tokens.values)();
        let mut texts = (self.tokens.suggestions)();
        texts.retain(|text| !known.iter().any(|known| (self.tokens.same)(known, text)));
        texts
    }

    /// What was pressed goes away; the keyboard goes on in the input.
    fn go_on(&self) {
        focus::focus(self.input.node());
    }
}

fn token(list: &Rc<List>, text: &str) -> El {
    let (name, gone, list) = ((list.tokens.remove)(text), text.to_owned(), Rc::clone(list));
    let take = move || {
        list.take(&gone);
        list.go_on();
    };
    let button = el("button", "").attr("type", "button").attr("aria-label", &name).press(take);
    el("span", "token").text(text).text(" ").child(button.child(icon(Icon::Close)))
}

fn suggestion(list: &Rc<List>, text: &str) -> El {
    let (added, list) = (text.to_owned(), Rc::clone(list));
    let put = move || {
        list.put(&added);
        list.go_on();
    };
    let button = el("button", "pick").attr("type", "button").attr("part", "button").press(put);
    el("li", "").child(button.child(icon(Icon::Plus)).text(text))
}
