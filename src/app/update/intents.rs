//! What a person wants, done.

use cercle_domain::id::{OpId, TopicId};
use cercle_domain::op::Op;
use cercle_domain::rules::limits;
use cercle_domain::topic::{Stage, Wording};

use super::super::drafts::Edit;
use super::super::effect::{Effect, HostEvent, Note, Trouble};
use super::super::file;
use super::super::intent::Intent;
use super::super::screen::Saying;
use super::super::sync::Event;
use super::Turn;

impl Turn<'_> {
    pub(super) fn intent(&mut self, intent: Intent) {
        // Before the device has said what it keeps there is nothing on screen to act upon.
        if !self.model.device.loaded {
            return;
        }
        match intent {
            Intent::DraftProposal(wording) => self.draft_proposal(wording),
            Intent::Propose { wording, host } => self.propose(wording, host),
            Intent::DropProposal => self.draft_proposal(Wording::default()),
            Intent::Vote { topic, on } => self.vote(topic, on),
            Intent::Follow { topic, on } => {
                if let Err(rejection) = self.act(Op::Follow { topic, on }) {
                    self.say(Saying::Refused(rejection));
                }
            }
            Intent::Volunteer { topic, size } => {
                if self.act_aloud(Op::Volunteer { topic, size: Some(size) }, Saying::Volunteered) {
                    self.announce(HostEvent::SignedUp(Some(topic)));
                }
            }
            Intent::StepBack(topic) => {
                if self.act_aloud(Op::Volunteer { topic, size: None }, Saying::SteppedBack) {
                    self.announce(HostEvent::SteppedBack(Some(topic)));
                }
            }
            Intent::Join(profile) => {
                let result = self.act(Op::Join(profile));
                self.model.ui.refused_join = result.err();
                self.say(result.map_or_else(Saying::Refused, |()| Saying::Joined));
                if result.is_ok() {
                    self.announce(HostEvent::SignedUp(None));
                }
            }
            Intent::Leave => self.leave(Op::Leave {}),
            Intent::Erase => self.leave(Op::Erase {}),

            Intent::Move { topic, stage } => {
                if self.act_aloud(Op::Move { topic, stage }, Saying::Moved(stage)) {
                    self.model.ui.layout.place(topic, stage);
                }
            }
            Intent::Merge { topic, into } => {
                if self.act_aloud(Op::Merge { topic, into }, Saying::Merged) {
                    self.model.ui.layout.drop(topic);
                    self.model.ui.open =
                        self.model.ui.open.map(|open| if open == topic { into } else { open });
                }
            }
            Intent::Unmerge(topic) => {
                if let Err(rejection) = self.act(Op::Unmerge { topic }) {
                    self.say(Saying::Refused(rejection));
                } else if let Some(row) = self.model.replica.shown().topic(topic) {
                    self.model.ui.layout.place(topic, row.stage);
                }
            }
            Intent::DraftEdit { topic, wording } => self.draft_edit(topic, wording),
            Intent::SaveEdit(topic) => self.save_edit(topic),
            Intent::KeepMine(topic) => self.keep_mine(topic),
            Intent::DropEdit(topic) => self.drop_edit(topic),
            Intent::Settle(community) => {
                self.act_aloud(Op::Settle(community), Saying::Settled);
            }
            Intent::Claim(code) => self.do_next(Effect::Claim(code.trim().to_owned())),

            Intent::Open(topic) => self.model.ui.open = Some(topic),
            Intent::Close => self.model.ui.open = None,
            Intent::Search(words) => {
                self.model.ui.search = words;
                self.arrange();
            }
            Intent::OnlyStage(stage) => self.model.ui.stage = stage,
            Intent::OnlySkill(skill) => {
                self.model.ui.skill = skill;
                self.arrange();
            }
            Intent::OnlyMine(mine) => {
                self.model.ui.mine = mine;
                self.arrange();
            }
            Intent::Order(order) => {
                self.model.ui.order = Some(order);
                self.arrange();
            }
            Intent::ShowNews => self.arrange(),
            Intent::Seen(topics) => self.seen(topics),
            Intent::Dismiss(op) => self.dismiss(op),
            Intent::TakeUp(op) => self.take_up(op),
            Intent::TryAgain => self.sync(Event::Wanted),

            Intent::Export => self.export(),
            Intent::Import { json, mine } => self.import(&json, mine),
        }
    }

    fn draft_proposal(&mut self, wording: Wording) {
        self.model.ui.refused_proposal = None;
        self.model.drafts.proposal = wording;
        self.compare_proposal();
        self.note_drafts();
    }

    fn propose(&mut self, wording: Wording, host: bool) {
        let topic = TopicId(self.id());
        let wording = Wording { title: wording.title.trim().to_owned(), ..wording };
        let result = self.act(Op::Propose { topic, wording });
        self.model.ui.refused_proposal = result.err();
        self.say(result.map_or_else(Saying::Refused, |()| Saying::Proposed));
        if result.is_err() {
            return;
        }
        if host {
            // Offered to members only; for anybody else the topic simply has no host yet.
            let size = Some(cercle_domain::member::Size::Host);
            self.act_quietly(Op::Volunteer { topic, size });
        }
        self.model.ui.layout.place(topic, Stage::Proposed);
        self.model.ui.sent = (self.model.ui.sent.0 + 1, Some(topic));
        self.draft_proposal(Wording::default());
        self.announce(HostEvent::TopicProposed(topic));
    }

    fn vote(&mut self, topic: TopicId, on: bool) {
        let saying = if on { Saying::Voted } else { Saying::VoteWithdrawn };
        if self.act_aloud(Op::Vote { topic, on }, saying) {
            self.announce(HostEvent::Voted { topic, on });
        }
    }

    fn leave(&mut self, op: Op) {
        if self.act_aloud(op, Saying::Left) {
            self.announce(HostEvent::SteppedBack(None));
        }
    }

    fn draft_edit(&mut self, topic: TopicId, wording: Wording) {
        let Some(row) = self.model.replica.shown().topic(topic) else { return };
        let edits = &mut self.model.drafts.edits;
        let base = edits.get(topic).map_or(row.rev, |edit| edit.base);
        edits.put(topic, Edit { base, wording });
        self.model.ui.refused_edit = None;
        self.note_drafts();
    }

    /// The text that somebody else wrote meanwhile is on screen beside this one, so it is no surprise to replace it.
    fn keep_mine(&mut self, topic: TopicId) {
        let Some(row) = self.model.replica.shown().topic(topic) else { return };
        let (base, edits) = (row.rev, &mut self.model.drafts.edits);
        if let Some(wording) = edits.get(topic).map(|edit| edit.wording.clone()) {
            edits.put(topic, Edit { base, wording });
            self.save_edit(topic);
        }
    }

    /// Saved against what the person had before them when they began: what came meanwhile is not replaced unasked.
    fn save_edit(&mut self, topic: TopicId) {
        let Some(Edit { base, wording }) = self.model.drafts.edits.get(topic).cloned() else { return };
        let result = self.act(Op::Edit { topic, base, wording });
        self.model.ui.refused_edit = result.err();
        self.say(result.map_or_else(Saying::Refused, |()| Saying::Edited));
        if result.is_ok() {
            self.drop_edit(topic);
        }
    }

    fn drop_edit(&mut self, topic: TopicId) {
        self.model.ui.refused_edit = None;
        self.model.drafts.edits.remove(topic);
        self.note_drafts();
    }

    fn seen(&mut self, topics: Vec<TopicId>) {
        let slice = self.model.replica.shown();
        let open = |id: &TopicId| slice.topic(*id).is_some_and(|topic| topic.stage.takes_votes());
        let seen = &mut self.model.device.seen;
        let mut new = Vec::new();
        for id in topics.into_iter().filter(open) {
            if let Err(place) = seen.binary_search(&id) {
                seen.insert(place, id);
                new.push(id);
            }
        }
        if new.is_empty() {
            return;
        }
        self.do_next(Effect::Note(Note::Seen(self.model.device.seen.clone())));
        for topics in new.chunks(limits::SHOWN) {
            // Counting looks is a courtesy to topics, not something the person did: nothing to say if it fails.
            self.act_quietly(Op::Shown { topics: topics.to_vec() });
        }
    }

    pub(super) fn dismiss(&mut self, op: OpId) {
        // What was let go of is not on its way any more, and must not look as if it had arrived.
        self.model.ui.acts.retain(|(_, act)| *act != op);
        if let Some(place) = self.model.replica.dismiss(op).and_then(|entry| entry.place) {
            self.do_next(Effect::Discard(vec![place]));
        }
    }

    fn take_up(&mut self, op: OpId) {
        let Some(entry) = self.model.replica.refused().find(|entry| entry.id == op) else { return };
        match entry.op.clone() {
            Op::Propose { wording, .. } => {
                self.model.drafts.proposal = wording;
                self.compare_proposal();
            }
            Op::Edit { topic, base, wording } => {
                self.model.drafts.edits.put(topic, Edit { base, wording });
                self.model.ui.open = Some(topic);
            }
            _ => {}
        }
        self.note_drafts();
        self.dismiss(op);
    }

    fn export(&mut self) {
        let (community, replica) = (&self.model.setup.community, &self.model.replica);
        let (slice, me) = (replica.shown(), replica.me());
        let (name, json) = if self.model.setup.shared {
            (format!("cercle-{community}-me.json"), file::export_own(community, slice, me))
        } else {
            (format!("cercle-{community}.json"), file::export(community, slice, me))
        };
        self.do_next(Effect::Save { name, json });
    }

    fn import(&mut self, json: &str, mine: bool) {
        let me = mine.then_some(self.model.replica.me());
        let rows = if self.model.setup.shared { None } else { file::import(json, me) };
        let Some(page) = rows.and_then(|rows| self.model.replica.replace(rows)) else {
            return self.trouble(Trouble::BadFile);
        };
        self.do_next(Effect::Keep(page));
        self.arrange();
    }
}
