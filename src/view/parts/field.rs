//! A label, its input, and what is wrong with it.

use leptos::prelude::*;

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
    pub(in crate::view) value: Signal<String>,
    /// Takes what is typed.
    pub(in crate::view) typed: Callback<String>,
    /// The longest text.
    pub(in crate::view) longest: usize,
    /// What is wrong with it.
    pub(in crate::view) wrong: Signal<Option<String>>,
}

/// A line of text. `kind` is the `autocomplete` of the input, as far as there is one.
pub(in crate::view) fn line(field: Field, class: &'static str, autocomplete: &'static str) -> AnyView {
    let Field { id, value, typed, longest, wrong, .. } = field;
    let input = view! {
        <input
            id=id
            part="input"
            class=class
            autocomplete=autocomplete
            maxlength=longest.to_string()
            aria-invalid=move || wrong.get().map(|_| "true")
            aria-labelledby=format!("{id}-label")
            aria-describedby=format!("{id}-error {id}-hint")
            prop:value=value
            on:input=move |event| typed.run(event_target_value(&event))
        />
    };
    framed(field, input.into_any())
}

/// An area of text.
pub(in crate::view) fn area(field: Field, rows: &'static str) -> AnyView {
    let Field { id, value, typed, longest, wrong, .. } = field;
    let input = view! {
        <textarea
            id=id
            part="input"
            rows=rows
            maxlength=longest.to_string()
            aria-invalid=move || wrong.get().map(|_| "true")
            aria-labelledby=format!("{id}-label")
            aria-describedby=format!("{id}-error {id}-hint")
            prop:value=value
            on:input=move |event| typed.run(event_target_value(&event))
        ></textarea>
    };
    framed(field, input.into_any())
}

/// The name of the input is its label alone; error and hint describe it.
fn framed(field: Field, input: AnyView) -> AnyView {
    let Field { id, label, aside, hint, wrong, .. } = field;
    let error = move || {
        wrong.get().map(|wrong| {
            view! {
                <span class="error" id=format!("{id}-error")>
                    {wrong}
                </span>
            }
        })
    };
    let hint = hint.map(|hint| {
        view! {
            <span class="hint" id=format!("{id}-hint")>
                {hint}
            </span>
        }
    });
    view! {
        <label class="field">
            <span class="label" id=format!("{id}-label")>
                {label}
                {aside.map(|aside| view! { " " <i>{aside}</i> })}
            </span>
            {input}
            {error}
            {hint}
        </label>
    }
    .into_any()
}
