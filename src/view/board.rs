//! The board: finding a topic, choosing a stage where there is room for one, the columns.

use std::sync::Arc;

use cercle_domain::member::Skill;
use cercle_domain::topic::Stage;
use leptos::prelude::*;

use super::column::column;
use super::here::Here;
use super::local::{Floating, Local, topic_of};
use super::parts::focus;
use super::parts::icon::{Icon, icon};
use super::parts::press;
use super::parts::sight::Sight;
use crate::app::Intent;
use crate::app::intent::Order;
use crate::app::screen::{Column, Tools};

/// What a board is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Slices {
    pub(super) tools: Memo<Tools>,
    /// One a stage, in the order of [`Stage::ALL`].
    pub(super) columns: [Memo<Arc<Column>>; 6],
    /// The only stage that the host page wants.
    pub(super) only: Memo<Option<Stage>>,
}

pub(super) fn board(here: Here, local: Local, slices: Slices) -> AnyView {
    let Slices { tools, columns, only } = slices;
    let seen =
        move |ids: Vec<String>| here.ask(Intent::Seen(ids.iter().filter_map(|id| topic_of(id)).collect()));
    let sight = Sight::new(Callback::new(seen));
    let narrowed = Memo::new(move |_| tools.with(|tools| tools.narrowed));
    let shown = Memo::new(move |_| only.get().or_else(|| tools.with(|tools| tools.stage)));
    let empty = Memo::new(move |_| {
        let shows = |stage: Stage| shown.get().is_none_or(|only| only == stage);
        columns.iter().all(|column| column.with(|column| column.cards.is_empty() || !shows(column.stage)))
    });
    Effect::new(move |_| {
        if let Some(stage) = shown.get() {
            local.stage.set(stage);
        }
    });
    let columns_shown = move || {
        let shown = shown.get();
        let shows = move |column: &Memo<Arc<Column>>| {
            shown.is_none_or(|only| only == column.with_untracked(|c| c.stage))
        };
        let drawn = columns.into_iter().filter(shows).map(|each| column(here, local, sight, each, narrowed));
        drawn.collect::<Vec<_>>()
    };
    let news =
        Memo::new(move |_| columns.iter().map(|column| column.with(|column| column.news)).sum::<usize>());
    Effect::new(move |before: Option<usize>| {
        let news = news.get();
        if news > before.unwrap_or(0) {
            local.say(here.voice.count(here.text.news, news), false);
        }
        news
    });
    let body = move || match (empty.get(), narrowed.get(), only.get()) {
        (true, true, _) => nothing(here),
        (true, false, None) => welcome(here, local),
        _ => view! {
            <div class="board" on:animationend=arrived>
                {columns_shown}
            </div>
        }
        .into_any(),
    };
    let find = move || (!empty.get() || narrowed.get()).then(|| find(here, local, slices));
    view! {
        {find}
        {body}
    }
    .into_any()
}

fn arrived(event: web_sys::AnimationEvent) {
    if let Some(card) = event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into(target).ok()) {
        focus::mark(&card, "arrives", false);
    }
}

fn find(here: Here, local: Local, slices: Slices) -> AnyView {
    let Slices { tools, only, .. } = slices;
    let text = here.text;
    let search = Memo::new(move |_| tools.with(|tools| tools.search.clone()));
    let others = move || tools.with(|tools| picks(here, local, tools, only.get().is_none()));
    let stages = move || only.get().is_none().then(|| stages(here, local, slices));
    view! {
        <div class="tools" role="search" aria-label=text.find>
            <label class="search">
                {icon(Icon::Search)}
                <span class="hidden">{text.search}</span>
                <input
                    type="search"
                    part="input"
                    placeholder=text.search
                    prop:value=search
                    on:input=move |event| here.ask(Intent::Search(event_target_value(&event)))
                />
            </label>
            {others}
        </div>
        {stages}
    }
    .into_any()
}

