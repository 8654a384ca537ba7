//! The board: tools, columns, cards.

use std::cmp::Reverse;
use std::sync::Arc;

use cercle_domain::id::TopicId;
use cercle_domain::member::{Size, Skill};
use cercle_domain::ranking::Why;
use cercle_domain::role::{Act, may};
use cercle_domain::similar::fold;
use cercle_domain::topic::Stage;

use super::super::intent::Order;
use super::super::overview::{Counted, Overview};
use super::eyes::Eyes;
use super::{Card, Column, Tools, Vote};

/// How much of a topic's text a card shows, in characters.
const LINE: usize = 160;

pub(super) fn tools(eyes: &Eyes) -> Tools {
    let ui = &eyes.model.ui;
    Tools {
        search: ui.search.clone(),
        stage: ui.stage,
        skill: ui.skill.clone(),
        skills: eyes.wanted.clone(),
        mine: ui.mine,
        order: ui.arranged,
        ranking_open: eyes.sees_tallies,
        narrowed: !ui.search.trim().is_empty() || ui.stage.is_some() || ui.skill.is_some() || ui.mine,
    }
}

/// The skills that topics look for, the most wanted first.
pub(super) fn wanted_skills(topics: &Overview) -> Vec<Skill> {
    let topics = topics.all().iter().filter(|counted| counted.topic.merged_into.is_none());
    most_named(topics.flat_map(|counted| &counted.topic.wording.wants))
}

/// Skills by how often they are named; spellings that mean the same count together, under the first one's spelling.
pub(super) fn most_named<'s>(named: impl Iterator<Item = &'s Skill>) -> Vec<Skill> {
    let mut counts: Vec<(String, &Skill, usize)> = Vec::new();
    for skill in named {
        let folded = fold(&skill.0);
        match counts.binary_search_by(|(known, ..)| known.cmp(&folded)) {
            Ok(place) => counts[place].2 += 1,
            Err(place) => counts.insert(place, (folded, skill, 1)),
        }
    }
    counts.sort_by_key(|(.., count)| Reverse(*count));
    counts.into_iter().map(|(_, skill, _)| skill.clone()).collect()
}

pub(super) fn columns(eyes: &Eyes) -> Vec<Arc<Column>> {
    let mut whys = match eyes.model.ui.arranged {
        Order::Ranking => eyes.topics.ranking().to_vec(),
        Order::Shuffle => Vec::new(),
    };
    whys.sort_unstable_by_key(|(id, _)| *id);
    let why = |id: &TopicId| Some(whys[whys.binary_search_by_key(id, |(id, _)| *id).ok()?].1);
    let ui = &eyes.model.ui;
    let news = ui.layout.news(eyes.slice, &eyes.topics, eyes.me, ui.narrowing());
    let column = |stage| {
        let topics = ui.layout.column(stage).iter().filter_map(|id| eyes.topics.get(*id));
        let cards = topics.map(|topic| Arc::new(card(eyes, topic, why(&topic.id))));
        Arc::new(Column { stage, cards: cards.collect(), news: news[stage as usize] })
    };
    Stage::ALL.map(column).to_vec()
}

pub(super) fn card(eyes: &Eyes, counted: &Counted, why: Option<Why>) -> Card {
    let Counted { id, topic, .. } = *counted;
    let helpers = eyes.offers(id, topic);
    Card {
        id,
        title: topic.wording.title.clone(),
        line: first_line(&topic.wording.text),
        stage: topic.stage,
        vote: vote(eyes, counted),
        wants: topic.wording.wants.clone(),
        volunteers: helpers.len(),
        needs_host: !helpers.iter().any(|(_, offer)| offer.size == Size::Host)
            && !matches!(topic.stage, Stage::Adopted | Stage::Parked),
        followed: eyes.follows(id),
        mark: eyes.mark(id),
        why,
        tended: may(eyes.role, Act::Move),
    }
}

pub(super) fn vote(eyes: &Eyes, counted: &Counted) -> Vote {
    let open = counted.topic.stage.takes_votes();
    let mine = eyes.has_voted(counted.id, counted.topic);
    Vote {
        open,
        mine,
        possible: open && (mine || eyes.votes_left),
        tally: counted.votes.filter(|_| eyes.sees_tallies),
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.len() <= LINE {
        return line.to_owned();
    }
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
