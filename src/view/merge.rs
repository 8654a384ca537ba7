//! Choosing the topic that another becomes a part of.

use std::rc::Rc;
use std::sync::Arc;

use cercle_domain::id::TopicId;
use cercle_domain::similar::{Gist, fold};

use super::find::search;
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::element::{El, button, el};
use super::propose::titled;
use crate::app::Intent;
use crate::app::screen::Card;

/// How many topics are offered at once; the search finds the others.
const OFFERED: usize = 8;

pub(super) fn merge(here: Here, local: Local, topic: TopicId, title: &str) -> El {
    let text = here.text;
    let close: Rc<dyn Fn()> = Rc::new(move || local.sink());
    let heading = el("h2", "title").attr("id", "merge-title").text(&text.later().merge_title.with([title]));
    let gist = Gist::of(title);
    let words = search(
        text.search,
        move || local.see().typed.clone(),
        move |words| local.set(|state| state.typed = words),
    );
    let list = el("ul", "").attr("role", "list").live(
        move || others(here, topic, &gist, &local.see().typed.clone()),
        move |cards| cards.iter().map(|card| into(here, local, topic, card)).collect::<Vec<_>>(),
    );
    let body = el("div", "form")
        .child(
            el("header", "dialog-head")
                .child(heading)
                .child(close_button(text.later().close, Rc::clone(&close))),
        )
        .child(words)
        .child(el("div", "similar").child(list));
    dialog(Frame { class: "dialog", title: "merge-title", say: local.aloud(), close }, |dialog| {
        dialog.child(body)
    })
}

/// The topics with these words in their title, the most alike first.
fn others(here: Here, topic: TopicId, gist: &Gist, words: &str) -> Vec<Arc<Card>> {
    let words = fold(words);
    let screen = here.screen();
    let all = screen.columns.iter().flat_map(|column| &column.cards);
    let fits = |card: &&Arc<Card>| {
        let title = fold(&card.title);
        card.id != topic && words.split(' ').all(|word| title.contains(word))
    };
    let mut offered: Vec<(f32, &Arc<Card>)> = Vec::new();
    for card in all.filter(fits) {
        // Few are kept, so each finds its place by going along.
        let likeness = gist.likeness(&Gist::of(&card.title));
        let place = offered.iter().position(|(other, _)| likeness > *other).unwrap_or(offered.len());
        if place < OFFERED {
            offered.truncate(OFFERED - 1);
            offered.insert(place, (likeness, card));
        }
    }
    offered.into_iter().map(|(_, card)| Arc::clone(card)).collect()
}

fn into(here: Here, local: Local, topic: TopicId, card: &Card) -> El {
    let (text, into) = (here.text, card.id);
    let merge = move || {
        local.sink();
        here.ask(Intent::Merge { topic, into });
        local.arrive(into, Spot::Menu);
    };
    el("li", "").child(titled(&card.title, (text.stage)(card.stage))).child(
        button("button", text.later().merge_here, merge)
            .attr("aria-label", &text.later().merge_into.with([&card.title])),
    )
}
