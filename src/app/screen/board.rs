//! The board: tools, columns, cards.

use std::cmp::Reverse;
use std::sync::Arc;

use cercle_domain::id::{PersonId, TopicId};
use cercle_domain::member::{Freshness, Size, Skill, Volunteering};
use cercle_domain::ranking::Why;
use cercle_domain::role::{Act, may};
use cercle_domain::row::Key;
use cercle_domain::similar::fold;
use cercle_domain::topic::{Stage, Topic};

use super::super::Moment;
use super::super::intent::Order;
use super::super::layout::ranking;
use super::super::update::fresh_layout;
use super::project::Eyes;
use super::{Card, Column, Tools, Vote};

/// How much of a topic's text a card shows, in characters.
const LINE: usize = 160;

pub(super) fn tools(eyes: &Eyes) -> Tools {
    let ui = &eyes.model.ui;
    Tools {
        search: ui.search.clone(),
        stage: ui.stage,
        skill: ui.skill.clone(),
        skills: wanted_skills(eyes),
        mine: ui.mine,
        order: ui.arranged,
        ranking_open: eyes.slice.sees_tallies(eyes.me),
        narrowed: !ui.search.trim().is_empty() || ui.stage.is_some() || ui.skill.is_some() || ui.mine,
    }
}

/// The skills that topics look for, the most wanted first.
pub(super) fn wanted_skills(eyes: &Eyes) -> Vec<Skill> {
    let topics = eyes.slice.topics().filter(|(_, topic)| topic.merged_into.is_none());
    most_named(topics.flat_map(|(_, topic)| &topic.wording.wants))
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
    let fresh = fresh_layout(eyes.model, Moment { now: eyes.now, dice: 0 });
    let mut whys = match eyes.model.ui.arranged {
        Order::Ranking => ranking(eyes.slice),
        Order::Shuffle => Vec::new(),
    };
    whys.sort_unstable_by_key(|(id, _)| *id);
    let why = |id: &TopicId| Some(whys[whys.binary_search_by_key(id, |(id, _)| *id).ok()?].1);
    let layout = &eyes.model.ui.layout;
    let column = |stage| {
        let cards = layout.column(stage).iter().filter_map(|id| {
            let topic = eyes.slice.topic(*id)?;
            Some(Arc::new(card(eyes, *id, topic, why(id))))
        });
        Arc::new(Column { stage, cards: cards.collect(), news: layout.news(&fresh, stage) })
    };
    Stage::ALL.map(column).to_vec()
}

pub(super) fn card(eyes: &Eyes, id: TopicId, topic: &Topic, why: Option<Why>) -> Card {
    let helpers = helpers(eyes, id);
    Card {
        id,
        title: topic.wording.title.clone(),
        line: first_line(&topic.wording.text),
        stage: topic.stage,
        vote: vote(eyes, id, topic),
        wants: topic.wording.wants.clone(),
        volunteers: helpers.len(),
        needs_host: !helpers.iter().any(|offer| offer.size == Size::Host)
            && !matches!(topic.stage, Stage::Adopted | Stage::Parked),
        followed: eyes.slice.has(&Key::Follow(eyes.me, id)),
        mark: eyes.mark(id),
        why,
        tended: may(eyes.slice.role(eyes.me), Act::Move),
    }
}

/// The offers on a topic and on those merged into it that have not lapsed, one a person, sorted by person.
pub(super) fn offers<'a>(eyes: &'a Eyes, id: TopicId) -> Vec<(PersonId, &'a Volunteering)> {
    let cadence = eyes.slice.community().cadence_days;
    let mut offers = Vec::new();
    for part in eyes.slice.group(id) {
        for (person, offer) in eyes.slice.volunteers(part) {
            if offer.freshness(eyes.now, cadence) != Freshness::Lapsed
                && let Err(place) = offers.binary_search_by_key(&person, |(person, _)| *person)
            {
                offers.insert(place, (person, offer));
            }
        }
    }
    offers
}

fn helpers<'a>(eyes: &'a Eyes, id: TopicId) -> Vec<&'a Volunteering> {
    offers(eyes, id).into_iter().map(|(_, offer)| offer).collect()
}

pub(super) fn vote(eyes: &Eyes, id: TopicId, topic: &Topic) -> Vote {
    let open = topic.stage.takes_votes();
    let mine = eyes.slice.has_voted(eyes.me, id);
    let seen = eyes.slice.sees_tallies(eyes.me);
    Vote {
        open,
        mine,
        possible: open && (mine || eyes.votes_left),
        tally: eyes.slice.count(&Key::Tally(id)).filter(|_| seen),
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
