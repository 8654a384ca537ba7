//! Proposing a topic: one question first, similar topics under it while it is typed, details after.

use std::sync::Arc;

use cercle_domain::Rejection;
use cercle_domain::rules::limits;
use cercle_domain::topic::Wording;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::edit::{is_about_a_field, wrong};
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::field::{Field, area};
use super::parts::focus;
use super::parts::press;
use super::skills::{Skills, skills};
use crate::app::Intent;
use crate::app::screen::{Mine, Proposal, Similar};

pub(super) fn propose(
    here: Here,
    local: Local,
    proposal: Memo<Arc<Proposal>>,
    mine: Memo<Arc<Mine>>,
) -> AnyView {
    let text = here.text;
    let close = Callback::new(move |()| local.sink());
    let similar = Memo::new(move |_| proposal.with(|proposal| proposal.similar.clone()));
    Effect::new(move |before: Option<usize>| {
        let count = similar.with(Vec::len);
        if count > 0 && before.is_some_and(|before| before != count) {
            local.say(here.voice.count(text.similar_found, count), false);
        }
        count
    });
    let details = move || local.details.get().then(|| details(here, local, proposal, mine));
    let refused = Memo::new(move |_| proposal.with(|proposal| proposal.refused));
    let other = move || {
        let refused = refused.get().filter(|code| !is_about_a_field(*code));
        refused.map(|code| view! { <p class="error">{here.voice.refusal(code)}</p> })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let wording = proposal.with_untracked(|proposal| proposal.wording.clone());
        // An empty question is sent as it is: the answer says what it lacks.
        if local.details.get_untracked() || wording.title.trim().is_empty() {
            here.ask(Intent::Propose { wording, host: local.host.get_untracked() });
        } else {
            local.details.set(true);
        }
    };
    let drop = move || {
        here.ask(Intent::DropProposal);
        local.sink();
    };
    let form = view! {
        <form class="form" on:submit=submit>
            <header class="dialog-head">
                <h2 id="propose-title" class="title">
                    <label for="propose-what">{text.question}</label>
                </h2>
                {close_button(text.close, close)}
            </header>
            {question(here, proposal, refused)}
            {move || similar.with(|similar| alike(here, local, similar))}
            {details}
            {other}
            <div class="acts end">
                <button type="button" class="button" part="button" on:click=press(drop)>
                    {text.cancel}
                </button>
                <button type="submit" class="button primary" part="button">
                    {move || if local.details.get() { text.propose_it } else { text.go_on }}
                </button>
            </div>
        </form>
    };
    let frame = Frame { class: "dialog", title: "propose-title", say: local.aloud(), close };
    dialog(frame, form.into_any())
}

fn change(here: Here, proposal: Memo<Arc<Proposal>>, change: &dyn Fn(&mut Wording)) {
    let mut wording = proposal.with_untracked(|proposal| proposal.wording.clone());
    change(&mut wording);
    here.ask(Intent::DraftProposal(wording));
}

fn question(here: Here, proposal: Memo<Arc<Proposal>>, refused: Memo<Option<Rejection>>) -> AnyView {
    let node = NodeRef::<html::Textarea>::new();
    let wrong = wrong(here, refused, &[Rejection::TitleLength]);
    let title = Memo::new(move |_| proposal.with(|proposal| proposal.wording.title.clone()));
    // A title is one line: Enter goes on, and what was pasted comes without its line ends.
    let typed = move |event| {
        let line = event_target_value(&event).replace(['\n', '\r'], " ");
        change(here, proposal, &|wording| wording.title.clone_from(&line));
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            let form = node.get_untracked().and_then(|node| node.form());
            if form.is_some_and(|form| form.request_submit().is_err()) {
                leptos::logging::debug_warn!("a form was not sent");
            }
        }
    };
    let error = move || wrong.get().map(|wrong| view! { <p class="error" id="propose-error">{wrong}</p> });
    view! {
        <textarea
            id="propose-what"
            class="large"
            part="input"
            rows="2"
            maxlength=limits::TITLE.to_string()
            autofocus
            aria-describedby="propose-error propose-hint"
            aria-invalid=move || wrong.get().map(|_| "true")
            node_ref=node
            prop:value=title
            on:input=typed
            on:keydown=keys
        ></textarea>
        {error}
        <p id="propose-hint" class="hint">
            {here.text.question_hint}
        </p>
    }
    .into_any()
}

