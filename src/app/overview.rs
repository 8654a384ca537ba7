//! Every topic with its counts, in one walk through the rows: what a board needs to know of each of a thousand topics is
//! then a glance and not a search.

use std::cell::OnceCell;

use cercle_domain::Slice;
use cercle_domain::id::TopicId;
use cercle_domain::ranking::{Standing, Why, rank};
use cercle_domain::row::Key;
use cercle_domain::topic::Topic;

/// All topics, by id.
pub(super) struct Overview<'a> {
    topics: Vec<Counted<'a>>,
    ranking: OnceCell<Vec<(TopicId, Why)>>,
}

/// A topic and how it stands.
pub(super) struct Counted<'a> {
    pub(super) id: TopicId,
    pub(super) topic: &'a Topic,
    /// How many people voted for it; `None` where that is hidden or unknown.
    pub(super) votes: Option<u32>,
    /// How many people were shown it.
    pub(super) shown: u32,
}

impl Counted<'_> {
    fn takes_votes(&self) -> bool {
        self.topic.merged_into.is_none() && self.topic.stage.takes_votes()
    }
}

impl<'a> Overview<'a> {
    pub(super) fn of(slice: &'a Slice) -> Self {
        let counted = |(id, topic)| Counted { id, topic, votes: None, shown: 0 };
        let topics = slice.topics().map(counted).collect();
        let mut overview = Self { topics, ranking: OnceCell::new() };
        for (id, votes) in slice.counts(Key::Tally) {
            overview.change(id, |topic| topic.votes = Some(votes));
        }
        for (id, shown) in slice.counts(Key::Exposure) {
            overview.change(id, |topic| topic.shown = shown);
        }
        overview
    }

    fn change(&mut self, id: TopicId, change: impl FnOnce(&mut Counted<'a>)) {
        if let Some(place) = self.place(id) {
            change(&mut self.topics[place]);
        }
    }

    /// Every topic, those merged into others included.
    pub(super) fn all(&self) -> &[Counted<'a>] {
        &self.topics
    }

    /// Where a topic stands among all.
    pub(super) fn place(&self, id: TopicId) -> Option<usize> {
        self.topics.binary_search_by_key(&id, |topic| topic.id).ok()
    }

    /// One topic.
    pub(super) fn get(&self, id: TopicId) -> Option<&Counted<'a>> {
        self.place(id).map(|place| &self.topics[place])
    }

    /// The ranking of the topics that take votes, with the reason for each place.
    pub(super) fn ranking(&self) -> &[(TopicId, Why)] {
        self.ranking.get_or_init(|| {
            let standing = |counted: &Counted| Standing {
                topic: counted.id,
                at: counted.topic.at,
                votes: counted.votes.unwrap_or(0),
                shown: counted.shown,
            };
            let open = self.topics.iter().filter(|topic| topic.takes_votes());
            rank(&open.map(standing).collect::<Vec<_>>())
        })
    }
}
