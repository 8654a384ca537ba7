//! Proposing a topic: one question first, similar topics under it while it is typed, details after.

use std::rc::Rc;

use cercle_domain::Rejection;
use cercle_domain::rules::limits;
use cercle_domain::topic::Wording;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::edit::{wrong, wrong_in_general};
use super::here::Here;
use super::local::{Local, Spot};
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::element::{El, button, el, whenever};
use super::parts::field::{Field, area, mark_wrong};
use super::parts::form::{form, submit};
use super::skills::{Skills, skills};
use crate::app::Intent;
use crate::app::screen::Similar;

pub(super) fn propose(here: Here, local: Local) -> El {
    let text = here.text;
    let close: Rc<dyn Fn()> = Rc::new(move || local.sink());
    let mut found = here.screen().proposal.similar.len();
    whenever(move || {
        let count = here.screen().proposal.similar.len();
        if count > 0 && count != found {
            local.say(here.voice.count(text.later().similar_found, count), false);
        }
        found = count;
    });
    let go_on = move || {
        let wording = here.screen().proposal.wording.clone();
        // An empty question is sent as it is: the answer says what it lacks.
        let (details, host) = (local.see().details, local.see().host);
        if details || wording.title.trim().is_empty() {
            here.ask(Intent::Propose { wording, host });
        } else {
            local.set(|state| state.details = true);
            local.go_to("#propose-text");
        }
    };
    let drop = move || {
        here.ask(Intent::DropProposal);
        local.sink();
    };
    let title = el("h2", "title")
        .attr("id", "propose-title")
        .child(el("label", "").attr("for", "propose-what").text(text.question));
    let head =
        el("header", "dialog-head").child(title).child(close_button(text.later().close, Rc::clone(&close)));
    let form = question(form("form").child(head), here, go_on)
        .live(
            move || here.screen().proposal.similar.clone(),
            move |similar| (!similar.is_empty()).then(|| alike(here, local, similar)),
        )
        .live(
            move || (local.see().details, here.screen().mine.member.is_some()),
            move |(wanted, member)| if *wanted { details(here, local, *member) } else { Vec::new() },
        );
    let words = move || if local.see().details { text.later().propose_it } else { text.later().go_on };
    let form = wrong_in_general(form, here, move || here.screen().proposal.refused).child(
        el("div", "acts end")
            .child(button("button", text.later().cancel, drop))
            .child(submit("button primary", go_on).live_text(move || words().to_owned())),
    );
    let frame = Frame { class: "dialog", title: "propose-title", say: local.aloud(), close };
    dialog(frame, |dialog| dialog.child(form))
}

fn change(here: Here, change: impl FnOnce(&mut Wording)) {
    let mut wording = here.screen().proposal.wording.clone();
    change(&mut wording);
    here.ask(Intent::DraftProposal(wording));
}

/// Adds the one question to the form.
fn question(form: El, here: Here, go_on: impl Fn() + 'static) -> El {
    let field = el("textarea", "large");
    let (input, checked) = (field.input(), field.clone());
    let field = field
        .attr("id", "propose-what")
        .attr("part", "input")
        .attr("rows", "2")
        .attr("maxlength", &limits::TITLE.to_string())
        .attr("autofocus", "")
        .attr("aria-describedby", "propose-error propose-hint")
        .live_value(move || here.screen().proposal.wording.title.clone())
        // A title is one line: Enter goes on, and what was pasted comes without its line ends.
        .on("input", move |_| {
            let line = input.value().replace(['\n', '\r'], " ");
            change(here, |wording| wording.title = line);
        })
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Enter" && !key.is_composing() {
                event.prevent_default();
                go_on();
            }
        });
    let refused = move || here.screen().proposal.refused;
    form.child(field)
        .live(wrong(here, refused, Rejection::TitleLength), move |wrong| {
            mark_wrong(&checked, wrong.is_some());
            wrong.as_ref().map(|wrong| el("p", "error").attr("id", "propose-error").text(wrong))
        })
        .child(el("p", "hint").attr("id", "propose-hint").text(here.text.later().question_hint))
}

/// Topics that say nearly the same, each with a vote to give instead.
fn alike(here: Here, local: Local, similar: &[Similar]) -> El {
    el("section", "similar")
        .attr("aria-labelledby", "similar-title")
        .child(el("h3", "").attr("id", "similar-title").text(here.text.later().similar))
        .child(
            el("ul", "")
                .attr("role", "list")
                .children(similar.iter().map(|topic| one_alike(here, local, topic))),
        )
}

fn one_alike(here: Here, local: Local, topic: &Similar) -> El {
    let (text, id, vote) = (here.text, topic.id, topic.vote);
    let stage = (text.stage)(topic.stage);
    let state = if vote.mine {
        Some(text.later().have_voted.to_owned())
    } else {
        vote.tally.map(|_| here.voice.tally(vote))
    };
    let facts = state.map_or_else(|| stage.to_owned(), |state| format!("{stage} · {state}"));
    let take = move || {
        here.ask(Intent::Vote { topic: id, on: true });
        here.ask(Intent::DropProposal);
        local.sink();
        local.arrive(id, Spot::Open);
    };
    let take = (vote.open && !vote.mine && vote.possible).then(|| {
        button("button", text.later().its_mine, take)
            .attr("aria-label", &text.later().its_mine_for.with([&topic.title]))
    });
    el("li", "").child(titled(&topic.title, &facts)).children(take)
}

/// A title, with something about it.
pub(super) fn titled(title: &str, about: &str) -> El {
    el("p", "").child(el("b", "").text(title)).text(" ").child(el("span", "").text(about))
}

fn details(here: Here, local: Local, member: bool) -> Vec<El> {
    let text = here.text;
    let prose = Field {
        id: "propose-text",
        label: text.later().a_little_more,
        aside: Some(text.later().optional),
        hint: None,
        value: Box::new(move || here.screen().proposal.wording.text.clone()),
        typed: Box::new(move |prose| change(here, |wording| wording.text = prose)),
        longest: limits::TEXT,
        wrong: wrong(here, move || here.screen().proposal.refused, Rejection::TextLength),
    };
    let wants = Skills {
        id: "propose-wants",
        label: text.later().skills_helpful,
        suggested: text.later().on_the_board,
        skills: Box::new(move || here.screen().proposal.wording.wants.clone()),
        suggestions: Box::new(move || here.screen().mine.sought.clone()),
        change: Box::new(move |wants| change(here, |wording| wording.wants = wants)),
    };
    // Hosting is offered by members.
    let host = member.then(|| {
        check(text.later().can_host, move || local.see().host, move |on| local.set(|state| state.host = on))
    });
    [area(prose, "4"), skills(here, wants)].into_iter().chain(host).collect()
}

/// A box to tick.
pub(super) fn check(words: &str, on: impl Fn() -> bool + 'static, tick: impl Fn(bool) + 'static) -> El {
    let input = el("input", "").attr("type", "checkbox");
    let ticked = input.input();
    let input = input.live_checked(on).on("change", move |_| tick(ticked.checked()));
    el("label", "check").child(input).child(el("span", "").text(words))
}
