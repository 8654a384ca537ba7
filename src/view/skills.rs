//! Lists of skills, as people type them.

use cercle_domain::member::Skill;
use cercle_domain::rules::limits;
use cercle_domain::similar::fold;

use super::here::Here;
use super::parts::element::El;
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
    pub(super) skills: Box<dyn Fn() -> Vec<Skill>>,
    /// What might be added.
    pub(super) suggestions: Box<dyn Fn() -> Vec<Skill>>,
    /// Takes the changed list.
    pub(super) change: Box<dyn Fn(Vec<Skill>)>,
}

pub(super) fn skills(here: Here, list: Skills) -> El {
    let Skills { id, label, suggested, skills, suggestions, change } = list;
    tokens(Tokens {
        id,
        label,
        suggested,
        add: here.text.later().add,
        remove: Box::new(move |skill| here.text.later().remove.with([skill])),
        same: |a, b| fold(a) == fold(b),
        longest: limits::SKILL,
        values: Box::new(move || names(skills())),
        suggestions: Box::new(move || names(suggestions())),
        change: Box::new(move |names| change(names.into_iter().map(Skill).collect())),
    })
}

fn names(skills: Vec<Skill>) -> Vec<String> {
    skills.into_iter().map(|skill| skill.0).collect()
}
