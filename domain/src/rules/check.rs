//! Whether an op may be done. Reads only.

use super::limits;
use crate::community::Community;
use crate::id::TopicId;
use crate::member::Skill;
use crate::op::{Op, Profile, Stamp};
use crate::rejection::Rejection;
use crate::role::{Role, may};
use crate::slice::Slice;
use crate::topic::{Topic, Wording};

/// Says whether `op` may be done on `slice` by the person in `stamp`.
pub fn check(slice: &Slice, stamp: &Stamp, op: &Op) -> Result<(), Rejection> {
    let role = slice.role(stamp.actor);
    if !may(role, op.act()) {
        let joining_would_help = may(Role::Member, op.act());
        return Err(if joining_would_help { Rejection::JoinFirst } else { Rejection::Forbidden });
    }
    match op {
        Op::Propose { topic, wording } => propose(slice, stamp, *topic, wording),
        Op::Edit { topic, base, wording } => edit(slice, *topic, *base, wording),
        Op::Move { topic, .. } => standing(slice, *topic).map(drop),
        Op::Merge { topic, into } => merge(slice, *topic, *into),
        Op::Unmerge { topic } => unmerge(slice, *topic),
        Op::Shown { topics } => within(topics.len(), limits::SHOWN, Rejection::Refused),
        Op::Vote { topic, on } => vote(slice, stamp, *topic, *on),
        Op::Follow { topic, .. } | Op::Volunteer { topic, .. } => known(slice, *topic).map(drop),
        Op::Join(profile) => join(profile),
        Op::Leave {} | Op::Erase {} => Ok(()),
        Op::Settle(community) => settle(community),
    }
}

fn propose(slice: &Slice, stamp: &Stamp, topic: TopicId, wording: &Wording) -> Result<(), Rejection> {
    worded(wording)?;
    match slice.topic(topic) {
        // The same proposal again is the same success; anybody else's topic is not ours to overwrite.
        Some(existing) if existing.by != Some(stamp.actor) => Err(Rejection::IdInUse),
        _ => Ok(()),
    }
}

fn edit(slice: &Slice, topic: TopicId, base: u32, wording: &Wording) -> Result<(), Rejection> {
    worded(wording)?;
    let topic = standing(slice, topic)?;
    let current = base == topic.rev || wording.says_the_same_as(&topic.wording);
    current.then_some(()).ok_or(Rejection::Conflict)
}

fn merge(slice: &Slice, topic: TopicId, into: TopicId) -> Result<(), Rejection> {
    let part = known(slice, topic)?;
    standing(slice, into)?;
    if slice.group(topic).contains(&into) {
        return Err(Rejection::MergeLoop);
    }
    match part.merged_into {
        Some(other) if other != into => Err(Rejection::Merged),
        _ => Ok(()),
    }
}

fn unmerge(slice: &Slice, topic: TopicId) -> Result<(), Rejection> {
    known(slice, topic)?.merged_into.map(drop).ok_or(Rejection::NotMerged)
}

fn vote(slice: &Slice, stamp: &Stamp, topic: TopicId, on: bool) -> Result<(), Rejection> {
    known(slice, topic)?;
    let root = slice.root(topic);
    if !on || slice.has_voted(stamp.actor, root) {
        return Ok(());
    }
    if !known(slice, root)?.stage.takes_votes() {
        return Err(Rejection::VotingClosed);
    }
    let cap = slice.community().vote_cap.map_or(usize::MAX, |cap| cap as usize);
    within(slice.active_votes_of(stamp.actor).len() + 1, cap, Rejection::VotesSpent)
}

fn join(profile: &Profile) -> Result<(), Rejection> {
    filled(&profile.name, limits::NAME, Rejection::NameLength)?;
    skills(&profile.offers)?;
    skills(&profile.wants)
}

fn settle(community: &Community) -> Result<(), Rejection> {
    within(community.name.chars().count(), limits::TITLE, Rejection::Settings)?;
    within(community.purpose.chars().count(), limits::TITLE, Rejection::Settings)?;
    let cap = community.vote_cap.is_none_or(|cap| (1..=limits::VOTE_CAP).contains(&cap));
    let cadence = (1..=limits::CADENCE_DAYS).contains(&community.cadence_days);
    (cap && cadence).then_some(()).ok_or(Rejection::Settings)
}

fn known(slice: &Slice, topic: TopicId) -> Result<&Topic, Rejection> {
    slice.topic(topic).ok_or(Rejection::UnknownTopic)
}

/// A topic that speaks for itself.
fn standing(slice: &Slice, topic: TopicId) -> Result<&Topic, Rejection> {
    let topic = known(slice, topic)?;
    topic.merged_into.is_none().then_some(topic).ok_or(Rejection::Merged)
}

fn worded(wording: &Wording) -> Result<(), Rejection> {
    filled(&wording.title, limits::TITLE, Rejection::TitleLength)?;
    within(wording.text.chars().count(), limits::TEXT, Rejection::TextLength)?;
    skills(&wording.wants)
}

fn skills(skills: &[Skill]) -> Result<(), Rejection> {
    within(skills.len(), limits::SKILLS, Rejection::Skills)?;
    skills.iter().try_for_each(|skill| filled(&skill.0, limits::SKILL, Rejection::Skills))
}

fn filled(text: &str, max: usize, otherwise: Rejection) -> Result<(), Rejection> {
    if text.trim().is_empty() {
        return Err(otherwise);
    }
    within(text.chars().count(), max, otherwise)
}

fn within(count: usize, max: usize, otherwise: Rejection) -> Result<(), Rejection> {
    (count <= max).then_some(()).ok_or(otherwise)
}
