//! Editing a topic, in its sheet. What is typed is kept as a draft; what somebody else made of the topic meanwhile is
//! shown below it, and nothing is replaced unasked.

use std::sync::Arc;

use cercle_domain::Rejection;
use cercle_domain::id::TopicId;
use cercle_domain::rules::limits;
use cercle_domain::topic::Wording;
use leptos::prelude::*;

use super::here::Here;
use super::parts::element::{El, button, el};
use super::parts::field::{Field, area, line};
use super::parts::form::{form, submit};
use super::skills::{Skills, skills};
use crate::app::Intent;
use crate::app::screen::{Editing, Sheet};

/// Adds the form to `body`.
pub(super) fn edit(body: El, here: Here, sheet: Memo<Arc<Sheet>>) -> El {
    let text = here.text;
    let id = sheet.get().card.id;
    let edit = move || sheet.get().edit.clone();
    let wording = move || edit().map(|edit| edit.wording).unwrap_or_default();
    let refused = move || edit().and_then(|edit| edit.refused);
    let change = move |change: &dyn Fn(&mut Wording)| {
        let mut wording = untrack(wording);
        change(&mut wording);
        here.ask(Intent::DraftEdit { topic: id, wording });
    };
    let title = Field {
        id: "edit-title",
        label: text.later().title,
        aside: None,
        hint: None,
        value: Box::new(move || wording().title),
        typed: Box::new(move |title| change(&|wording| wording.title.clone_from(&title))),
        longest: limits::TITLE,
        wrong: wrong(here, refused, Rejection::TitleLength),
    };
    let prose = Field {
        id: "edit-text",
        label: text.later().text,
        aside: None,
        hint: None,
        value: Box::new(move || wording().text),
        typed: Box::new(move |prose| change(&|wording| wording.text.clone_from(&prose))),
        longest: limits::TEXT,
        wrong: wrong(here, refused, Rejection::TextLength),
    };
    let wants = Skills {
        id: "edit-wants",
        label: text.later().skills_helpful,
        suggested: text.later().on_the_board,
        skills: Box::new(move || wording().wants),
        suggestions: Box::new(Vec::new),
        change: Box::new(move |wants| change(&|wording| wording.wants.clone_from(&wants))),
    };
    let general = move || refused().filter(|code| *code != Rejection::Conflict);
    let conflict = move || edit().and_then(|Editing { conflict, .. }| conflict);
    let save = submit("button primary", move || here.ask(Intent::SaveEdit(id))).text(text.later().save);
    let form = form("form").child(line(title, "", "off")).child(area(prose, "6")).child(skills(here, wants));
    let form = wrong_in_general(form, here, general)
        .live(conflict, move |theirs| theirs.as_ref().map(|theirs| conflicting(here, id, theirs)))
        .child(
            el("div", "acts end")
                .child(button("button", text.later().cancel, move || here.ask(Intent::DropEdit(id))))
                .child(save),
        );
    let heading =
        el("h2", "title").attr("id", "topic-title").attr("tabindex", "-1").text(text.later().edit_title);
    body.child(heading).child(form)
}

fn conflicting(here: Here, topic: TopicId, theirs: &Wording) -> El {
    let text = here.text;
    el("div", "conflict")
        .attr("role", "alert")
        .child(
            el("p", "")
                .child(el("b", "").text(text.later().conflict))
                .text(" ")
                .text(text.later().conflict_kept),
        )
        .child(kept(theirs))
        .child(
            el("div", "acts")
                .child(button("button", text.later().keep_mine, move || here.ask(Intent::KeepMine(topic))))
                .child(button("button", text.later().take_theirs, move || here.ask(Intent::DropEdit(topic)))),
        )
}

/// A wording, quoted.
pub(super) fn kept(wording: &Wording) -> El {
    el("blockquote", "kept").child(el("b", "").text(&wording.title)).child(el("p", "").text(&wording.text))
}

/// What is wrong with a field, if the refusal is about it.
pub(super) fn wrong(
    here: Here,
    refused: impl Fn() -> Option<Rejection> + 'static,
    code: Rejection,
) -> Box<dyn Fn() -> Option<String>> {
    Box::new(move || refused().filter(|refused| *refused == code).map(|code| here.voice.refusal(code)))
}

/// Adds to a form what is wrong with it as a whole.
pub(super) fn wrong_in_general(
    form: El,
    here: Here,
    refused: impl Fn() -> Option<Rejection> + 'static,
) -> El {
    let about_a_field = |code: &Rejection| {
        matches!(code, Rejection::TitleLength | Rejection::TextLength | Rejection::NameLength)
    };
    form.live(
        move || refused().filter(|code| !about_a_field(code)),
        move |code| code.map(|code| el("p", "error").text(&here.voice.refusal(code))),
    )
}
