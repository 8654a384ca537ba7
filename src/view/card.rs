//! One topic on the board. What it says follows the one card it shows, so that a vote changes one card and nothing
//! else.

use std::rc::Rc;
use std::sync::Arc;

use cercle_domain::member::Skill;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

use super::actions;
use super::here::Here;
use super::local::{Local, card_id};
use super::parts::element::{El, el, sure};
use super::parts::focus;
use super::parts::icon::{Icon, icon};
use super::parts::menu::menu;
use super::vote::{Pill, pill};
use crate::app::Intent;
use crate::app::screen::{Card, Mark};

/// How many skills a card names.
const CHIPS: usize = 3;

pub(super) fn card(here: Here, local: Local, card: ReadSignal<Arc<Card>>) -> El {
    let id = card.with_untracked(|card| card.id);
    let frame = el("li", "card").attr("role", "listitem").attr("part", "card").attr("id", &card_id(id));
    let (began, ended) = (frame.clone(), frame.clone());
    let frame = frame
        .live_attr("draggable", move || card.get().tended.then_some("true"))
        .on("dragstart", move |event| {
            // Firefox drags nothing without data; what matters is remembered here.
            if let Some(transfer) = event.unchecked_ref::<DragEvent>().data_transfer() {
                transfer.set_effect_allowed("move");
                sure(transfer.set_data("text/plain", &card.get().title));
            }
            focus::mark(began.node(), "dragged", true);
            local.set(|state| state.dragged = Some(id));
        })
        .on("dragend", move |_| {
            focus::mark(ended.node(), "dragged", false);
            local.set(|state| state.dragged = None);
            local.set(|state| state.over = None);
        });
    let votes = Pill {
        id,
        title: Some(Rc::new(move || card.get().title.clone())),
        vote: Rc::new(move || card.get().vote),
    };
    let name = move || Some(here.text.actions.with([&card.get().title]));
    let button = el("button", "icon-button").live_attr("aria-label", name).child(icon(Icon::More));
    let frame = pill(frame, here, votes).child(words(here, card));
    menu(frame, button, here.text.move_title, move || actions::items(here, local, &card.get()))
}

fn words(here: Here, card: ReadSignal<Arc<Card>>) -> El {
    let id = card.with_untracked(|card| card.id);
    let title = el("button", "open")
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .press(move || here.ask(Intent::Open(id)))
        .child(el("span", "").live_text(move || card.get().title.clone()));
    // All of it at once: nothing in it takes the keyboard, and little of it ever changes but how far one's act got.
    el("div", "card-body").child(el("h4", "card-title").child(title)).live(
        move || {
            let card = card.get();
            Said {
                line: card.line.clone(),
                why: card.why.map(|why| here.voice.why_short(why)),
                wants: card.wants.clone(),
                volunteers: card.volunteers,
                needs_host: card.needs_host,
            }
        },
        move |said| {
            let line = match &said.why {
                Some(why) => Some(el("p", "card-why").text(why)),
                None => (!said.line.is_empty()).then(|| el("p", "card-text").text(&said.line)),
            };
            line.into_iter()
                .chain(chips(here, &said.wants, CHIPS))
                .chain([foot(here, said, card)])
                .collect::<Vec<_>>()
        },
    )
}

/// What a card says below its title.
#[derive(PartialEq)]
struct Said {
    line: String,
    why: Option<String>,
    wants: Vec<Skill>,
    volunteers: usize,
    needs_host: bool,
}

fn foot(here: Here, said: &Said, card: ReadSignal<Arc<Card>>) -> El {
    let (text, helpers) = (here.text, said.volunteers);
    el("p", "card-foot")
        .children((helpers > 0).then(|| el("span", "").text(&here.voice.count(text.volunteers, helpers))))
        .children(said.needs_host.then(|| el("span", "wanted").text(text.wants_host)))
        .live(move || card.get().mark, move |kind| kind.map(|kind| mark(here, kind)))
}

/// The skills that a topic looks for, `most` of them by name.
pub(super) fn chips(here: Here, skills: &[Skill], most: usize) -> Option<El> {
    let more = skills.len().saturating_sub(most);
    let more = (more > 0).then(|| format!("+{}", here.voice.number(more)));
    let chip = |words: &str| el("li", "chip").text(words);
    (!skills.is_empty()).then(|| {
        el("ul", "chips")
            .attr("role", "list")
            .attr("aria-label", here.text.skills_wanted)
            .children(skills.iter().take(most).map(|skill| chip(&skill.0)))
            .children(more.map(|more| chip(&more)))
    })
}

/// How far one's own act got, in shape and words.
pub(super) fn mark(here: Here, mark: Mark) -> El {
    let class = match mark {
        Mark::Pending => "mark pending",
        Mark::Kept => "mark kept",
        Mark::Saved => "mark saved",
    };
    el("span", class).child(el("span", "words").text((here.text.mark)(mark)))
}
