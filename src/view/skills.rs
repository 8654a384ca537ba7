//! Lists of skills, as people type them.

use cercle_domain::member::Skill;
use cercle_domain::rules::limits;
use leptos::prelude::*;

use super::here::Here;
use super::parts::tokens::{Tokens, tokens};

/// A list of skills to fill in.
pub(super) struct Skills {
    /// The id of its label.
    pub(super) id: &'static str,
    /// Its label.
    pub(super) label: &'static str,
    /// What the suggestions are.
    pub(super) suggested: &'static str,
    /// The list.
    pub(super) skills: Signal<Vec<Skill>>,
    /// What might be added.
    pub(super) suggestions: Signal<Vec<Skill>>,
    /// Takes the changed list.
    pub(super) change: Callback<Vec<Skill>>,
}

pub(super) fn skills(here: Here, list: Skills) -> AnyView {
    let Skills { id, label, suggested, skills, suggestions, change } = list;
    tokens(Tokens {
        id,
        label,
        suggested,
        add: here.text.add,
        remove: Callback::new(move |skill: String| here.text.remove.with([&skill])),
        longest: limits::SKILL,
        values: Signal::derive(move || skills.with(|skills| names(skills))),
        suggestions: Signal::derive(move || suggestions.with(|skills| names(skills))),
        change: Callback::new(move |names: Vec<String>| change.run(names.into_iter().map(Skill).collect())),
    })
}

fn names(skills: &[Skill]) -> Vec<String> {
    skills.iter().map(|skill| skill.0.clone()).collect()
}
