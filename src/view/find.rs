//! Finding topics: a search, narrowing, the switch that shows the ranking, and the stages where there is room for one.

use std::sync::Arc;

use cercle_domain::member::Skill;
use cercle_domain::topic::Stage;
use leptos::prelude::*;

use super::board::Columns;
use super::here::Here;
use super::local::Local;
use super::parts::element::{El, button, el};
use super::parts::icon::{Icon, icon};
use crate::app::Intent;
use crate::app::intent::Order;
use crate::app::screen::Column;

/// The tools and, where the host page leaves the choice, the stages.
pub(super) fn find(here: Here, local: Local, columns: Columns, only: Option<Stage>) -> Vec<El> {
    let tools = el("div", "tools")
        .attr("role", "search")
        .attr("aria-label", here.text.find)
        .child(search(
            here.text.search,
            move || here.screen().tools.search.clone(),
            move |words| here.ask(Intent::Search(words)),
        ))
        .children(only.is_none().then(|| stage(here)))
        .live(
            move || here.screen().tools.skills.clone(),
            move |skills| (!skills.is_empty()).then(|| skill(here, skills)),
        )
        .child(mine(here))
        .child(ranking(here, local));
    let stages = only.is_none().then(|| stages(here, local, columns));
    [tools].into_iter().chain(stages).collect()
}

/// A field to search in.
pub(super) fn search(
    label: &str,
    value: impl Fn() -> String + 'static,
    typed: impl Fn(String) + 'static,
) -> El {
    let input = el("input", "").attr("type", "search").attr("part", "input").attr("placeholder", label);
    let words = input.input();
    el("label", "search")
        .child(icon(Icon::Search))
        .child(el("span", "hidden").text(label))
        .child(input.live_value(value).on("input", move |_| typed(words.value())))
}

fn stage(here: Here) -> El {
    let text = here.text;
    let options = Stage::ALL.map(|stage| (stage.name().to_owned(), (text.stage)(stage).to_owned()));
    let chosen = move || here.screen().tools.stage.map(|stage| stage.name().to_owned());
    let choose = move |name: String| here.ask(Intent::OnlyStage(Stage::named(&name)));
    // Where there is room for one stage, the radios choose it.
    pick(text.stage_label, text.all_stages, &options, chosen, choose).attr("data-narrow", "no")
}

fn skill(here: Here, skills: &[Skill]) -> El {
    let text = here.text;
    let options: Vec<_> = skills.iter().map(|skill| (skill.0.clone(), skill.0.clone())).collect();
    let known = skills.to_vec();
    let chosen = move || {
        let chosen = here.screen().tools.skill.clone()?;
        known.iter().find(|skill| skill.is(&chosen)).map(|skill| skill.0.clone())
    };
    let choose = move |name: String| here.ask(Intent::OnlySkill((!name.is_empty()).then_some(Skill(name))));
    pick(text.skill_label, text.all_skills, &options, chosen, choose)
}

/// A choice of one or, by its first line, of all. `options` are values with their words.
fn pick(
    label: &str,
    all: &str,
    options: &[(String, String)],
    chosen: impl Fn() -> Option<String> + Clone + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    let select = el("select", "").attr("part", "input").attr("aria-label", label);
    let (input, is_chosen) = (select.input(), chosen.clone());
    let option = |value: &str, words: &str| el("option", "").attr("value", value).text(words);
    select
        .live_attr("class", move || Some(if is_chosen().is_some() { "pick on" } else { "pick" }))
        .child(option("", all))
        .children(options.iter().map(|(value, words)| option(value, words)))
        .live_value(move || chosen().unwrap_or_default())
        .on("change", move |_| choose(input.value()))
}

fn mine(here: Here) -> El {
    let on = move || here.screen().tools.mine;
    let flip = move || {
        let on = on();
        here.ask(Intent::OnlyMine(!on));
    };
    button("pick", here.text.mine, flip).live_attr("aria-pressed", move || Some(on().to_string()))
}

fn ranking(here: Here, local: Local) -> El {
    let text = here.text;
    let ranked = move || here.screen().tools.order == Order::Ranking;
    let open = move || here.screen().tools.ranking_open;
    let flip = move || {
        if open() {
            let order = if ranked() { Order::Shuffle } else { Order::Ranking };
            here.ask(Intent::Order(order));
        } else {
            local.say(text.ranking_waits.to_owned(), true);
        }
    };
    button("pick", text.ranking, flip)
        .live_attr("aria-pressed", move || Some(ranked().to_string()))
        .live_attr("aria-disabled", move || (!open()).then_some("true"))
        .live_attr("title", move || (!open()).then_some(text.ranking_waits))
}

/// Native radios, which bring the arrow keys.
fn stages(here: Here, local: Local, columns: Columns) -> El {
    let each = columns.map(|column| {
        let stage = column.with_untracked(|column: &Arc<Column>| column.stage);
        let choose = move || {
            if here.screen().tools.stage.is_some() {
                here.ask(Intent::OnlyStage(None));
            }
            local.set(|state| state.stage = stage);
        };
        let radio = el("input", "")
            .attr("type", "radio")
            .attr("name", "stage")
            .attr("value", stage.name())
            .live_checked(move || local.see().stage == stage)
            .on("change", move |_| choose());
        let count = el("b", "").live_text(move || here.voice.number(column.get().cards.len()));
        let words = el("span", "").text((here.text.stage)(stage)).text(" ").child(count);
        el("label", "").child(radio).child(words)
    });
    el("fieldset", "stages").child(el("legend", "hidden").text(here.text.stage_label)).children(each)
}
