//! Where each topic stands on the board, in an order that does not move under the reader.
//!
//! The board is arranged when it is opened and whenever the person asks for it: by a search, a filter, another order,
//! "show what is new". What others do meanwhile changes what cards say, never where they are, and waits as news. One's
//! own acts move the one card they are about.

use cercle_domain::Slice;
use cercle_domain::id::{Millis, PersonId, TopicId};
use cercle_domain::member::Skill;
use cercle_domain::row::Key;
use cercle_domain::shuffle::shuffle;
use cercle_domain::similar::fold;
use cercle_domain::topic::{Stage, Topic};

use super::intent::Order;
use super::overview::Overview;

/// The topics of each stage, in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout([Vec<TopicId>; Stage::ALL.len()]);

/// What the board is narrowed to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Narrowing<'a> {
    pub(super) search: &'a str,
    pub(super) skill: Option<&'a Skill>,
    pub(super) mine: bool,
}

impl<'a> Narrowing<'a> {
    /// Whether a topic is shown to somebody.
    fn fits(self, slice: &'a Slice, me: PersonId) -> impl Fn(TopicId, &Topic) -> bool + 'a {
        let words = Words::of(self.search);
        let wanted = move |topic: &Topic| match self.skill {
            Some(skill) => topic.wording.wants.iter().any(|wanted| wanted.is(skill)),
            None => true,
        };
        move |id, topic| {
            words.stand_in(topic) && wanted(topic) && (!self.mine || is_mine(slice, me, id, topic))
        }
    }
}

impl Layout {
    /// Arranges everything anew.
    pub(super) fn arranged(
        slice: &Slice,
        topics: &Overview,
        me: PersonId,
        now: Millis,
        order: Order,
        narrowing: Narrowing,
    ) -> Self {
        let mut layout = Self::default();
        let fits = narrowing.fits(slice, me);
        for id in ordered(topics, me, now, order) {
            if let Some(topic) = topics.get(id).map(|counted| counted.topic).filter(|topic| fits(id, topic)) {
                layout.0[topic.stage as usize].push(id);
            }
        }
        layout
    }

    /// The topics of one stage.
    pub(super) fn column(&self, stage: Stage) -> &[TopicId] {
        &self.0[stage as usize]
    }

    /// Whether no topic is shown anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Puts one topic on top of a stage, because the person put it there.
    pub(super) fn place(&mut self, topic: TopicId, stage: Stage) {
        if !self.column(stage).contains(&topic) {
            self.drop(topic);
            self.0[stage as usize].insert(0, topic);
        }
    }

    /// Takes one topic off the board, because the person merged it into another.
    pub(super) fn drop(&mut self, topic: TopicId) {
        for column in &mut self.0 {
            column.retain(|id| *id != topic);
        }
    }

    /// How many topics each stage would show that it does not show yet, if the board were arranged anew. Nothing is put in
    /// order for that: it is asked at each change.
    pub(super) fn news(
        &self,
        slice: &Slice,
        topics: &Overview,
        me: PersonId,
        narrowing: Narrowing,
    ) -> [usize; Stage::ALL.len()] {
        let mut shown = vec![None; topics.all().len()];
        for stage in Stage::ALL {
            for place in self.column(stage).iter().filter_map(|id| topics.place(*id)) {
                shown[place] = Some(stage);
            }
        }
        let fits = narrowing.fits(slice, me);
        let mut news = [0; Stage::ALL.len()];
        for (counted, shown) in topics.all().iter().zip(shown) {
            let stage = counted.topic.stage;
            if shown != Some(stage) && counted.topic.merged_into.is_none() && fits(counted.id, counted.topic)
            {
                news[stage as usize] += 1;
            }
        }
        news
    }
}

/// All topics that speak for themselves: those that take votes in the order asked for, then the others, latest first.
fn ordered(topics: &Overview, me: PersonId, now: Millis, order: Order) -> Vec<TopicId> {
    let standing = topics.all().iter().filter(|counted| counted.topic.merged_into.is_none());
    let (open, mut closed): (Vec<_>, Vec<_>) =
        standing.partition(|counted| counted.topic.stage.takes_votes());
    closed.sort_unstable_by_key(|counted| (std::cmp::Reverse(counted.topic.at), counted.id));
    let mut ordered: Vec<TopicId> = match order {
        Order::Ranking => topics.ranking().iter().map(|(id, _)| *id).collect(),
        Order::Shuffle => shuffle(me, now.day(), open.iter().map(|counted| (counted.id, counted.shown))),
    };
    ordered.extend(closed.iter().map(|counted| counted.id));
    ordered
}

/// Whether a person has a part in a topic.
fn is_mine(slice: &Slice, me: PersonId, id: TopicId, topic: &Topic) -> bool {
    let takes_part =
        |part: TopicId| slice.has(&Key::Follow(me, part)) || slice.has(&Key::Volunteering(part, me));
    topic.by == Some(me) || slice.has_voted(me, id) || slice.group(id).into_iter().any(takes_part)
}

/// What is searched for: every word must stand somewhere in a topic.
struct Words(String);

impl Words {
    fn of(search: &str) -> Self {
        Self(fold(search))
    }

    fn stand_in(&self, topic: &Topic) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let mut said = format!("{} {}", topic.wording.title, topic.wording.text);
        for skill in &topic.wording.wants {
            said.push(' ');
            said.push_str(&skill.0);
        }
        let said = fold(&said);
        self.0.split(' ').all(|word| said.contains(word))
    }
}
