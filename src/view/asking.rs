//! Small dialogs that ask one thing: a code, the settings, whether one is sure.

use cercle_domain::community::Community;
use cercle_domain::rules::limits;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::here::Here;
use super::local::Local;
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::field::{Field, line};
use super::parts::press;
use crate::app::Intent;

/// What is asked.
struct Question {
    class: &'static str,
    title: &'static str,
    body: AnyView,
    no: &'static str,
    yes: &'static str,
    /// The class of the button that says yes.
    yes_class: &'static str,
    submit: Callback<()>,
}

/// A form with two ways out. What explains why it was not done is said inside of it.
fn ask(here: Here, local: Local, question: Question) -> AnyView {
    let Question { class, title, body, no, yes, yes_class, submit } = question;
    let close = Callback::new(move |()| local.sink());
    let opened = local.said.with_untracked(|said| said.turn);
    let wrong = move || {
        let said = local.said.get();
        (said.turn > opened && said.explains).then(|| view! { <p class="error">{said.words}</p> })
    };
    let form = view! {
        <form
            class="form"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                submit.run(());
            }
        >
            <header class="dialog-head">
                <h2 id="ask-title" class="title">
                    {title}
                </h2>
                {close_button(here.text.close, close)}
            </header>
            {body}
            {wrong}
            <div class="acts end">
                <button type="button" class="button" part="button" on:click=press(move || local.sink())>
                    {no}
                </button>
                <button type="submit" class=yes_class part="button">
                    {yes}
                </button>
            </div>
        </form>
    };
    dialog(Frame { class, title: "ask-title", say: local.aloud(), close }, form.into_any())
}

/// The code that makes a facilitator. The dialog stays until the backend has said yes.
pub(super) fn claim(here: Here, local: Local) -> AnyView {
    let text = here.text;
    let code = Field {
        id: "claim-code",
        label: text.code,
        aside: None,
        hint: None,
        value: local.typed.into(),
        typed: Callback::new(move |code| local.typed.set(code)),
        longest: 128,
        wrong: Signal::derive(|| None),
    };
    let body = view! {
        <p>{text.facilitate_says}</p>
        {line(code, "code", "off")}
    };
    let question = Question {
        class: "dialog small",
        title: text.facilitate_title,
        body: body.into_any(),
        no: text.cancel,
        yes: text.facilitate_do,
        yes_class: "button primary",
        submit: Callback::new(move |()| here.ask(Intent::Claim(local.typed.get_untracked()))),
    };
    ask(here, local, question)
}

/// Whether one is sure to be forgotten.
pub(super) fn erase(here: Here, local: Local) -> AnyView {
    let text = here.text;
    let question = Question {
        class: "dialog small",
        title: text.erase,
        body: view! { <p>{text.erase_says}</p> }.into_any(),
        no: text.stay,
        yes: text.erase_me,
        yes_class: "button danger",
        submit: Callback::new(move |()| {
            local.sink();
            here.ask(Intent::Erase);
        }),
    };
    ask(here, local, question)
}

/// Whether one is sure that a file should take the place of the community.
pub(super) fn import(here: Here, local: Local, json: String) -> AnyView {
    let text = here.text;
    let question = Question {
        class: "dialog small",
        title: text.import_title,
        body: view! { <p>{text.import_says}</p> }.into_any(),
        no: text.cancel,
        yes: text.import_do,
        yes_class: "button primary",
        submit: Callback::new(move |()| {
            local.sink();
            here.ask(Intent::Import(json.clone()));
        }),
    };
    ask(here, local, question)
}

/// The settings of the community. The dialog stays until they are taken.
pub(super) fn settings(here: Here, local: Local) -> AnyView {
    let text = here.text;
    let settings = local.settings;
    let one_line = |id, label, get: fn(&mut Community) -> &mut String| Field {
        id,
        label,
        aside: None,
        hint: None,
        value: Signal::derive(move || get(&mut settings.get()).clone()),
        typed: Callback::new(move |typed| settings.update(|settings| *get(settings) = typed)),
        longest: limits::TITLE,
        wrong: Signal::derive(|| None),
    };
    let name = one_line("settings-name", text.community_name, |settings| &mut settings.name);
    let purpose = one_line("settings-purpose", text.community_purpose, |settings| &mut settings.purpose);
    // What is no number is no setting either, which the answer to it says.
    let number = |event| event_target_value(&event).trim().parse().unwrap_or(0);
    let cap =
        move || settings.with(|settings| settings.vote_cap.map_or_else(String::new, |cap| cap.to_string()));
    let body = view! {
        {line(name, "", "off")}
        {line(purpose, "", "off")}
        <div class="field row">
            <label class="label" for="settings-cap">
                {text.vote_cap}
            </label>
            <input
                id="settings-cap"
                type="number"
                part="input"
                min="1"
                max=limits::VOTE_CAP.to_string()
                disabled=move || settings.with(|settings| settings.vote_cap.is_none())
                prop:value=cap
                on:change=move |event| settings.update(|settings| settings.vote_cap = Some(number(event)))
            />
        </div>
        <div class="field row">
            <label class="label" for="settings-cadence">
                {text.cadence}
            </label>
            <input
                id="settings-cadence"
                type="number"
                part="input"
                min="1"
                max=limits::CADENCE_DAYS.to_string()
                prop:value=move || settings.with(|settings| settings.cadence_days.to_string())
                on:change=move |event| settings.update(|settings| settings.cadence_days = number(event))
            />
        </div>
        <div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || settings.with(|settings| settings.vote_cap.is_none())
                    on:change=move |event| {
                        let cap = (!event_target_checked(&event)).then_some(cercle_domain::community::DEFAULT_VOTE_CAP);
                        settings.update(|settings| settings.vote_cap = cap);
                    }
                />
                <span>{text.no_cap}</span>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || settings.with(|settings| settings.hide_tallies)
                    on:change=move |event| {
                        settings.update(|settings| settings.hide_tallies = event_target_checked(&event));
                    }
                />
                <span>{text.hide_tallies}</span>
            </label>
        </div>
    };
    let question = Question {
        class: "dialog",
        title: text.settings_title,
        body: body.into_any(),
        no: text.cancel,
        yes: text.save,
        yes_class: "button primary",
        submit: Callback::new(move |()| here.ask(Intent::Settle(settings.get_untracked()))),
    };
    ask(here, local, question)
}
