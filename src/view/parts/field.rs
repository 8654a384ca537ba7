//! A label, its input, and what is wrong with it.

use super::element::{El, el, sure};

/// A line or an area of text.
pub(in crate::view) struct Field {
    /// An id of its own; its error is found under it.
    pub(in crate::view) id: &'static str,
    /// Its label.
    pub(in crate::view) label: &'static str,
    /// What is said behind the label in a lower voice.
    pub(in crate::view) aside: Option<&'static str>,
    /// What helps to fill it in.
    pub(in crate::view) hint: Option<&'static str>,
    /// What is typed.
    pub(in crate::view) value: Box<dyn Fn() -> String>,
    /// Takes what is typed.
    pub(in crate::view) typed: Box<dyn Fn(String)>,
    /// The longest text.
    pub(in crate::view) longest: usize,
    /// What is wrong with it.
    pub(in crate::view) wrong: Box<dyn Fn() -> Option<String>>,
}

/// A line of text.
pub(in crate::view) fn line(field: Field, class: &'static str, autocomplete: &'static str) -> El {
    framed(field, el("input", class).attr("autocomplete", autocomplete))
}

/// An area of text.
pub(in crate::view) fn area(field: Field, rows: &'static str) -> El {
    framed(field, el("textarea", "").attr("rows", rows))
}

/// The name of the input is its label alone; error and hint describe it.
fn framed(field: Field, input: El) -> El {
    let Field { id, label, aside, hint, value, typed, longest, wrong } = field;
    let part = |part| format!("{id}-{part}");
    let (text, frame) = (input.input(), el("label", "field"));
    let input = input
        .attr("id", id)
        .attr("part", "input")
        .attr("maxlength", &longest.to_string())
        .attr("aria-labelledby", &part("label"))
        .attr("aria-describedby", &format!("{id}-error {id}-hint"))
        .live_value(value)
        .on("input", move |_| typed(text.value()));
    let checked = input.clone();
    let name = el("span", "label").attr("id", &part("label")).text(label);
    let name = match aside {
        Some(aside) => name.text(" ").child(el("i", "").text(aside)),
        None => name,
    };
    let (error, hint_id) = (part("error"), part("hint"));
    frame
        .child(name)
        .child(input)
        .live(wrong, move |wrong| {
            mark_wrong(&checked, wrong.is_some());
            wrong.as_ref().map(|wrong| el("span", "error").attr("id", &error).text(wrong))
        })
        .children(hint.map(|hint| el("span", "hint").attr("id", &hint_id).text(hint)))
}

/// Says to ears that an input holds what cannot be taken.
pub(in crate::view) fn mark_wrong(input: &El, wrong: bool) {
    let node = input.node();
    sure(if wrong {
        node.set_attribute("aria-invalid", "true")
    } else {
        node.remove_attribute("aria-invalid")
    });
}
