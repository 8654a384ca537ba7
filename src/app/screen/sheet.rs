//! An open topic.

use cercle_domain::id::TopicId;
use cercle_domain::member::Skill;
use cercle_domain::role::{Act, may};
use cercle_domain::topic::Topic;

use super::eyes::Eyes;
use super::{Editing, Sheet, board};

/// How many members who could help are named.
const HELPERS: usize = 6;

pub(super) fn sheet(eyes: &Eyes, id: TopicId) -> Option<Sheet> {
    let counted = eyes.topics.get(id)?;
    let topic = counted.topic;
    let ranked = if eyes.sees_tallies { eyes.topics.ranking() } else { &[] };
    let why = ranked.iter().find(|(ranked, _)| *ranked == id).map(|(_, why)| *why);
    let cadence = eyes.slice.community().cadence_days;
    let name = |person| eyes.slice.member(person).map(|member| member.name.clone());
    let offers = eyes.offers(id, topic);
    let mine = offers.iter().find(|(person, _)| *person == eyes.me);
    let titled = |other: TopicId| Some((other, eyes.slice.topic(other)?.wording.title.clone()));
    Some(Sheet {
        card: board::card(eyes, counted, why),
        text: topic.wording.text.clone(),
        at: topic.at,
        by: topic.by.and_then(name),
        why,
        volunteers: offers.iter().filter_map(|(person, offer)| Some((name(*person)?, offer.size))).collect(),
        could_help: could_help(eyes, id, topic),
        offer: mine.map(|(_, offer)| (offer.size, offer.freshness(eyes.now, cadence))),
        joined: may(eyes.role, Act::Volunteer) && eyes.slice.member(eyes.me).is_some(),
        merged: topic.merged.iter().copied().filter_map(titled).collect(),
        merged_into: topic.merged_into.and_then(titled),
        edit: editing(eyes, id, topic),
    })
}

/// Members who offer what the topic looks for and have not volunteered yet, in the order in which they joined.
fn could_help(eyes: &Eyes, id: TopicId, topic: &Topic) -> Vec<(String, Vec<Skill>)> {
    let volunteers: Vec<_> = eyes.offers(id, topic).into_iter().map(|(person, _)| person).collect();
    let wanted = |offered: &&Skill| topic.wording.wants.iter().any(|wanted| wanted.is(offered));
    let mut members = Vec::new();
    let others = |person| person != eyes.me && !volunteers.contains(&person);
    for (_, member) in eyes.slice.members().filter(|(person, _)| others(*person)) {
        let fitting: Vec<Skill> = member.offers.iter().filter(wanted).cloned().collect();
        if !fitting.is_empty() {
            members.push((member.at, member.name.clone(), fitting));
        }
    }
    members.sort_unstable();
    members.into_iter().take(HELPERS).map(|(_, name, skills)| (name, skills)).collect()
}

fn editing(eyes: &Eyes, id: TopicId, topic: &Topic) -> Option<Editing> {
    let edit = eyes.model.drafts.edits.get(id)?;
    let overtaken = edit.base != topic.rev && !edit.wording.says_the_same_as(&topic.wording);
    Some(Editing {
        wording: edit.wording.clone(),
        conflict: overtaken.then(|| topic.wording.clone()),
        refused: eyes.model.ui.refused_edit,
    })
}
