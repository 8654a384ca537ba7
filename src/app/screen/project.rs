//! From the model to the screen.

use std::sync::Arc;

use cercle_domain::id::{Millis, TopicId};
use cercle_domain::op::Op;

use super::super::effect::{Entry, Trouble};
use super::super::model::Model;
use super::super::update::waiting;
use super::eyes::Eyes;
use super::{Bar, Proposal, Refusal, Screen, Similar, Votes, board, sheet, signup};

/// Everything on screen at `now`.
#[must_use]
pub fn project(model: &Model, now: Millis) -> Screen {
    let eyes = Eyes::of(model, now);
    let community = eyes.slice.community();
    let placed = u32::try_from(eyes.placed).unwrap_or(u32::MAX);
    Screen {
        ready: model.is_ready(),
        now,
        shared: model.setup.shared,
        role: eyes.role,
        votes: community.vote_cap.map(|cap| Votes { placed, cap }),
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

fn bars(model: &Model) -> Vec<Bar> {
    let mut bars = Vec::new();
    if let Some(trouble) = model.sync.trouble() {
        bars.push(match (trouble, waiting(model)) {
            // In memory nothing is kept, and another bar says so.
            (Trouble::Unreachable, waiting @ 1..) if model.device.durable => Bar::Waiting(waiting),
            (trouble, _) => Bar::Trouble(trouble),
        });
    }
    if model.device.loaded && !model.device.durable {
        bars.push(Bar::Trouble(Trouble::MemoryOnly));
    }
    if model.replica.remembers_another()
        && let held @ 1.. = model.replica.held_back()
    {
        bars.push(Bar::HeldBack(held));
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
    let alike = ui.alike.iter().filter_map(|id| eyes.topics.get(*id));
    let similar = alike.map(|counted| Similar {
        id: counted.id,
        title: counted.topic.wording.title.clone(),
        stage: counted.topic.stage,
        vote: board::vote(eyes, counted),
    });
    Proposal {
        wording: eyes.model.drafts.proposal.clone(),
        similar: similar.collect(),
        refused: ui.refused_proposal,
        sent: ui.sent,
    }
}
