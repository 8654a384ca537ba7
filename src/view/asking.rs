//! Small dialogs that ask one thing: a code, the settings, whether one is sure.

use std::cell::Cell;
use std::rc::Rc;

use cercle_domain::community::{Community, DEFAULT_VOTE_CAP};
use cercle_domain::rules::limits;

use super::here::Here;
use super::local::Local;
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::element::{El, button, el};
use super::parts::field::{Field, line};
use super::parts::form::{form, submit};
use super::propose::check;
use crate::app::Intent;

/// What is asked.
struct Question {
    class: &'static str,
    title: &'static str,
    body: Vec<El>,
    no: &'static str,
    yes: &'static str,
    /// The class of the button that says yes.
    yes_class: &'static str,
    answer: Box<dyn Fn()>,
}

/// A form with two ways out. What explains why it was not done is said inside of it.
fn ask(here: Here, local: Local, question: Question) -> El {
    let Question { class, title, body, no, yes, yes_class, answer } = question;
    let close: Rc<dyn Fn()> = Rc::new(move || local.sink());
    let opened = local.see().said.clone().turn;
    let wrong = move || {
        let said = local.see().said.clone();
        (said.turn > opened && said.explains).then_some(said.words)
    };
    let heading = el("h2", "title").attr("id", "ask-title").text(title);
    let yes = submit(yes_class, answer).text(yes);
    let form = form("form")
        .child(
            el("header", "dialog-head")
                .child(heading)
                .child(close_button(here.text.later().close, Rc::clone(&close))),
        )
        .children(body)
        .live(wrong, |wrong| wrong.as_ref().map(|wrong| el("p", "error").text(wrong)))
        .child(el("div", "acts end").child(button("button", no, move || local.sink())).child(yes));
    dialog(Frame { class, title: "ask-title", say: local.aloud(), close }, |dialog| dialog.child(form))
}

/// The code that makes a facilitator. The dialog stays until the backend has said yes.
pub(super) fn claim(here: Here, local: Local) -> El {
    let text = here.text;
    let code = Field {
        id: "claim-code",
        label: text.later().code,
        aside: None,
        hint: None,
        value: Box::new(move || local.see().typed.clone()),
        typed: Box::new(move |code| local.set(|state| state.typed = code)),
        longest: 128,
        wrong: Box::new(|| None),
    };
    let question = Question {
        class: "dialog small",
        title: text.later().facilitate_title,
        body: vec![el("p", "").text(text.later().facilitate_says), line(code, "code", "off")],
        no: text.later().cancel,
        yes: text.later().facilitate_do,
        yes_class: "button primary",
        answer: Box::new(move || here.ask(Intent::Claim(local.see().typed.clone()))),
    };
    ask(here, local, question)
}

/// Whether one is sure to be forgotten.
pub(super) fn erase(here: Here, local: Local) -> El {
    let text = here.text;
    let question = Question {
        class: "dialog small",
        title: text.later().erase,
        body: vec![el("p", "").text(text.later().erase_says)],
        no: text.later().stay,
        yes: text.later().erase_me,
        yes_class: "button danger",
        answer: Box::new(move || {
            local.sink();
            here.ask(Intent::Erase);
        }),
    };
    ask(here, local, question)
}

/// Whether one is sure that a file should take the place of the community.
pub(super) fn import(here: Here, local: Local, json: String) -> El {
    let text = here.text;
    let mine = Rc::new(Cell::new(true));
    let (ticked, told) = (Rc::clone(&mine), Rc::clone(&mine));
    let wrote_it = check(text.later().import_mine, move || ticked.get(), move |on| told.set(on));
    let question = Question {
        class: "dialog small",
        title: text.later().import_title,
        body: vec![el("p", "").text(text.later().import_says), wrote_it],
        no: text.later().cancel,
        yes: text.later().import_do,
        yes_class: "button primary",
        answer: Box::new(move || {
            local.sink();
            here.ask(Intent::Import { json: json.clone(), mine: mine.get() });
        }),
    };
    ask(here, local, question)
}

/// The settings of the community. The dialog stays until they are taken.
pub(super) fn settings(here: Here, local: Local) -> El {
    let text = here.text;
    let settings = move || local.see().settings.clone();
    let change = move |change: &dyn Fn(&mut Community)| local.set(|state| change(&mut state.settings));
    let one_line = |id, label, get: fn(&mut Community) -> &mut String| {
        let field = Field {
            id,
            label,
            aside: None,
            hint: None,
            value: Box::new(move || get(&mut settings()).clone()),
            typed: Box::new(move |typed| change(&|settings| get(settings).clone_from(&typed))),
            longest: limits::TITLE,
            wrong: Box::new(|| None),
        };
        line(field, "", "off")
    };
    let caps = move || settings().vote_cap;
    let cap = Number { id: "settings-cap", label: text.later().vote_cap, most: limits::VOTE_CAP };
    let cadence = Number { id: "settings-cadence", label: text.later().cadence, most: limits::CADENCE_DAYS };
    let no_cap = check(
        text.later().no_cap,
        move || caps().is_none(),
        move |none| {
            change(&|settings| settings.vote_cap = (!none).then_some(DEFAULT_VOTE_CAP));
        },
    );
    let hide = check(
        text.later().hide_tallies,
        move || settings().hide_tallies,
        move |hide| {
            change(&|settings| settings.hide_tallies = hide);
        },
    );
    let question = Question {
        class: "dialog",
        title: text.later().settings_title,
        body: vec![
            one_line("settings-name", text.later().community_name, |settings| &mut settings.name),
            one_line("settings-purpose", text.later().community_purpose, |settings| &mut settings.purpose),
            number(cap, caps, move |cap| change(&|settings| settings.vote_cap = Some(cap))),
            number(
                cadence,
                move || Some(settings().cadence_days),
                move |days| change(&|settings| settings.cadence_days = days),
            ),
            el("div", "").child(no_cap).child(hide),
        ],
        no: text.later().cancel,
        yes: text.later().save,
        yes_class: "button primary",
        answer: Box::new(move || here.ask(Intent::Settle(settings()))),
    };
    ask(here, local, question)
}

/// A number to choose.
struct Number {
    id: &'static str,
    label: &'static str,
    most: u32,
}

/// Its field; without a value there is nothing to choose.
fn number(
    number: Number,
    value: impl Fn() -> Option<u32> + Clone + 'static,
    typed: impl Fn(u32) + 'static,
) -> El {
    let input = el("input", "");
    let (text, none) = (input.input(), value.clone());
    let input = input
        .attr("id", number.id)
        .attr("type", "number")
        .attr("part", "input")
        .attr("min", "1")
        .attr("max", &number.most.to_string())
        .live_attr("disabled", move || none().is_none().then_some(""))
        .live_value(move || value().map_or_else(String::new, |value| value.to_string()))
        // What is no number is no setting either, which the answer to it says.
        .on("change", move |_| typed(text.value().trim().parse().unwrap_or(0)));
    el("div", "field row").child(el("label", "label").attr("for", number.id).text(number.label)).child(input)
}
