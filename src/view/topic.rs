//! A topic in full, in a sheet beside the board: what it says, why it stands where it stands, who may help.

use std::sync::Arc;

use cercle_domain::id::Millis;
use leptos::prelude::*;

use super::actions;
use super::card::mark;
use super::edit;
use super::help;
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::focus;
use super::parts::icon::{Icon, icon};
use super::parts::menu::{Opener, menu};
use super::parts::press;
use super::vote::{Before, pill};
use crate::app::Intent;
use crate::app::screen::Sheet;

/// The open topic.
pub(super) fn sheet(here: Here, local: Local, sheet: Memo<Arc<Sheet>>, now: Signal<Millis>) -> AnyView {
    let editing = Memo::new(move |_| sheet.with(|sheet| sheet.edit.is_some()));
    Effect::new(move |before: Option<bool>| {
        let editing = editing.get();
        if let Some(root) =
            local.root.get_untracked().filter(|_| before.is_some_and(|before| before != editing))
        {
            let goal = if editing { "#edit-title" } else { "#topic-title" };
            request_animation_frame(move || {
                if let Some(goal) = focus::find(&root, goal) {
                    focus::focus(&goal);
                }
            });
        }
        editing
    });
    Effect::new(move |_| {
        let id = sheet.with(|sheet| sheet.card.id);
        if local.edits.get() == Some(id) {
            local.edits.set(None);
            sheet.with_untracked(|sheet| begin_edit(here, sheet));
        }
    });
    let close = Callback::new(move |()| here.ask(Intent::Close));
    // Where the browser finds nothing to give the focus back to, it goes to the topic's card.
    let id = sheet.with_untracked(|sheet| sheet.card.id);
    on_cleanup(move || {
        if let Some(root) = local.root.try_get_untracked().flatten()
            && focus::focused(&root).is_none()
        {
            local.arrive(id, Spot::Open);
        }
    });
    let body = move || if editing.get() { edit::form(here, sheet) } else { reading(here, local, sheet) };
    let frame = Frame { class: "sheet", title: "topic-title", say: local.aloud(), close };
    let body = view! {
        <header class="sheet-head">
            <p class="eyebrow">{move || eyebrow(here, &sheet.get(), now.get_untracked())}</p>
            {close_button(here.text.close, close)}
        </header>
        <div class="sheet-body">{body}</div>
    };
    dialog(frame, body.into_any())
}

fn eyebrow(here: Here, sheet: &Sheet, now: Millis) -> AnyView {
    let (text, voice) = (here.text, here.voice);
    let by = sheet.by.as_ref().map_or_else(|| text.proposed.to_owned(), |name| text.proposed_by.with([name]));
    view! {
        {(text.stage)(sheet.card.stage)} " · " {by} " "
        <time datetime=voice.iso(sheet.at) title=voice.date(sheet.at)>
            {voice.near(sheet.at, now)}
        </time>
    }
    .into_any()
}

fn begin_edit(here: Here, sheet: &Sheet) {
    let wording = cercle_domain::topic::Wording {
        title: sheet.card.title.clone(),
        text: sheet.text.clone(),
        wants: sheet.card.wants.clone(),
    };
    here.ask(Intent::DraftEdit { topic: sheet.card.id, wording });
}

fn reading(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> AnyView {
    let mut before = Before::default();
    let pill = move || pill(here, &sheet.get().card, true, &mut before);
    let tended = Memo::new(move |_| sheet.with(|sheet| sheet.card.tended && sheet.merged_into.is_none()));
    view! {
        <h2 id="topic-title" class="title" tabindex="-1" autofocus>
            {move || sheet.get().card.title.clone()}
        </h2>
        <div class="acts">
            {pill}
            {move || follow(here, &sheet.get())}
            {move || tended.get().then(|| tending(here, local, sheet))}
            {move || sheet.get().card.mark.map(|kind| mark(here, kind))}
        </div>
        {move || told(here, &sheet.get())}
        {help::section(here, local, sheet)}
        {move || (!sheet.get().merged.is_empty()).then(|| merged(here, &sheet.get()))}
    }
    .into_any()
}

fn follow(here: Here, sheet: &Sheet) -> AnyView {
    let (topic, on) = (sheet.card.id, sheet.card.followed);
    view! {
        <button
            type="button"
            class="button"
            part="button"
            aria-pressed=on.to_string()
            on:click=press(move || here.ask(Intent::Follow { topic, on: !on }))
        >
            {icon(Icon::Follow)}
            {here.text.follow}
        </button>
    }
    .into_any()
}

fn tending(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> AnyView {
    let text = here.text;
    let opener = Opener {
        class: "button",
        part: Some("button"),
        label: None,
        face: view! {
            {icon(Icon::Move)}
            {text.move_to}
        }
        .into_any(),
    };
    let moves = Callback::new(move |()| actions::moves(here, local, &sheet.get_untracked().card));
    view! {
        {menu(opener, text.move_title, moves)}
        <button
            type="button"
            class="button"
            part="button"
            on:click=press(move || begin_edit(here, &sheet.get_untracked()))
        >
            {text.edit}
        </button>
    }
    .into_any()
}

fn told(here: Here, sheet: &Sheet) -> AnyView {
    let (text, voice) = (here.text, here.voice);
    let into = sheet.merged_into.clone().map(|(id, title)| {
        let words = text.merged_into.with([&title]);
        view! {
            <p>
                <button type="button" class="link" on:click=press(move || here.ask(Intent::Open(id)))>
                    {words}
                </button>
            </p>
        }
    });
    let prose = (!sheet.text.is_empty()).then(|| view! { <p class="prose">{sheet.text.clone()}</p> });
    let why = sheet.why.map(|why| {
        view! {
            <p class="why">
                <b>{text.why_here}</b>
                {voice.why(why)}
            </p>
        }
    });
    view! {
        {into}
        {prose}
        {why}
    }
    .into_any()
}

/// The topics that this one speaks for.
fn merged(here: Here, sheet: &Sheet) -> AnyView {
    let text = here.text;
    let tended = sheet.card.tended;
    let each = sheet.merged.iter().cloned().map(|(id, title)| {
        let name = text.unmerge_this.with([&title]);
        let part = tended.then(|| {
            view! {
                <button
                    type="button"
                    class="button"
                    part="button"
                    aria-label=name
                    on:click=press(move || here.ask(Intent::Unmerge(id)))
                >
                    {text.unmerge}
                </button>
            }
        });
        view! {
            <li>
                <p>{title}</p>
                {part}
            </li>
        }
    });
    view! {
        <section class="section similar">
            <h3>{text.brings_together}</h3>
            <ul role="list">{each.collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}
