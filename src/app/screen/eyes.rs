//! What every part of the projection looks at, looked up once.

use std::slice::from_ref;

use cercle_domain::Slice;
use cercle_domain::id::{Millis, OpId, PersonId, TopicId};
use cercle_domain::member::{Freshness, Skill, Volunteering};
use cercle_domain::role::Role;
use cercle_domain::topic::Topic;

use super::super::model::Model;
use super::super::overview::Overview;
use super::{Mark, board};

/// The model as one person sees it at one time.
pub(super) struct Eyes<'a> {
    pub(super) model: &'a Model,
    pub(super) slice: &'a Slice,
    pub(super) me: PersonId,
    pub(super) now: Millis,
    pub(super) role: Role,
    pub(super) sees_tallies: bool,
    pub(super) topics: Overview<'a>,
    /// The skills that topics look for, the most wanted first.
    pub(super) wanted: Vec<Skill>,
    /// How many of the person's votes are placed on open topics.
    pub(super) placed: usize,
    /// Whether this person could place one more vote.
    pub(super) votes_left: bool,
    /// The topics that carry their vote, those that they follow, and everybody's offers that have not lapsed; all sorted.
    voted: Vec<TopicId>,
    followed: Vec<TopicId>,
    offers: Vec<(TopicId, PersonId, &'a Volunteering)>,
}

impl<'a> Eyes<'a> {
    pub(super) fn of(model: &'a Model, now: Millis) -> Self {
        let (slice, me) = (model.replica.shown(), model.replica.me());
        let community = slice.community();
        let placed = slice.active_votes_of(me).len();
        let stands = |offer: &Volunteering| offer.freshness(now, community.cadence_days) != Freshness::Lapsed;
        let topics = Overview::of(slice);
        Self {
            model,
            slice,
            me,
            now,
            role: slice.role(me),
            sees_tallies: slice.sees_tallies(me),
            wanted: board::wanted_skills(&topics),
            topics,
            placed,
            votes_left: community.vote_cap.is_none_or(|cap| placed < cap as usize),
            voted: slice.votes_of(me).collect(),
            followed: slice.followed_by(me).collect(),
            offers: slice.volunteering().filter(|(.., offer)| stands(offer)).collect(),
        }
    }

    /// Whether the person voted for a topic or for one merged into it.
    pub(super) fn has_voted(&self, id: TopicId, topic: &Topic) -> bool {
        self.in_parts(id, topic, |part| self.voted.binary_search(&part).is_ok())
    }

    /// Whether the person follows a topic.
    pub(super) fn follows(&self, id: TopicId) -> bool {
        self.followed.binary_search(&id).is_ok()
    }

    /// The offers on a topic and on those merged into it that have not lapsed, one a person, sorted by person.
    pub(super) fn offers(&self, id: TopicId, topic: &Topic) -> Vec<(PersonId, &'a Volunteering)> {
        let mut offers = Vec::new();
        self.in_parts(id, topic, |part| {
            let first = self.offers.partition_point(|(on, ..)| *on < part);
            for (_, person, offer) in self.offers[first..].iter().take_while(|(on, ..)| *on == part) {
                if let Err(place) = offers.binary_search_by_key(person, |(person, _)| *person) {
                    offers.insert(place, (*person, *offer));
                }
            }
            false
        });
        offers
    }

    /// Looks at a topic and at those merged into it until something is found.
    fn in_parts(&self, id: TopicId, topic: &Topic, mut is_it: impl FnMut(TopicId) -> bool) -> bool {
        let group;
        let parts = if topic.merged.is_empty() {
            from_ref(&id)
        } else {
            group = self.slice.group(id);
            &group
        };
        parts.iter().any(|part| is_it(*part))
    }

    /// How far the person's last act on a topic got.
    pub(super) fn mark(&self, topic: TopicId) -> Option<Mark> {
        let acts = &self.model.ui.acts;
        let act: OpId = acts[acts.binary_search_by_key(&topic, |(topic, _)| *topic).ok()?].1;
        let (model, durable) = (self.model, self.model.device.durable);
        if model.replica.refused().any(|entry| entry.id == act) {
            return None;
        }
        let on_device = match model.replica.waiting().find(|entry| entry.id == act) {
            None if model.setup.shared => return Some(Mark::Saved),
            None => durable,
            Some(entry) => durable && entry.place.is_some(),
        };
        Some(if on_device { Mark::Kept } else { Mark::Pending })
    }
}
