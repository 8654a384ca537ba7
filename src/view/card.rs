//! One topic on the board. Its frame is drawn once; the pill and the words each follow the one card they show, so
//! that a vote redraws one card and nothing else.

use std::sync::Arc;

use cercle_domain::member::Skill;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};

use super::actions;
use super::here::Here;
use super::local::{Local, card_id};
use super::parts::focus;
use super::parts::icon::{Icon, icon};
use super::parts::menu::{Opener, menu};
use super::parts::press;
use super::parts::sight::{Sight, watched};
use super::vote::{Before, pill};
use crate::app::Intent;
use crate::app::screen::{Card, Mark};

/// How many skills a card names.
const CHIPS: usize = 3;

pub(super) fn card(here: Here, local: Local, sight: Sight, card: Memo<Arc<Card>>) -> AnyView {
    let (id, stage) = card.with_untracked(|card| (card.id, card.stage));
    let mut before = Before::default();
    let pill = move || pill(here, &card.get(), false, &mut before);
    let words = move || words(here, &card.get());
    let opener = Opener {
        class: "icon-button",
        part: None,
        label: Some(Signal::derive(move || card.with(|card| here.text.actions.with([&card.title])))),
        face: icon(Icon::More),
    };
    let items = Callback::new(move |()| actions::items(here, local, &card.get_untracked()));
    let begin = move |event: DragEvent| {
        if let Some(transfer) = event.data_transfer() {
            // Firefox drags nothing without data; what matters is remembered here.
            transfer.set_effect_allowed("move");
            if transfer.set_data("text/plain", &card.with_untracked(|card| card.title.clone())).is_err() {
                leptos::logging::debug_warn!("a drag took no data");
            }
        }
        set_dragged(&event, true);
        local.dragged.set(Some((id, stage)));
    };
    let end = move |event: DragEvent| {
        set_dragged(&event, false);
        local.dragged.set(None);
        local.over.set(None);
    };
    view! {
        <li
            class="card"
            part="card"
            id=card_id(id)
            draggable=move || card.with(|card| card.tended).then_some("true")
            use:watched=sight
            on:dragstart=begin
            on:dragend=end
        >
            {pill}
            <div class="card-body">{words}</div>
            {menu(opener, here.text.move_title, items)}
        </li>
    }
    .into_any()
}

fn words(here: Here, card: &Card) -> AnyView {
    let Here { text, voice, .. } = here;
    let id = card.id;
    let line = match card.why {
        Some(why) => view! { <p class="card-why">{voice.why_short(why)}</p> }.into_any(),
        None if card.line.is_empty() => ().into_any(),
        None => view! { <p class="card-text">{card.line.clone()}</p> }.into_any(),
    };
    let helpers = (card.volunteers > 0).then(|| voice.count(text.volunteers, card.volunteers));
    view! {
        <h4 class="card-title">
            <button
                type="button"
                class="open"
                aria-haspopup="dialog"
                on:click=press(move || here.ask(Intent::Open(id)))
            >
                <span>{card.title.clone()}</span>
            </button>
        </h4>
        {line}
        {chips(here, &card.wants, CHIPS)}
        <p class="card-foot">
            {helpers.map(|helpers| view! { <span>{helpers}</span> })}
            {card.needs_host.then(|| view! { <span class="wanted">{text.wants_host}</span> })}
            {card.mark.map(|kind| mark(here, kind))}
        </p>
    }
    .into_any()
}

/// The skills that a topic looks for, `most` of them by name.
pub(super) fn chips(here: Here, skills: &[Skill], most: usize) -> Option<AnyView> {
    let more = skills.len().saturating_sub(most);
    let more = (more > 0).then(|| format!("+{}", here.voice.number(more)));
    let names = skills.iter().take(most).map(|skill| skill.0.clone());
    let chips: Vec<_> = names.chain(more).map(|chip| view! { <li class="chip">{chip}</li> }).collect();
    (!chips.is_empty()).then(|| {
        view! {
            <ul class="chips" role="list" aria-label=here.text.skills_wanted>
                {chips}
            </ul>
        }
        .into_any()
    })
}

/// How far one's own act got, in shape and words.
pub(super) fn mark(here: Here, mark: Mark) -> AnyView {
    let class = match mark {
        Mark::Pending => "mark pending",
        Mark::Kept => "mark kept",
        Mark::Saved => "mark saved",
    };
    view! {
        <span class=class>
            <span class="words">{(here.text.mark)(mark)}</span>
        </span>
    }
    .into_any()
}

/// Set on the element alone: a thousand cards need not listen for it.
fn set_dragged(event: &DragEvent, dragged: bool) {
    let card = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(card) = card {
        focus::mark(&card, "dragged", dragged);
    }
}
