//! Choosing the topic that another becomes a part of.

use std::sync::Arc;

use cercle_domain::id::TopicId;
use cercle_domain::similar::{Gist, fold};
use leptos::prelude::*;

use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::icon::{Icon, icon};
use super::parts::press;
use crate::app::Intent;
use crate::app::screen::{Card, Column};

/// How many topics are offered at once; the search finds the others.
const OFFERED: usize = 8;

pub(super) fn merge(
    here: Here,
    local: Local,
    columns: [Memo<Arc<Column>>; 6],
    topic: TopicId,
    title: &str,
) -> AnyView {
    let text = here.text;
    let close = Callback::new(move |()| local.sink());
    let gist = Gist::of(title);
    let found = move || {
        let words = fold(&local.typed.get());
        let mut cards: Vec<(f32, Arc<Card>)> = Vec::new();
        for column in columns {
            column.with(|column| {
                let fits = |card: &&Arc<Card>| {
                    let title = fold(&card.title);
                    card.id != topic && words.split(' ').all(|word| title.contains(word))
                };
                let fitting = column.cards.iter().filter(fits);
                cards.extend(fitting.map(|card| (gist.likeness(&Gist::of(&card.title)), Arc::clone(card))));
            });
        }
        // The most alike first.
        cards.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        cards.iter().take(OFFERED).map(|(_, card)| into(here, local, topic, card)).collect::<Vec<_>>()
    };
    let body = view! {
        <div class="form">
            <header class="dialog-head">
                <h2 id="merge-title" class="title">
                    {text.merge_title.with([title])}
                </h2>
                {close_button(text.close, close)}
            </header>
            <label class="search">
                {icon(Icon::Search)}
                <span class="hidden">{text.search}</span>
                <input
                    type="search"
                    part="input"
                    placeholder=text.search
                    autofocus
                    prop:value=local.typed
                    on:input=move |event| local.typed.set(event_target_value(&event))
                />
            </label>
            <div class="similar">
                <ul role="list">{found}</ul>
            </div>
        </div>
    };
    dialog(Frame { class: "dialog", title: "merge-title", say: local.aloud(), close }, body.into_any())
}

fn into(here: Here, local: Local, topic: TopicId, card: &Card) -> AnyView {
    let (text, into) = (here.text, card.id);
    let merge = move || {
        local.sink();
        here.ask(Intent::Merge { topic, into });
        local.arrive(into, Spot::Menu);
    };
    let name = text.merge_into.with([&card.title]);
    view! {
        <li>
            <p>
                <b>{card.title.clone()}</b> " " <span>{(text.stage)(card.stage)}</span>
            </p>
            <button type="button" class="button" part="button" aria-label=name on:click=press(merge)>
                {text.merge_here}
            </button>
        </li>
    }
    .into_any()
}
