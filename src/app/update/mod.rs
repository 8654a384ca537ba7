//! The one function that changes the model.

mod intents;
mod replies;

use cercle_domain::id::{OpId, TopicId};
use cercle_domain::op::Op;
use cercle_domain::protocol::{MAX_PUSH_BYTES, SentOp, SyncRequest, VERSION};
use cercle_domain::{Rejection, protocol};

use super::alike::alike;
use super::effect::{Effect, Entry, HostEvent, Note, SyncWord, Trouble};
use super::intent::Order;
use super::layout::Layout;
use super::model::Model;
use super::overview::Overview;
use super::screen::Saying;
use super::sync::{Event, Step};
use super::{Input, Moment, json};

/// What comes to an op when it is sent: its id and a comma.
const ID_BYTES: usize = r#","id":"00000000000000000000000000000000","#.len();

/// Takes in what happened and says what should follow.
pub fn update(model: &mut Model, moment: Moment, input: Input) -> Vec<Effect> {
    let mut turn = Turn { model, moment, effects: Vec::new(), ids: 0 };
    match input {
        Input::Intent(intent) => turn.intent(intent),
        Input::Reply(reply) => turn.reply(reply),
    }
    turn.listen();
    turn.announce_changes();
    turn.effects
}

/// One turn of the loop.
struct Turn<'a> {
    model: &'a mut Model,
    moment: Moment,
    effects: Vec<Effect>,
    /// How many ids this turn has made.
    ids: u128,
}

