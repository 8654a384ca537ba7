//! A topic in full, in a sheet beside the board: what it says, why it stands where it stands, who may help.

use std::rc::Rc;
use std::sync::Arc;

use cercle_domain::id::{Millis, TopicId};
use cercle_domain::topic::Wording;
use leptos::prelude::*;

use super::actions;
use super::card::mark;
use super::edit;
use super::help;
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::element::{El, button, el, whenever};
use super::parts::icon::{Icon, icon};
use super::parts::menu::menu;
use super::vote::{Pill, pill};
use crate::app::Intent;
use crate::app::screen::Sheet;

/// The open topic.
pub(super) fn sheet(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> El {
    let editing = move || sheet.get().edit.is_some();
    let mut edited = editing();
    whenever(move || {
        let edits = editing();
        if edits != edited {
            local.go_to(if edits { "#edit-title" } else { "#topic-title" });
        }
        edited = edits;
    });
    whenever(move || {
        let shown = sheet.get();
        if local.see().edits == Some(shown.card.id) {
            local.set(|state| state.edits = None);
            untrack(|| begin_edit(here, &shown));
        }
    });
    // Where the browser finds nothing to give the focus back to, it goes to the topic's card.
    let id = sheet.get().card.id;
    on_cleanup(move || {
        request_animation_frame(move || {
            if local.is_left() {
                local.arrive(id, Spot::Open);
            }
        });
    });
    let close: Rc<dyn Fn()> = Rc::new(move || here.ask(Intent::Close));
    let head = el("header", "sheet-head")
        .child(eyebrow(here, sheet))
        .child(close_button(here.text.later().close, Rc::clone(&close)));
    dialog(Frame { class: "sheet", title: "topic-title", say: local.aloud(), close }, |dialog| {
        dialog.child(head).live(editing, move |editing| {
            let body = el("div", "sheet-body");
            if *editing { edit::edit(body, here, sheet) } else { reading(body, here, local, sheet) }
        })
    })
}

fn eyebrow(here: Here, sheet: Memo<Arc<Sheet>>) -> El {
    let text = here.text;
    let said = move || {
        let sheet = sheet.get();
        let by = sheet.by.as_ref();
        let by =
            by.map_or_else(|| text.later().proposed.to_owned(), |name| text.later().proposed_by.with([name]));
        format!("{} · {by} ", (text.stage)(sheet.card.stage))
    };
    el("p", "eyebrow").live_text(said).live(move || sheet.get().at, move |at| near(here, *at))
}

/// A moment, near, with the whole of it one focus away.
pub(super) fn near(here: Here, at: Millis) -> El {
    let voice = here.voice;
    let now = here.screen().now;
    el("time", "").attr("datetime", &voice.iso(at)).attr("title", &voice.date(at)).text(&voice.near(at, now))
}

fn begin_edit(here: Here, sheet: &Sheet) {
    let wording = Wording {
        title: sheet.card.title.clone(),
        text: sheet.text.clone(),
        wants: sheet.card.wants.clone(),
    };
    here.ask(Intent::DraftEdit { topic: sheet.card.id, wording });
}

fn reading(body: El, here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> El {
    let title = el("h2", "title")
        .attr("id", "topic-title")
        .attr("tabindex", "-1")
        .attr("autofocus", "")
        .live_text(move || sheet.get().card.title.clone());
    let tended = move || sheet.get().card.tended && sheet.get().merged_into.is_none();
    let body = body.child(title).live(tended, move |tended| acts(here, local, sheet, *tended));
    told(body, here, sheet)
        .child(help::section(here, local, sheet))
        .live(move || sheet.get().merged.clone(), move |merged| parts(here, &sheet.get(), merged))
}

fn acts(here: Here, local: Local, sheet: Memo<Arc<Sheet>>, tended: bool) -> El {
    let text = here.text;
    let votes = Pill { id: sheet.get().card.id, title: None, vote: Rc::new(move || sheet.get().card.vote) };
    let mut acts = pill(el("div", "acts"), here, votes).child(follow(here, sheet));
    if tended {
        let mover =
            el("button", "button").attr("part", "button").child(icon(Icon::Move)).text(text.later().move_to);
        let moves = move || actions::moves(here, local, &sheet.get().card);
        acts =
            menu(acts, mover, text.move_title, moves)
                .child(button("button", text.later().edit, move || begin_edit(here, &sheet.get())));
    }
    acts.live(move || sheet.get().card.mark, move |kind| kind.map(|kind| mark(here, kind)))
}

fn follow(here: Here, sheet: Memo<Arc<Sheet>>) -> El {
    let flip = move || {
        let card = &sheet.get().card;
        here.ask(Intent::Follow { topic: card.id, on: !card.followed });
    };
    el("button", "button")
        .attr("type", "button")
        .attr("part", "button")
        .live_attr("aria-pressed", move || Some(sheet.get().card.followed.to_string()))
        .press(flip)
        .child(icon(Icon::Follow))
        .text(here.text.later().follow)
}

/// What it says, and why it stands where it stands.
fn told(body: El, here: Here, sheet: Memo<Arc<Sheet>>) -> El {
    let text = here.text;
    let into = move |into: &Option<(TopicId, String)>| {
        let (id, title) = into.clone()?;
        let open = move || here.ask(Intent::Open(id));
        let link = el("button", "link").attr("type", "button").text(&text.later().merged_into.with([&title]));
        Some(el("p", "").child(link.press(open)))
    };
    let prose = |prose: &String| (!prose.is_empty()).then(|| el("p", "prose").text(prose));
    let why = move |why: &Option<String>| {
        let why = why.as_ref()?;
        Some(el("p", "why").child(el("b", "").text(text.later().why_here)).text(why))
    };
    body.live(move || sheet.get().merged_into.clone(), into)
        .live(move || sheet.get().text.clone(), prose)
        .live(move || sheet.get().why.map(|why| here.voice.why(why)), why)
}

/// The topics that this one speaks for.
fn parts(here: Here, sheet: &Sheet, merged: &[(TopicId, String)]) -> Option<El> {
    let text = here.text;
    let part = |(id, title): &(TopicId, String)| {
        let id = *id;
        let separate = sheet.card.tended.then(|| {
            let unmerge = move || here.ask(Intent::Unmerge(id));
            button("button", text.later().unmerge, unmerge)
                .attr("aria-label", &text.later().unmerge_this.with([title]))
        });
        el("li", "").child(el("p", "").text(title)).children(separate)
    };
    (!merged.is_empty()).then(|| {
        el("section", "section similar")
            .child(el("h3", "").text(text.later().brings_together))
            .child(el("ul", "").attr("role", "list").children(merged.iter().map(part)))
    })
}
