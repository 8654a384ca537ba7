//! Editing a topic, in its sheet. What is typed is kept as a draft; what somebody else made of the topic meanwhile is
//! shown below it, and nothing is replaced unasked.

use std::sync::Arc;

use cercle_domain::Rejection;
use cercle_domain::id::TopicId;
use cercle_domain::rules::limits;
use cercle_domain::topic::Wording;
use leptos::prelude::*;

use super::here::Here;
use super::parts::field::{Field, area, line};
use super::parts::press;
use super::skills::{Skills, skills};
use crate::app::Intent;
use crate::app::screen::Sheet;

pub(super) fn form(here: Here, sheet: Memo<Arc<Sheet>>) -> AnyView {
    let text = here.text;
    let id = sheet.with_untracked(|sheet| sheet.card.id);
    let wording = Memo::new(move |last: Option<&Wording>| {
        let draft = sheet.with(|sheet| sheet.edit.as_ref().map(|edit| edit.wording.clone()));
        draft.or_else(|| last.cloned()).unwrap_or_default()
    });
    let refused = Memo::new(move |_| sheet.with(|sheet| sheet.edit.as_ref().and_then(|edit| edit.refused)));
    let conflict =
        Memo::new(move |_| sheet.with(|sheet| sheet.edit.as_ref().and_then(|edit| edit.conflict.clone())));
    let change = move |change: &dyn Fn(&mut Wording)| {
        let mut wording = wording.get_untracked();
        change(&mut wording);
        here.ask(Intent::DraftEdit { topic: id, wording });
    };
    let title = Field {
        id: "edit-title",
        label: text.title,
        aside: None,
        hint: None,
        value: Signal::derive(move || wording.get().title),
        typed: Callback::new(move |title: String| change(&|wording| wording.title.clone_from(&title))),
        longest: limits::TITLE,
        wrong: wrong(here, refused, &[Rejection::TitleLength]),
    };
    let prose = Field {
        id: "edit-text",
        label: text.text,
        aside: None,
        hint: None,
        value: Signal::derive(move || wording.get().text),
        typed: Callback::new(move |prose: String| change(&|wording| wording.text.clone_from(&prose))),
        longest: limits::TEXT,
        wrong: wrong(here, refused, &[Rejection::TextLength]),
    };
    let wants = Skills {
        id: "edit-wants",
        label: text.skills_helpful,
        suggested: text.on_the_board,
        skills: Signal::derive(move || wording.get().wants),
        suggestions: Signal::derive(Vec::new),
        change: Callback::new(move |wants: Vec<_>| change(&|wording| wording.wants.clone_from(&wants))),
    };
    let other = move || {
        let refused = refused.get().filter(|code| !is_about_a_field(*code) && *code != Rejection::Conflict);
        refused.map(|code| view! { <p class="error">{here.voice.refusal(code)}</p> })
    };
    view! {
        <h2 id="topic-title" class="title" tabindex="-1">
            {text.edit_title}
        </h2>
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                here.ask(Intent::SaveEdit(id));
            }
        >
            {line(title, "", "off")}
            {area(prose, "6")}
            {skills(here, wants)}
            {other}
            {move || conflict.get().map(|theirs| conflicting(here, id, theirs))}
            <div class="acts end">
                <button
                    type="button"
                    class="button"
                    part="button"
                    on:click=press(move || here.ask(Intent::DropEdit(id)))
                >
                    {text.cancel}
                </button>
                <button type="submit" class="button primary" part="button">
                    {text.save}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn conflicting(here: Here, topic: TopicId, theirs: Wording) -> AnyView {
    let text = here.text;
    view! {
        <div class="conflict" role="alert">
            <p>
                <b>{text.conflict}</b> " " {text.conflict_kept}
            </p>
            <blockquote class="kept">
                <b>{theirs.title}</b>
                <p>{theirs.text}</p>
            </blockquote>
            <div class="acts">
                <button
                    type="button"
                    class="button"
                    part="button"
                    on:click=press(move || here.ask(Intent::SaveEdit(topic)))
                >
                    {text.keep_mine}
                </button>
                <button
                    type="button"
                    class="button"
                    part="button"
                    on:click=press(move || here.ask(Intent::DropEdit(topic)))
                >
                    {text.take_theirs}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// What is wrong with a field, if the refusal is about it.
pub(super) fn wrong(
    here: Here,
    refused: Memo<Option<Rejection>>,
    codes: &'static [Rejection],
) -> Signal<Option<String>> {
    Signal::derive(move || {
        refused.get().filter(|code| codes.contains(code)).map(|code| here.voice.refusal(code))
    })
}

/// Whether a refusal stands under a field of the form, rather than below them all.
pub(super) fn is_about_a_field(code: Rejection) -> bool {
    matches!(code, Rejection::TitleLength | Rejection::TextLength | Rejection::NameLength)
}
