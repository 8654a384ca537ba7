//! From the model to the screen.

use std::sync::Arc;

use cercle_domain::id::{Millis, TopicId};
use cercle_domain::op::Op;
use cercle_domain::similar::{ALIKE, Gist};

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
    for counted in eyes.topics.all().iter().filter(|counted| counted.topic.merged_into.is_none()) {
        let likeness = gist.likeness(&Gist::of(&counted.topic.wording.title));
        if likeness >= ALIKE {
            alike.push((likeness, counted));
        }
    }
    alike.sort_unstable_by(|(a, first), (b, second)| b.total_cmp(a).then(first.id.cmp(&second.id)));
    let shown = alike.into_iter().take(3).map(|(_, counted)| Similar {
        id: counted.id,
        title: counted.topic.wording.title.clone(),
        stage: counted.topic.stage,
        vote: board::vote(eyes, counted),
    });
    shown.collect()
}