impl Turn<'_> {
    fn do_next(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn id(&mut self) -> u128 {
        self.ids += 1;
        self.moment.dice.wrapping_add(self.ids)
    }

    /// Does an act: at once for the eyes, then for good. What the rules do not allow is said and not done.
    fn act(&mut self, op: Op) -> Result<(), Rejection> {
        let id = OpId(self.id());
        let entry = Entry { id, op, at: self.moment.now, place: None, refused: None };
        self.model.replica.act(entry.clone())?;
        if let Some(topic) = about(&entry.op) {
            let acts = &mut self.model.ui.acts;
            match acts.binary_search_by_key(&topic, |(topic, _)| *topic) {
                Ok(place) => acts[place].1 = id,
                Err(place) => acts.insert(place, (topic, id)),
            }
        }
        self.do_next(Effect::Enqueue(entry));
        Ok(())
    }

    /// Does an act and says what came of it.
    fn act_aloud(&mut self, op: Op, saying: Saying) -> bool {
        let result = self.act(op);
        self.say(result.map_or_else(Saying::Refused, |()| saying));
        result.is_ok()
    }

    /// Does an act that nobody asked for in so many words: if it cannot be done, there is nothing to say.
    fn act_quietly(&mut self, op: Op) {
        match self.act(op) {
            Ok(()) | Err(_) => {}
        }
    }

    fn say(&mut self, saying: Saying) {
        let said = &mut self.model.ui.said;
        *said = (said.0 + 1, Some(saying));
    }

    fn announce(&mut self, event: HostEvent) {
        self.do_next(Effect::Announce(event));
    }

    fn note_drafts(&mut self) {
        self.do_next(Effect::Note(Note::Drafts(self.model.drafts.clone())));
    }

    /// Looks anew for topics like the one being proposed.
    fn compare_proposal(&mut self) {
        self.model.ui.alike = alike(self.model.replica.shown(), &self.model.drafts.proposal.title);
    }

    /// Arranges the board anew.
    fn arrange(&mut self) {
        self.model.ui.arranged = order(self.model);
        let topics = Overview::of(self.model.replica.shown());
        let (ui, replica) = (&self.model.ui, &self.model.replica);
        let (slice, me) = (replica.shown(), replica.me());
        let layout = Layout::arranged(slice, &topics, me, self.moment.now, ui.arranged, ui.narrowing());
        self.model.ui.layout = layout;
    }

    /// Moves the sync machine on, and does what it says.
    fn sync(&mut self, event: Event) {
        // Nothing is asked in the name of somebody who is being erased. Once the device has been read anew, everything is.
        let nameless = self.model.device.erasing || !self.model.device.loaded;
        if nameless && matches!(event, Event::Wanted | Event::Online | Event::Woke) {
            return;
        }
        match self.model.sync.step(self.moment, event) {
            Step::Nothing => {}
            Step::Ask => self.ask(),
            Step::Wait(until) => self.do_next(Effect::WakeAt(until)),
            Step::GiveUp => {
                for id in self.model.sync.sent().to_vec() {
                    let accepted = self.model.replica.give_up(id);
                    self.take_in(accepted);
                }
                self.ask();
            }
        }
    }

    fn ask(&mut self) {
        let cursor = self.model.replica.asks_from();
        let fitting = self.model.replica.waiting().filter(|entry| entry.place.is_some());
        // While an answer comes in by pages, the receipts in it are still to be taken in. And whoever knows nothing asks
        // first: their acts may be for a database that has been put back to an older backup meanwhile.
        let reads_first = self.model.replica.mid_answer() || cursor.is_none();
        let room = if reads_first { 0 } else { self.model.sync.batch() };
        let (mut ops, mut bytes) = (Vec::new(), 0);
        for entry in fitting.take(room) {
            bytes += json::write(&entry.op).len() + ID_BYTES;
            if bytes > MAX_PUSH_BYTES && !ops.is_empty() {
                break;
            }
            ops.push(SentOp { id: entry.id, op: entry.op.clone() });
        }
        self.model.sync.sending(ops.iter().map(|op| op.id).collect(), self.moment.now);
        let fresh_token = self.model.sync.takes_fresh_token();
        let request = SyncRequest {
            v: VERSION,
            epoch: cursor.map(|cursor| cursor.epoch),
            since: cursor.map(|cursor| cursor.ver),
            ops,
        };
        let patience_ms = self.model.sync.patience_ms();
        self.do_next(Effect::Sync { request, fresh_token, patience_ms });
    }

    /// Listens for news whenever nothing else is under way and somebody looks.
    fn listen(&mut self) {
        let device = &mut self.model.device;
        if device.listening || device.hidden || !self.model.sync.rests() {
            return;
        }
        // A clock that went back does not make it longer.
        if device.deaf.contains(&self.moment.now) {
            let until = device.deaf.end;
            return self.do_next(Effect::WakeAt(until));
        }
        if let Some(cursor) = self.model.replica.cursor() {
            device.listening = true;
            self.do_next(Effect::Listen { epoch: cursor.epoch, since: cursor.ver });
        }
    }

    /// Tells the host page how it stands with the backend, whenever that changes.
    fn announce_changes(&mut self) {
        if !self.model.device.loaded {
            return;
        }
        if !self.model.announced.ready && self.model.is_ready() {
            self.model.announced.ready = true;
            self.announce(HostEvent::Ready);
        }
        let waiting = waiting(self.model);
        let trouble = self.model.sync.trouble();
        let word = match (self.model.setup.shared, trouble, waiting) {
            (false, ..) => SyncWord::Local,
            (true, Some(_), _) => SyncWord::Offline,
            (true, None, 0) => SyncWord::Saved,
            (true, None, _) => SyncWord::Pending,
        };
        if self.model.announced.sync != Some((word, waiting)) {
            self.model.announced.sync = Some((word, waiting));
            self.announce(HostEvent::Sync { state: word, waiting });
        }
        if self.model.announced.trouble != trouble {
            self.model.announced.trouble = trouble;
            if let Some(trouble) = trouble {
                self.announce(HostEvent::Error(trouble));
            }
        }
    }

    fn trouble(&mut self, trouble: Trouble) {
        self.say(Saying::Trouble(trouble));
        self.announce(HostEvent::Error(trouble));
    }
}

/// How many of the person's acts wait to be saved. That topics were in sight is nothing they did.
pub(super) fn waiting(model: &Model) -> usize {
    let acts = model.replica.waiting().filter(|entry| !matches!(entry.op, Op::Shown { .. }));
    acts.count()
}

/// The order of topics that are voted on: as chosen, else by lot until the person has voted.
fn order(model: &Model) -> Order {
    let me = model.replica.me();
    if !model.replica.shown().sees_tallies(me) {
        return Order::Shuffle;
    }
    let voted = model.replica.shown().votes_of(me).next().is_some();
    model.ui.order.unwrap_or(if voted { Order::Ranking } else { Order::Shuffle })
}

/// The topic whose card shows how far an act got.
pub(super) fn about(op: &Op) -> Option<TopicId> {
    match op {
        Op::Propose { topic, .. }
        | Op::Edit { topic, .. }
        | Op::Move { topic, .. }
        | Op::Unmerge { topic }
        | Op::Vote { topic, .. }
        | Op::Follow { topic, .. }
        | Op::Volunteer { topic, .. } => Some(*topic),
        Op::Merge { into, .. } => Some(*into),
        Op::Shown { .. } | Op::Join(_) | Op::Leave {} | Op::Erase {} | Op::Settle(_) => None,
    }
}

const _: () = assert!(MAX_PUSH_BYTES < protocol::MAX_BODY_BYTES, "a full push must fit the body limit");
