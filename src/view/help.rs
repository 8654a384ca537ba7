//! Who can help with a topic, and lending a hand oneself.

use std::sync::Arc;

use cercle_domain::member::{Freshness, Size};
use leptos::prelude::*;

use super::card::chips;
use super::choices::choices;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::focus;
use super::parts::press;
use crate::app::Intent;
use crate::app::screen::Sheet;

pub(super) fn section(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> AnyView {
    let text = here.text;
    let joined = Memo::new(move |_| sheet.with(|sheet| sheet.joined));
    let merged = Memo::new(move |_| sheet.with(|sheet| sheet.merged_into.is_some()));
    let own = move || match (merged.get(), joined.get()) {
        (true, _) => ().into_any(),
        (false, true) => offer(here, local, sheet),
        (false, false) => view! {
            <button
                type="button"
                class="button"
                part="button"
                on:click=press(move || local.float(Floating::Mine))
            >
                {text.join_to_help}
            </button>
        }
        .into_any(),
    };
    view! {
        <section class="section">
            <h3>{text.who_can_help}</h3>
            {move || people(here, &sheet.get())}
            {own}
        </section>
    }
    .into_any()
}

fn people(here: Here, sheet: &Sheet) -> AnyView {
    let person = |name: &str, what: String| {
        view! {
            <li>
                <b>{name.to_owned()}</b> " " <span>{what}</span>
            </li>
        }
    };
    let volunteers =
        sheet.volunteers.iter().map(|(name, size)| person(name, (here.text.size_of)(*size).to_owned()));
    let volunteers: Vec<_> = volunteers.collect();
    let able: Vec<_> =
        sheet.could_help.iter().map(|(name, skills)| person(name, here.voice.list(skills))).collect();
    let list = |label: Option<&'static str>, people: Vec<_>| {
        (!people.is_empty()).then(|| {
            view! {
                {label.map(|label| view! { <p class="label">{label}</p> })}
                <ul class="people" role="list">
                    {people}
                </ul>
            }
        })
    };
    view! {
        {chips(here, &sheet.card.wants, usize::MAX)}
        {list(None, volunteers)}
        {list(Some(here.text.could_help), able)}
    }
    .into_any()
}

/// One's own offer: picking a size sends it at once.
fn offer(here: Here, local: Local, sheet: Memo<Arc<Sheet>>) -> AnyView {
    let text = here.text;
    let offer = Memo::new(move |_| sheet.with(|sheet| sheet.offer));
    let chosen =
        move || offer.get().filter(|(_, freshness)| *freshness != Freshness::Lapsed).map(|(size, _)| size);
    let choose = move |size: Size| {
        let topic = sheet.with_untracked(|sheet| sheet.card.id);
        here.ask(Intent::Volunteer { topic, size });
    };
    let back = move || {
        here.ask(Intent::StepBack(sheet.with_untracked(|sheet| sheet.card.id)));
        // The button goes away; the keyboard goes back to the title.
        if let Some(title) = local.root.get_untracked().and_then(|root| focus::find(&root, "#topic-title")) {
            focus::focus(&title);
        }
    };
    let back = move || {
        offer.get().is_some().then(|| {
            view! {
                <button type="button" class="button" part="button" on:click=press(back)>
                    {text.step_back}
                </button>
            }
        })
    };
    view! {
        {choices(here, "help", text.lend_a_hand, Signal::derive(chosen), Callback::new(choose))}
        {back}
    }
    .into_any()
}
