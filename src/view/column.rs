//! One stage of the board.
//!
//! A column of a thousand topics is there within a few frames and still has every card in the page: what the window
//! shows is drawn at once, the rest follows in small slices whenever the browser is free, and `content-visibility` (in
//! `card.css`) keeps what is out of sight from costing style, layout or paint. So the browser's own find-in-page, screen
//! readers and the scroll bar know every card, which a window that takes cards away again would have to make up for by
//! hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use cercle_domain::topic::Stage;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Node};

use super::card::card;
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::press;
use super::parts::sight::Sight;
use crate::app::Intent;
use crate::app::screen::{Card, Column};

/// More cards than any window shows of one column.
const AT_ONCE: usize = 12;
/// How many cards follow at a time: a few milliseconds of work.
const SLICE: usize = 16;
/// How long the browser has for itself between two slices.
const PAUSE: Duration = Duration::from_millis(24);

pub(super) fn column(
    here: Here,
    local: Local,
    sight: Sight,
    column: Memo<Arc<Column>>,
    narrowed: Memo<bool>,
) -> AnyView {
    let stage = column.with_untracked(|column| column.stage);
    let title = format!("column-{}", stage.name());
    let folded = move || stage == Stage::Parked && !local.unfolded.get();
    let class = move || {
        let mut class = "column".to_owned();
        for (on, name) in [
            (local.stage.get() == stage, " here"),
            (folded(), " folded"),
            (local.over.get() == Some(stage), " over"),
        ] {
            class.push_str(if on { name } else { "" });
        }
        class
    };
    let takes = move || local.dragged.get_untracked().filter(|(_, from)| *from != stage);
    let over = move |event: DragEvent| {
        if takes().is_some() {
            event.prevent_default();
            if local.over.get_untracked() != Some(stage) {
                local.over.set(Some(stage));
            }
        }
    };
    let leave = move |event: DragEvent| {
        let column = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if !column.is_some_and(|column| column.contains(to.as_ref())) {
            local.over.set(None);
        }
    };
    let drop = move |event: DragEvent| {
        if let Some((topic, _)) = takes() {
            event.prevent_default();
            here.ask(Intent::Move { topic, stage });
            local.arrive(topic, Spot::Menu);
        }
    };
    let head = if stage == Stage::Parked { fold(here, local, column) } else { head(here, column) };
    let empty = Memo::new(move |_| column.with(|column| column.cards.is_empty()));
    let cards = move || {
        if empty.get() {
            // Where a search has left nothing, that is said once for the whole board.
            return (!narrowed.get()).then(|| {
                view! {
                    <p class="column-empty" hidden=folded>
                        {(here.text.empty)(stage)}
                    </p>
                }
                .into_any()
            });
        }
        Some(
            view! {
                <ul class="cards" role="list" id=format!("list-{}", stage.name()) hidden=folded>
                    {list(here, local, sight, column)}
                </ul>
            }
            .into_any(),
        )
    };
    view! {
        <section
            class=class
            aria-labelledby=title
            on:dragover=over
            on:dragleave=leave
            on:drop=drop
        >
            {head}
            {cards}
        </section>
    }
    .into_any()
}

/// The cards, in slices.
fn list(here: Here, local: Local, sight: Sight, column: Memo<Arc<Column>>) -> AnyView {
    let drawn = RwSignal::new(AT_ONCE);
    let count = Memo::new(move |_| column.with(|column| column.cards.len()));
    Effect::new(move |_| {
        let (count, now) = (count.get(), drawn.get());
        if now < count {
            // By then the column may be gone, and nobody minds.
            set_timeout(move || if drawn.try_set(now + SLICE).is_some() {}, PAUSE);
        } else if now > count + AT_ONCE {
            // A search has made the column short: when it ends, the rest comes in slices again.
            drawn.set(count.max(AT_ONCE));
        }
    });
    let cards =
        move || column.with(|column| column.cards.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    view! {
        <For
            each=cards
            key=|card| card.id
            children=move |first| card(here, local, sight, card_in(column, first))
        />
    }
    .into_any()
}

/// One card of a column, wherever it moves; the last that was known of it once it is gone.
fn card_in(column: Memo<Arc<Column>>, first: Arc<Card>) -> Memo<Arc<Card>> {
    let place = AtomicUsize::new(0);
    Memo::new(move |known: Option<&Arc<Card>>| {
        let known = known.unwrap_or(&first);
        column.with(|column| {
            let is_it = |card: &Arc<Card>| card.id == known.id;
            // It mostly stands where it stood.
            if let Some(card) = column.cards.get(place.load(Relaxed)).filter(|card| is_it(card)) {
                return Arc::clone(card);
            }
            let found = column.cards.iter().position(is_it);
            place.store(found.unwrap_or(0), Relaxed);
            Arc::clone(found.and_then(|place| column.cards.get(place)).unwrap_or(known))
        })
    })
}

fn head(here: Here, column: Memo<Arc<Column>>) -> AnyView {
    let (stage, voice) = (column.with_untracked(|column| column.stage), here.voice);
    let news = Memo::new(move |_| column.with(|column| column.news));
    let news = move || {
        let news = news.get();
        (news > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="news"
                    part="button"
                    on:click=press(move || here.ask(Intent::ShowNews))
                >
                    {voice.count(here.text.news, news)}
                </button>
            }
        })
    };
    view! {
        <header class="column-head">
            <h3 id=format!("column-{}", stage.name())>{(here.text.stage)(stage)}</h3>
            " "
            {count(here, column)}
            {news}
        </header>
    }
    .into_any()
}

fn fold(here: Here, local: Local, column: Memo<Arc<Column>>) -> AnyView {
    let stage = column.with_untracked(|column| column.stage);
    view! {
        <header class="column-head">
            <h3 id=format!("column-{}", stage.name())>
                <button
                    type="button"
                    class="fold"
                    aria-expanded=move || local.unfolded.get().to_string()
                    aria-controls=format!("list-{}", stage.name())
                    on:click=press(move || local.unfolded.update(|unfolded| *unfolded = !*unfolded))
                >
                    {(here.text.stage)(stage)}
                    " "
                    {count(here, column)}
                </button>
            </h3>
        </header>
    }
    .into_any()
}

fn count(here: Here, column: Memo<Arc<Column>>) -> AnyView {
    let count = Memo::new(move |_| column.with(|column| column.cards.len()));
    view! {
        <span class="count">
            {move || here.voice.number(count.get())}
            <span class="hidden">{move || format!(" {}", here.voice.count(here.text.topics_word, count.get()))}</span>
        </span>
    }
    .into_any()
}
