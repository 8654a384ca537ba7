//! Who can help with a topic, and lending a hand oneself.

use std::rc::Rc;
use std::sync::Arc;

use cercle_domain::member::{Freshness, Size, Skill};
use leptos::prelude::*;

use super::card::chips;
use super::choices::choices;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::element::{El, button, el};
use crate::app::Intent;
use crate::app::screen::Sheet;

pub(super) fn section(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> El {
    el("section", "section")
        .child(el("h3", "").text(here.text.later().who_can_help))
        .live(
            move || {
                let sheet = sheet.get();
                (sheet.card.wants.clone(), sheet.volunteers.clone(), sheet.could_help.clone())
            },
            move |(wants, volunteers, able)| people(here, wants, volunteers, able),
        )
        .live(
            move || (sheet.get().merged_into.is_some(), sheet.get().joined, sheet.get().offer.is_some()),
            move |(merged, joined, offered)| match (merged, joined) {
                (true, _) => Vec::new(),
                (false, true) => offer(here, local, sheet, *offered),
                (false, false) => {
                    vec![button("button", here.text.later().join_to_help, move || {
                        local.float(Floating::Mine);
                    })]
                }
            },
        )
}

fn people(
    here: Here,
    wants: &[Skill],
    volunteers: &[(String, Size)],
    able: &[(String, Vec<Skill>)],
) -> Vec<El> {
    let person = |name: &str, what: &str| {
        el("li", "").child(el("b", "").text(name)).text(" ").child(el("span", "").text(what))
    };
    let list = |people: Vec<El>| {
        (!people.is_empty()).then(|| el("ul", "people").attr("role", "list").children(people))
    };
    let helping = volunteers.iter().map(|(name, size)| person(name, (here.text.later().size_of)(*size)));
    let could = able.iter().map(|(name, skills)| person(name, &here.voice.list(skills)));
    let label = (!able.is_empty()).then(|| el("p", "label").text(here.text.later().could_help));
    let lists = [chips(here, wants, usize::MAX), list(helping.collect()), label, list(could.collect())];
    lists.into_iter().flatten().collect()
}

/// One's own offer: picking a size sends it at once.
fn offer(here: Here, local: Local, sheet: Memo<Arc<Sheet>>, offered: bool) -> Vec<El> {
    let text = here.text;
    let chosen = move || {
        let offer = sheet.get().offer.filter(|(_, freshness)| *freshness != Freshness::Lapsed);
        offer.map(|(size, _)| size)
    };
    let choose = move |size| here.ask(Intent::Volunteer { topic: sheet.get().card.id, size });
    let back = move || {
        here.ask(Intent::StepBack(sheet.get().card.id));
        // The button goes away; the keyboard goes back to the title.
        local.go_to("#topic-title");
    };
    let back = offered.then(|| button("button", text.later().step_back, back));
    let sizes = choices(here, "help", text.later().lend_a_hand, Rc::new(chosen), Rc::new(choose));
    [sizes].into_iter().chain(back).collect()
}