fn picks(here: Here, local: Local, tools: &Tools, with_stage: bool) -> AnyView {
    let text = here.text;
    let option = |value: String, label: String, on: bool| view! { <option value=value prop:selected=on>{label}</option> };
    let stage = with_stage.then(|| {
        let all = option(String::new(), text.all_stages.to_owned(), tools.stage.is_none());
        let each = Stage::ALL.map(|stage| {
            option(stage.name().to_owned(), (text.stage)(stage).to_owned(), tools.stage == Some(stage))
        });
        let pick = move |event| here.ask(Intent::OnlyStage(Stage::named(&event_target_value(&event))));
        view! {
            <select
                class=if tools.stage.is_some() { "pick on" } else { "pick" }
                part="input"
                data-narrow="no"
                aria-label=text.stage_label
                on:change=pick
            >
                {all}
                {each.into_iter().collect::<Vec<_>>()}
            </select>
        }
    });
    let skill = (!tools.skills.is_empty()).then(|| {
        let all = option(String::new(), text.all_skills.to_owned(), tools.skill.is_none());
        let each = tools.skills.iter().map(|skill| {
            let on = tools.skill.as_ref().is_some_and(|picked| picked.is(skill));
            option(skill.0.clone(), skill.0.clone(), on)
        });
        let pick = move |event| {
            let skill = Some(event_target_value(&event)).filter(|skill| !skill.is_empty());
            here.ask(Intent::OnlySkill(skill.map(Skill)));
        };
        view! {
            <select
                class=if tools.skill.is_some() { "pick on" } else { "pick" }
                part="input"
                aria-label=text.skill_label
                on:change=pick
            >
                {all}
                {each.collect::<Vec<_>>()}
            </select>
        }
    });
    let (mine, ranked, open) = (tools.mine, tools.order == Order::Ranking, tools.ranking_open);
    let order = if ranked { Order::Shuffle } else { Order::Ranking };
    view! {
        {stage}
        {skill}
        <button
            type="button"
            class="pick"
            part="button"
            aria-pressed=mine.to_string()
            on:click=press(move || here.ask(Intent::OnlyMine(!mine)))
        >
            {text.mine}
        </button>
        <button
            type="button"
            class="pick"
            part="button"
            aria-pressed=ranked.to_string()
            aria-disabled=(!open).then_some("true")
            title=(!open).then_some(text.ranking_waits)
            on:click=press(move || {
                if open {
                    here.ask(Intent::Order(order));
                } else {
                    local.say(text.ranking_waits.to_owned(), true);
                }
            })
        >
            {text.ranking}
        </button>
    }
    .into_any()
}

/// Native radios, which bring the arrow keys.
fn stages(here: Here, local: Local, slices: Slices) -> AnyView {
    let Slices { tools, columns, .. } = slices;
    let each = columns.map(|column| {
        let stage = column.with_untracked(|column| column.stage);
        let count = Memo::new(move |_| column.with(|column| column.cards.len()));
        let choose = move |_| {
            if tools.with_untracked(|tools| tools.stage.is_some()) {
                here.ask(Intent::OnlyStage(None));
            }
            local.stage.set(stage);
        };
        view! {
            <label>
                <input
                    type="radio"
                    name="stage"
                    value=stage.name()
                    prop:checked=move || local.stage.get() == stage
                    on:change=choose
                />
                <span>
                    {(here.text.stage)(stage)} " " <b>{move || here.voice.number(count.get())}</b>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="stages">
            <legend class="hidden">{here.text.stage_label}</legend>
            {each.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

fn nothing(here: Here) -> AnyView {
    let show_all = move || {
        here.ask(Intent::Search(String::new()));
        here.ask(Intent::OnlyStage(None));
        here.ask(Intent::OnlySkill(None));
        here.ask(Intent::OnlyMine(false));
    };
    view! {
        <p class="quiet nothing">
            {here.text.nothing} " "
            <button type="button" class="link" on:click=press(show_all)>
                {here.text.show_all}
            </button>
        </p>
    }
    .into_any()
}

fn welcome(here: Here, local: Local) -> AnyView {
    let text = here.text;
    view! {
        <section class="welcome" aria-labelledby="welcome-title">
            <h3 class="title" id="welcome-title">
                {text.welcome}
            </h3>
            <p>{text.question}</p>
            <blockquote class="example">{text.welcome_example}</blockquote>
            <button
                type="button"
                class="button primary"
                part="button"
                on:click=press(move || local.float(Floating::Propose))
            >
                {text.propose_first}
            </button>
        </section>
    }
    .into_any()
}
