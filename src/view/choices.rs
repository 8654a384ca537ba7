//! Sizes as large choices: none is better than another, the smallest stands first.

use cercle_domain::member::Size;
use leptos::prelude::*;

use super::here::Here;

/// The choice of a size. `name` keeps the radios of one choice together.
pub(super) fn choices(
    here: Here,
    name: &'static str,
    legend: &'static str,
    chosen: Signal<Option<Size>>,
    choose: Callback<Size>,
) -> AnyView {
    let each = Size::ALL.map(|size| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == Some(size)
                    on:change=move |_| choose.run(size)
                />
                <span>
                    <b>{(here.text.size)(size)}</b> " " <span>{(here.text.size_means)(size)}</span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="choices">
            <legend class="label">{legend}</legend>
            {each.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