/// Topics that say nearly the same, each with a vote to give instead.
fn alike(here: Here, local: Local, similar: &[Similar]) -> Option<AnyView> {
    let text = here.text;
    let each: Vec<_> = similar.iter().map(|topic| one_alike(here, local, topic)).collect();
    (!each.is_empty()).then(|| {
        view! {
            <section class="similar" aria-labelledby="similar-title">
                <h3 id="similar-title">{text.similar}</h3>
                <ul role="list">{each}</ul>
            </section>
        }
        .into_any()
    })
}

fn one_alike(here: Here, local: Local, topic: &Similar) -> AnyView {
    let (text, id, vote) = (here.text, topic.id, topic.vote);
    let stage = (text.stage)(topic.stage);
    let state =
        if vote.mine { Some(text.have_voted.to_owned()) } else { vote.tally.map(|_| here.voice.tally(vote)) };
    let facts = state.map_or_else(|| stage.to_owned(), |state| format!("{stage} · {state}"));
    let take = move || {
        here.ask(Intent::Vote { topic: id, on: true });
        here.ask(Intent::DropProposal);
        local.sink();
        local.arrive(id, Spot::Open);
    };
    let name = text.its_mine_for.with([&topic.title]);
    let button = (vote.open && !vote.mine && vote.possible).then(|| {
        view! {
            <button type="button" class="button" part="button" aria-label=name on:click=press(take)>
                {text.its_mine}
            </button>
        }
    });
    view! {
        <li>
            <p>
                <b>{topic.title.clone()}</b> " " <span>{facts}</span>
            </p>
            {button}
        </li>
    }
    .into_any()
}

fn details(here: Here, local: Local, proposal: Memo<Arc<Proposal>>, mine: Memo<Arc<Mine>>) -> AnyView {
    let text = here.text;
    let refused = Memo::new(move |_| proposal.with(|proposal| proposal.refused));
    let prose = Field {
        id: "propose-text",
        label: text.a_little_more,
        aside: Some(text.optional),
        hint: None,
        value: Signal::derive(move || proposal.with(|proposal| proposal.wording.text.clone())),
        typed: Callback::new(move |prose: String| {
            change(here, proposal, &|wording| wording.text.clone_from(&prose));
        }),
        longest: limits::TEXT,
        wrong: wrong(here, refused, &[Rejection::TextLength]),
    };
    let wants = Skills {
        id: "propose-wants",
        label: text.skills_helpful,
        suggested: text.on_the_board,
        skills: Signal::derive(move || proposal.with(|proposal| proposal.wording.wants.clone())),
        suggestions: Signal::derive(move || mine.with(|mine| mine.sought.clone())),
        change: Callback::new(move |wants: Vec<_>| {
            change(here, proposal, &|wording| wording.wants.clone_from(&wants));
        }),
    };
    // The keyboard goes on where the person does.
    let begin = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let field = begin.get().and_then(|begin| focus::find(&begin, "textarea"));
        if let Some(field) = field {
            focus::focus(&field);
        }
    });
    // Hosting is offered by members.
    let host = move || {
        mine.with(|mine| mine.member.is_some()).then(|| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=local.host
                        on:change=move |event| local.host.set(event_target_checked(&event))
                    />
                    <span>{text.can_host}</span>
                </label>
            }
        })
    };
    view! {
        <div node_ref=begin>{area(prose, "4")}</div>
        {skills(here, wants)}
        {host}
    }
    .into_any()
}
