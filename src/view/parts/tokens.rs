//! A list of short texts, typed one by one or picked from suggestions. Enter and comma add, Backspace in the empty
//! input takes the last one away.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::focus;
use super::icon::{Icon, icon};
use super::press;

/// The list and everything said around it.
pub(in crate::view) struct Tokens {
    /// The id of its label.
    pub(in crate::view) id: &'static str,
    /// Its label.
    pub(in crate::view) label: &'static str,
    /// What the empty input says.
    pub(in crate::view) add: &'static str,
    /// The name of the button that takes one away.
    pub(in crate::view) remove: Callback<String, String>,
    /// What the suggestions are.
    pub(in crate::view) suggested: &'static str,
    /// The longest text.
    pub(in crate::view) longest: usize,
    /// The list.
    pub(in crate::view) values: Signal<Vec<String>>,
    /// What might be added.
    pub(in crate::view) suggestions: Signal<Vec<String>>,
    /// Takes the changed list.
    pub(in crate::view) change: Callback<Vec<String>>,
}

/// Draws the list.
pub(in crate::view) fn tokens(tokens: Tokens) -> AnyView {
    let Tokens { id, label, add, remove, suggested, longest, values, suggestions, change } = tokens;
    let input = NodeRef::<html::Input>::new();
    let put = move |text: &str| {
        let text = text.trim().trim_end_matches(',').trim_end();
        let Some(mut list) = values.try_get_untracked() else { return };
        let known = list.iter().any(|known| known.to_lowercase() == text.to_lowercase());
        if !text.is_empty() && !known {
            list.push(text.to_owned());
            change.run(list);
        }
    };
    let take = move |text: &str| {
        let mut list = values.get_untracked();
        list.retain(|kept| kept != text);
        change.run(list);
        if let Some(input) = input.try_get_untracked().flatten() {
            focus::focus(&input);
        }
    };
    // The browser blurs what is taken away, when nothing of this is there any more.
    let put_typed = move || {
        if let Some(input) = input.try_get_untracked().flatten() {
            put(&input.value());
            input.set_value("");
        }
    };
    let keys = move |event: KeyboardEvent| {
        let empty = input.get_untracked().is_none_or(|input| input.value().is_empty());
        match event.key().as_str() {
            // While a text is being composed, Enter belongs to the composition.
            "Enter" | "," if !event.is_composing() && !empty => {
                event.prevent_default();
                put_typed();
            }
            "Backspace" if empty => {
                if let Some(last) = values.get_untracked().last() {
                    take(last);
                }
            }
            _ => {}
        }
    };
    let token = move |text: String| {
        let name = remove.run(text.clone());
        let gone = text.clone();
        view! {
            <span class="token">
                {text} " "
                <button type="button" aria-label=name on:click=press(move || take(&gone))>
                    {icon(Icon::Close)}
                </button>
            </span>
        }
    };
    let suggestion = move |text: String| {
        let added = text.clone();
        view! {
            <li>
                <button type="button" class="pick" part="button" on:click=press(move || put(&added))>
                    {icon(Icon::Plus)}
                    {text}
                </button>
            </li>
        }
    };
    let offered = move || {
        let chosen: Vec<String> = values.get().iter().map(|text| text.to_lowercase()).collect();
        let fresh = suggestions.get().into_iter().filter(|text| !chosen.contains(&text.to_lowercase()));
        let fresh: Vec<_> = fresh.map(suggestion).collect();
        (!fresh.is_empty()).then(|| {
            view! {
                <ul class="suggestions" role="list" aria-label=suggested>
                    {fresh}
                </ul>
            }
        })
    };
    view! {
        <div class="field" role="group" aria-labelledby=id>
            <span class="label" id=id>
                {label}
            </span>
            <div class="tokens">
                {move || values.get().into_iter().map(token).collect::<Vec<_>>()}
                <input
                    part="input"
                    aria-labelledby=id
                    placeholder=add
                    maxlength=longest.to_string()
                    node_ref=input
                    on:keydown=keys
                    on:blur=move |_| put_typed()
                />
            </div>
            {offered}
        </div>
    }
    .into_any()
}
