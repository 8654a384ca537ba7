//! What people do, in terms of what a view would send.

use cercle::app::{Input, Intent, Reply, project};
use cercle_domain::community::Community;
use cercle_domain::id::{Millis, TopicId};
use cercle_domain::member::Size;
use cercle_domain::op::Profile;
use cercle_domain::topic::{Stage, Wording};

use super::World;
use crate::plan::Act;

/// Among how many of the newest topics people choose: few, so that hands meet.
const NEWEST: usize = 12;
/// How many topics are in sight at once.
const IN_SIGHT: usize = 4;

impl World<'_> {
    /// Somebody does something in a tab, if the page is open.
    pub(crate) fn act(&mut self, tab: usize, act: Act) {
        if !self.tabs[tab].open {
            return;
        }
        self.records.counts.add("acts");
        if let Act::Hide(hidden) = act {
            return self.take(tab, Input::Reply(Reply::Visible(!hidden)));
        }
        for intent in self.intents(tab, act) {
            self.take(tab, Input::Intent(intent));
        }
    }

    fn intents(&self, tab: usize, act: Act) -> Vec<Intent> {
        let one = |intent: Option<Intent>| intent.into_iter().collect();
        let on = |pick: u32| self.topic(pick);
        match act {
            Act::Propose(host) => {
                let wording = self.wording(tab, "sujet");
                vec![Intent::Propose { wording, host }]
            }
            Act::Vote(pick, stands) => one(on(pick).map(|topic| Intent::Vote { topic, on: stands })),
            Act::Follow(pick, stands) => one(on(pick).map(|topic| Intent::Follow { topic, on: stands })),
            Act::Volunteer(pick, size) => one(on(pick).map(|topic| {
                let size = Size::ALL[usize::from(size) % Size::ALL.len()];
                Intent::Volunteer { topic, size }
            })),
            Act::StepBack(pick) => one(on(pick).map(Intent::StepBack)),
            Act::Join(name) => vec![Intent::Join(Profile {
                name: format!("Ada {name}"),
                size: Size::Quarter,
                offers: Vec::new(),
                wants: Vec::new(),
            })],
            Act::Leave => vec![Intent::Leave],
            Act::Erase => vec![Intent::Erase],
            Act::Move(pick, stage) => one(on(pick).map(|topic| {
                let stage = Stage::ALL[usize::from(stage) % Stage::ALL.len()];
                Intent::Move { topic, stage }
            })),
            Act::Merge(part, into) => {
                one(on(part).zip(on(into)).map(|(topic, into)| Intent::Merge { topic, into }))
            }
            Act::Unmerge(pick) => one(on(pick).map(Intent::Unmerge)),
            Act::Edit(pick) => on(pick).map_or_else(Vec::new, |topic| {
                let wording = self.wording(tab, "texte");
                vec![Intent::DraftEdit { topic, wording }, Intent::SaveEdit(topic)]
            }),
            Act::Look(first) => {
                let sight = (0..IN_SIGHT).filter_map(|nth| on(first + u32::try_from(nth).unwrap_or(0)));
                vec![Intent::Seen(sight.collect())]
            }
            Act::Settle(hide_tallies) => {
                vec![Intent::Settle(Community { hide_tallies, ..Community::default() })]
            }
            Act::Hide(_) => Vec::new(),
            Act::LetGo => {
                let now = Millis(self.clock(self.tabs[tab].profile));
                let refused = project(&self.tabs[tab].model, now).refusals.into_iter().next();
                one(refused.map(|refusal| Intent::Dismiss(refusal.op)))
            }
        }
    }

    /// A text that nobody has written before.
    fn wording(&self, tab: usize, what: &str) -> Wording {
        let title = format!("{what} {} {tab}", self.queue.now());
        Wording { title, ..Wording::default() }
    }

    fn topic(&self, pick: u32) -> Option<TopicId> {
        let newest = &self.topics[self.topics.len().saturating_sub(NEWEST)..];
        (!newest.is_empty()).then(|| newest[pick as usize % newest.len()])
    }
}
