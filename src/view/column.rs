//! One stage of the board.
//!
//! A column of a thousand topics is there within a few frames and still has every card in the page: the columns draw what
//! a window shows of them one after another, so that no page has to stand still for a whole board on a slow machine; the
//! rest follows in small slices whenever the browser is free, and `content-visibility` (in `column.css`) keeps what is out
//! of sight from costing style, layout or paint. So the browser's own find-in-page, screen readers and the scroll bar know
//! every card, which a window that takes cards away again would have to make up for by hand.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use cercle_domain::topic::Stage;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Node};

use super::card::card;
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::element::{El, button, el, whenever};
use super::parts::list::PACK;
use super::parts::sight::Sight;
use crate::app::Intent;
use crate::app::screen::{Card, Column};

/// About as many cards as a window shows of one column.
const FIRST: usize = PACK / 2;
/// How many follow at a time, a few milliseconds of work.
const SLICE: usize = PACK;
/// How long the browser has for itself between two slices.
const PAUSE: Duration = Duration::from_millis(24);
/// The turn of a list that waits for no other.
const AT_ONCE: u32 = 0;

/// A column; `in_turn` is whether all of them are to come one after another.
pub(super) fn column(
    here: Here,
    local: Local,
    sight: &Sight,
    column: Memo<Arc<Column>>,
    in_turn: bool,
) -> El {
    let stage = column.with_untracked(|column| column.stage);
    let folded = move || stage == Stage::Parked && !local.see().unfolded;
    let class = move || {
        let here = if local.see().stage == stage { " here" } else { "" };
        let folded = if folded() { " folded" } else { "" };
        let over = if local.see().over == Some(stage) { " over" } else { "" };
        Some(format!("column{here}{folded}{over}"))
    };
    let head = if stage == Stage::Parked { fold(here, local, column) } else { head(here, column) };
    let section =
        el("section", "").live_attr("class", class).attr("aria-labelledby", &title_id(stage)).child(head);
    let sight = sight.clone();
    // The first time only: a list that begins to fill later is there at once.
    let place = if local.see().stage == stage { 0 } else { stage as u32 };
    let turn = Cell::new(if in_turn { place + 1 } else { AT_ONCE });
    takes_cards(section, here, local, column).live(
        // Where a search has left nothing, that is said once for the whole board.
        move || (column.get().cards.is_empty(), here.screen().tools.narrowed),
        move |(empty, narrowed)| {
            let turn = turn.take();
            let drawn = match (empty, narrowed) {
                (true, true) => return None,
                (true, false) => el("p", "column-empty").text((here.text.empty)(stage)),
                (false, _) => {
                    let list = el("div", "cards").attr("role", "list").attr("id", &list_id(stage));
                    cards(list, here, local, sight.clone(), column, turn)
                }
            };
            Some(drawn.live_attr("hidden", move || folded().then_some("")))
        },
    )
}

/// Lets a column take cards that are dragged there from others.
fn takes_cards(section: El, here: Here, local: Local, column: Memo<Arc<Column>>) -> El {
    let stage = column.with_untracked(|column| column.stage);
    let takes = move || {
        let elsewhere = |topic: &_| !column.get().cards.iter().any(|card| card.id == *topic);
        local.see().dragged.filter(elsewhere)
    };
    let itself = section.clone();
    section
        .on("dragover", move |event| {
            if takes().is_some() {
                event.prevent_default();
                if local.see().over != Some(stage) {
                    local.set(|state| state.over = Some(stage));
                }
            }
        })
        .on("dragleave", move |event| {
            let to = event.unchecked_ref::<DragEvent>().related_target();
            let to = to.and_then(|target| target.dyn_into::<Node>().ok());
            if to.is_none_or(|to| !itself.node().contains(Some(&to))) {
                local.set(|state| state.over = None);
            }
        })
        .on("drop", move |event| {
            if let Some(topic) = takes() {
                event.prevent_default();
                here.ask(Intent::Move { topic, stage });
                local.arrive(topic, Spot::Menu);
            }
        })
}

/// The cards, in slices, the first one when it is their turn.
fn cards(list: El, here: Here, local: Local, sight: Sight, column: Memo<Arc<Column>>, turn: u32) -> El {
    let drawn = RwSignal::new(if turn == AT_ONCE { FIRST } else { 0 });
    whenever(move || {
        let (count, now) = (column.get().cards.len(), drawn.get());
        if now < count {
            // By then the column may be gone, and nobody minds. Packs are filled to their end.
            let (next, pauses) = if now == 0 { (FIRST, turn - 1) } else { ((now / SLICE + 1) * SLICE, 1) };
            set_timeout(move || if drawn.try_set(next).is_some() {}, PAUSE * pauses);
        } else if now > count + SLICE {
            // A search has made the column short: when it ends, the rest comes in slices again.
            drawn.set(count.max(SLICE));
        }
    });
    list.list(
        move || column.get().cards.iter().take(drawn.get()).cloned().collect(),
        |card: &Arc<Card>| card.id.0,
        move |shown| sight.watch(card(here, local, shown)),
    )
}

fn head(here: Here, column: Memo<Arc<Column>>) -> El {
    let stage = column.with_untracked(|column| column.stage);
    let title = el("h3", "").attr("id", &title_id(stage)).text((here.text.stage)(stage));
    counted(el("header", "column-head").child(title).text(" "), here, column).live(
        move || column.get().news,
        move |news| {
            let words = here.voice.count(here.text.news, *news);
            (*news > 0).then(|| button("news", &words, move || here.ask(Intent::ShowNews)))
        },
    )
}

fn fold(here: Here, local: Local, column: Memo<Arc<Column>>) -> El {
    let stage = column.with_untracked(|column| column.stage);
    let button = el("button", "fold")
        .attr("type", "button")
        .live_attr("aria-expanded", move || Some(local.see().unfolded.to_string()))
        .attr("aria-controls", &list_id(stage))
        .press(move || local.set(|state| state.unfolded = !state.unfolded))
        .text((here.text.stage)(stage))
        .text(" ");
    let title = el("h3", "").attr("id", &title_id(stage)).child(counted(button, here, column));
    el("header", "column-head").child(title)
}

fn counted(frame: El, here: Here, column: Memo<Arc<Column>>) -> El {
    let count = move || column.get().cards.len();
    let word = move || format!(" {}", here.voice.count(here.text.topics_word, count()));
    frame.child(
        el("span", "count")
            .live_text(move || here.voice.number(count()))
            .child(el("span", "hidden").live_text(word)),
    )
}

fn title_id(stage: Stage) -> String {
    format!("column-{}", stage.name())
}

fn list_id(stage: Stage) -> String {
    format!("list-{}", stage.name())
}
