//! The tabs of `<cercle-community>`. The panel that is not shown is not drawn.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::here::Here;
use super::local::{Local, Tab};
use super::parts::focus;
use super::parts::press;

pub(super) fn tabs(here: Here, local: Local, name: Signal<String>, member: Memo<bool>) -> AnyView {
    let text = here.text;
    let choose = move |tab: Tab| {
        local.tab.set(tab);
        let button =
            local.root.get_untracked().and_then(|root| focus::find(&root, &format!("#tab-{}", id(tab))));
        if let Some(button) = button {
            focus::focus(&button);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let other = if local.tab.get_untracked() == Tab::Board { Tab::Signup } else { Tab::Board };
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowRight" => other,
            "Home" => Tab::Board,
            "End" => Tab::Signup,
            _ => return,
        };
        event.prevent_default();
        choose(to);
    };
    let label = move |tab| match tab {
        Tab::Board => text.board,
        Tab::Signup if member.get() => text.my_commitments,
        Tab::Signup => text.join_tab,
    };
    let each = [Tab::Board, Tab::Signup].map(|tab| {
        let chosen = move || local.tab.get() == tab;
        view! {
            <button
                type="button"
                role="tab"
                id=format!("tab-{}", id(tab))
                aria-selected=move || chosen().to_string()
                aria-controls=move || chosen().then(|| format!("panel-{}", id(tab)))
                tabindex=move || (!chosen()).then_some("-1")
                on:click=press(move || choose(tab))
            >
                {move || label(tab)}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=name on:keydown=keys>
            {each.into_iter().collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// The word for a tab in ids.
pub(super) fn id(tab: Tab) -> &'static str {
    match tab {
        Tab::Board => "board",
        Tab::Signup => "signup",
    }
}
