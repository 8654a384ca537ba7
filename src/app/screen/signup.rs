//! The person's own part: profile, commitments, where they could help.

use cercle_domain::id::TopicId;
use cercle_domain::member::{Member, Skill};
use cercle_domain::row::Key;
use cercle_domain::topic::{Stage, Topic};

use super::eyes::Eyes;
use super::{Commitment, Match, Mine, board};

/// How many skills are suggested.
const SUGGESTIONS: usize = 8;
/// How many topics are suggested.
const MATCHES: usize = 3;

pub(super) fn mine(eyes: &Eyes) -> Mine {
    let member = eyes.slice.member(eyes.me).cloned();
    let suggest = |mut skills: Vec<Skill>| {
        skills.truncate(SUGGESTIONS);
        skills
    };
    let offered = board::most_named(eyes.slice.members().flat_map(|(_, member)| &member.offers));
    Mine {
        commitments: commitments(eyes),
        matches: member.as_ref().map(|member| matches(eyes, member)).unwrap_or_default(),
        sought: suggest(eyes.wanted.clone()),
        offered: suggest(offered),
        refused: eyes.model.ui.refused_join,
        member,
    }
}

fn commitments(eyes: &Eyes) -> Vec<Commitment> {
    let cadence = eyes.slice.community().cadence_days;
    let mut commitments = Vec::new();
    for (topic, _, offer) in eyes.slice.volunteering().filter(|(_, person, _)| *person == eyes.me) {
        if let Some(root) = eyes.slice.topic(eyes.slice.root(topic)) {
            let title = root.wording.title.clone();
            let (size, at) = (offer.size, offer.at);
            let freshness = offer.freshness(eyes.now, cadence);
            commitments.push(Commitment { id: topic, title, size, at, freshness, mark: eyes.mark(topic) });
        }
    }
    commitments.sort_unstable_by_key(|commitment| (std::cmp::Reverse(commitment.at), commitment.id));
    commitments
}

/// Open topics that look for what this member offers, those that match most first.
fn matches(eyes: &Eyes, member: &Member) -> Vec<Match> {
    let offered = |wanted: &&Skill| member.offers.iter().any(|offer| offer.is(wanted));
    let worth_it = |id: TopicId, topic: &Topic| {
        topic.merged_into.is_none()
            && !matches!(topic.stage, Stage::Adopted | Stage::Parked)
            && !eyes.slice.has(&Key::Volunteering(id, eyes.me))
    };
    let mut matches = Vec::new();
    for (id, topic) in eyes.slice.topics().filter(|(id, topic)| worth_it(*id, topic)) {
        let skills: Vec<Skill> = topic.wording.wants.iter().filter(offered).cloned().collect();
        if !skills.is_empty() {
            matches.push(Match { id, title: topic.wording.title.clone(), skills });
        }
    }
    matches.sort_by_key(|found| std::cmp::Reverse(found.skills.len()));
    matches.truncate(MATCHES);
    matches
}
