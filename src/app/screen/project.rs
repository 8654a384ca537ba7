//! From the model to the screen.

use std::sync::Arc;

use cercle_domain::Slice;
use cercle_domain::id::{Millis, OpId, PersonId, TopicId};
use cercle_domain::op::Op;
use cercle_domain::similar::{ALIKE, Gist};

use super::super::effect::{Entry, Trouble};
use super::super::model::Model;
use super::super::update::waiting;
use super::{Bar, Mark, Proposal, Refusal, Screen, Similar, Votes, board, sheet, signup};

/// Everything on screen at `now`.
#[must_use]
pub fn project(model: &Model, now: Millis) -> Screen {
    let eyes = Eyes::of(model, now);
    let community = eyes.slice.community();
    let placed = eyes.slice.active_votes_of(eyes.me).len();
    let votes =
        community.vote_cap.map(|cap| Votes { placed: u32::try_from(placed).unwrap_or(u32::MAX), cap });
    Screen {
        ready: model.is_ready(),
        now,
        shared: model.setup.shared,
        role: eyes.slice.role(eyes.me),
        votes,
        bars: bars(model),
        refusals: model.replica.refused().filter_map(|entry| refusal(&eyes, entry)).collect(),
        tools: board::tools(&eyes),
        columns: board::columns(&eyes),
        sheet: model.ui.open.and_then(|topic| sheet::sheet(&eyes, topic)).map(Arc::new),
        proposal: Arc::new(proposal(&eyes)),
        mine: Arc::new(signup::mine(&eyes)),
        said: model.ui.said,
        community: community.clone(),
    }
}

/// What every part of the projection looks at.
pub(super) struct Eyes<'a> {
    pub(super) model: &'a Model,
    pub(super) slice: &'a Slice,
    pub(super) me: PersonId,
    pub(super) now: Millis,
    /// Whether this person could place one more vote.
    pub(super) votes_left: bool,
}

impl<'a> Eyes<'a> {
    fn of(model: &'a Model, now: Millis) -> Self {
        let (slice, me) = (model.replica.shown(), model.replica.me());
        let cap = slice.community().vote_cap.map_or(usize::MAX, |cap| cap as usize);
        Self { model, slice, me, now, votes_left: slice.active_votes_of(me).len() < cap }
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

fn bars(model: &Model) -> Vec<Bar> {
    let mut bars = Vec::new();
    if let Some(trouble) = model.sync.trouble() {
        bars.push(match (trouble, waiting(model)) {
            (Trouble::Unreachable, waiting @ 1..) => Bar::Waiting(waiting),
            (trouble, _) => Bar::Trouble(trouble),
        });
    }
    if model.device.loaded && !model.device.durable {
        bars.push(Bar::Trouble(Trouble::MemoryOnly));
    }
    if model.device.set_aside {
        bars.push(Bar::Trouble(Trouble::Unreadable));
    }
    if model.device.lost {
        bars.push(Bar::Trouble(Trouble::Lost));
    }
    bars
}

fn refusal(eyes: &Eyes, entry: &Entry) -> Option<Refusal> {
    let title = |topic: &TopicId| eyes.slice.topic(*topic).map(|topic| topic.wording.title.clone());
    let (kept, about) = match &entry.op {
        // That a look was not counted is nobody's concern.
        Op::Shown { .. } => return None,
        Op::Propose { wording, .. } => (Some(wording.clone()), None),
        Op::Edit { topic, wording, .. } => (Some(wording.clone()), title(topic)),
        op => (None, super::super::update::about(op).as_ref().and_then(title)),
    };
    Some(Refusal { op: entry.id, code: entry.refused?, kept, about })
}

fn proposal(eyes: &Eyes) -> Proposal {
    let ui = &eyes.model.ui;
    let wording = eyes.model.drafts.proposal.clone();
    Proposal { similar: similar(eyes, &wording.title), wording, refused: ui.refused_proposal, sent: ui.sent }
}

/// At most three topics that say nearly the same as `text`, the most alike first.
fn similar(eyes: &Eyes, text: &str) -> Vec<Similar> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let gist = Gist::of(text);
    let mut alike = Vec::new();
    for (id, topic) in eyes.slice.topics().filter(|(_, topic)| topic.merged_into.is_none()) {
        let likeness = gist.likeness(&Gist::of(&topic.wording.title));
        if likeness >= ALIKE {
            alike.push((likeness, id, topic));
        }
    }
    alike.sort_unstable_by(|(a, first, _), (b, second, _)| b.total_cmp(a).then(first.cmp(second)));
    let shown = alike.into_iter().take(3).map(|(_, id, topic)| Similar {
        id,
        title: topic.wording.title.clone(),
        stage: topic.stage,
        vote: board::vote(eyes, id, topic),
    });
    shown.collect()
}
