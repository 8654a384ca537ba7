//! The board: finding a topic, the columns, and what stands there while there are none.

use std::cell::Cell;
use std::sync::Arc;

use cercle_domain::topic::Stage;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Asked;
use super::column::column;
use super::find;
use super::here::Here;
use super::local::{Floating, Local, topic_of};
use super::parts::element::{El, button, el, whenever};
use super::parts::focus;
use super::parts::sight::Sight;
use crate::app::Intent;
use crate::app::screen::Column;

/// What a board is drawn from: a memo for each stage, in the order of [`Stage::ALL`].
pub(super) type Columns = [Memo<Arc<Column>>; 6];

/// What stands in the board's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// The columns; only one of them where the person or the page wants so.
    Columns(Option<Stage>),
    /// That nothing matches.
    Nothing,
    /// An invitation.
    Welcome,
}

/// Adds the board to `frame`.
pub(super) fn board(frame: El, here: Here, local: Local, columns: Columns, asked: ReadSignal<Asked>) -> El {
    let seen =
        move |ids: Vec<String>| here.ask(Intent::Seen(ids.iter().filter_map(|id| topic_of(id)).collect()));
    let sight = Sight::new(seen);
    let only = move || asked.get().stage;
    let shown = move || only().or(here.screen().tools.stage);
    let empty = move || {
        let shown = shown();
        let is_empty = |column: &Memo<Arc<Column>>| {
            let column = column.get();
            column.cards.is_empty() || shown.is_some_and(|only| only != column.stage)
        };
        columns.iter().all(is_empty)
    };
    let body = move || match (empty(), here.screen().tools.narrowed) {
        (true, true) => Body::Nothing,
        (true, false) if only().is_none() => Body::Welcome,
        _ => Body::Columns(shown()),
    };
    whenever(move || {
        if let Some(stage) = shown() {
            local.set(|state| state.stage = stage);
        }
    });
    say_news(here, local, columns);
    // What a person did is there at once.
    let in_turn = Cell::new(true);
    frame
        .live(
            move || (body() != Body::Welcome, only()),
            move |(finds, only)| if *finds { find::find(here, local, columns, *only) } else { Vec::new() },
        )
        .live(body, move |body| match (body, in_turn.take()) {
            (Body::Nothing, _) => nothing(here),
            (Body::Welcome, _) => welcome(here, local),
            (Body::Columns(shown), in_turn) => {
                let shows = |at: &Memo<Arc<Column>>| shown.is_none_or(|only| only == at.get().stage);
                let drawn = columns.into_iter().filter(shows);
                el("div", "board")
                    .on("animationend", |event| {
                        if let Some(card) = event.target() {
                            focus::mark(card.unchecked_ref::<Element>(), "arrives", false);
                        }
                    })
                    .children(drawn.map(|each| column(here, local, &sight, each, in_turn)))
            }
        })
}

/// Says to ears when there is something new, once for all columns.
fn say_news(here: Here, local: Local, columns: Columns) {
    let mut before = 0;
    whenever(move || {
        let news = columns.iter().map(|column| column.get().news).sum();
        if news > before {
            local.say(here.voice.count(here.text.news, news), false);
        }
        before = news;
    });
}

fn nothing(here: Here) -> El {
    let show_all = move || {
        here.ask(Intent::Search(String::new()));
        here.ask(Intent::OnlyStage(None));
        here.ask(Intent::OnlySkill(None));
        here.ask(Intent::OnlyMine(false));
    };
    let link = el("button", "link").attr("type", "button").text(here.text.later().show_all).press(show_all);
    el("p", "quiet nothing").text(here.text.later().nothing).text(" ").child(link)
}

fn welcome(here: Here, local: Local) -> El {
    let text = here.text;
    el("section", "welcome")
        .attr("aria-labelledby", "welcome-title")
        .child(el("h3", "title").attr("id", "welcome-title").text(text.welcome))
        .child(el("p", "").text(text.question))
        .child(el("blockquote", "example").text(text.welcome_example))
        .child(button("button primary", text.propose_first, move || local.float(Floating::Propose)))
}
