//! What the world says, taken in.

use std::ops::Range;

use cercle_domain::id::{Millis, OpId};
use cercle_domain::op::Op;
use cercle_domain::protocol::SyncAnswer;

use super::super::drafts::Drafts;
use super::super::effect::{Effect, HostEvent, Kept, Trouble};
use super::super::replica::Accepted;
use super::super::reply::{RemoteError, Reply, Snapshot};
use super::super::screen::Saying;
use super::super::sync::Event;
use super::Turn;

/// How long not to listen after the first failure; twice as long after each further one, four times at most.
const DEAF_MS: u64 = 4_000;

impl Turn<'_> {
    pub(super) fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Loaded(snapshot) => self.loaded(snapshot),
            Reply::Enqueued { id, place } => {
                self.model.replica.placed(id, place);
                self.settle();
            }
            Reply::Kept(Kept::Done) => {}
            Reply::Kept(Kept::Stale) | Reply::Elsewhere => self.do_next(Effect::Load),
            Reply::Wiped => {
                self.model.drafts = Drafts::default();
                self.model.device.seen.clear();
                self.model.ui.acts.clear();
                self.model.replica.forget();
                self.model.sync.disown();
                (self.model.device.erasing, self.model.device.loaded) = (false, false);
                self.do_next(Effect::Load);
            }
            Reply::StoreFailed => {
                self.model.device.durable = false;
                self.announce(HostEvent::Error(Trouble::MemoryOnly));
            }

            Reply::Answered(answer) => self.answered(answer),
            Reply::Busy => self.sync(Event::Busy),
            Reply::SyncFailed(error) => self.sync_failed(error),
            Reply::Poked => {
                self.heard();
                self.sync(Event::Wanted);
            }
            Reply::Silence => {
                self.heard();
                if !self.model.device.durable {
                    // Nothing else may happen for hours; perhaps the device is back.
                    self.do_next(Effect::Load);
                }
            }
            Reply::ListenFailed => self.goes_deaf(),
            Reply::Claimed(Ok(())) => {
                self.say(Saying::Facilitates);
                self.sync(Event::Wanted);
            }
            Reply::Claimed(Err(RemoteError::Unreachable | RemoteError::Later(_))) => {
                self.trouble(Trouble::Unreachable);
            }
            Reply::Claimed(Err(_)) => self.trouble(Trouble::WrongCode),

            Reply::Woke => self.sync(Event::Woke),
            Reply::Online => self.sync(Event::Online),
            Reply::Visible(visible) => {
                self.model.device.hidden = !visible;
                if visible && self.model.device.loaded {
                    self.sync(Event::Wanted);
                }
            }
        }
    }

    fn loaded(&mut self, snapshot: Snapshot) {
        let first = !self.model.device.loaded;
        self.model.device.loaded = true;
        self.model.device.durable = snapshot.durable;
        if snapshot.set_aside > 0 && !self.model.device.set_aside {
            self.model.device.set_aside = true;
            self.announce(HostEvent::Error(Trouble::Unreadable));
        }
        if snapshot.lost {
            self.model.device.lost = true;
            self.announce(HostEvent::Error(Trouble::Lost));
        }
        if first {
            self.model.drafts = snapshot.drafts.clone();
        }
        let seen = &mut self.model.device.seen;
        seen.extend(&snapshot.seen);
        seen.sort_unstable();
        seen.dedup();
        if snapshot.me.is_some_and(|me| me != self.model.replica.me()) {
            // Another tab erased the person: what is under way was asked in their name.
            self.model.sync.disown();
        }
        let known = self.model.replica.cursor();
        self.model.replica.load(snapshot);
        self.compare_proposal();
        if !self.model.setup.shared {
            self.model.ui.caught_up = true;
        }
        let cursor = self.model.replica.cursor();
        let nothing_yet = cursor.is_none();
        // Memory was further than the device is, and listens from there.
        let fell_back = known
            .is_some_and(|known| cursor.is_some_and(|now| now.epoch == known.epoch && now.ver < known.ver));
        if first || nothing_yet {
            self.arrange();
        }
        self.settle();
        // Another tab had an answer: the backend is back.
        let answered_elsewhere = self.model.sync.trouble().is_some() && cursor != known;
        if first || nothing_yet || fell_back || answered_elsewhere {
            self.sync(Event::Wanted);
        }
        if first {
            // The alarm of a wait may have come while nobody knew who is here.
            self.sync(Event::Woke);
        }
    }

    /// Sends what waits on its way: to the backend, or without one straight into the rows.
    fn settle(&mut self) {
        if !self.model.setup.shared {
            let accepted = self.model.replica.settle_here();
            self.take_in(accepted);
        } else if self.unsent() {
            self.sync(Event::Wanted);
        }
    }

    fn unsent(&self) -> bool {
        self.model.replica.waiting().any(|entry| entry.place.is_some())
    }

    fn answered(&mut self, answer: SyncAnswer) {
        if self.model.sync.disowned() {
            return self.sync(Event::Answered { more: true });
        }
        let sent = self.model.sync.sent();
        let receipted = |id: &OpId| answer.receipts.iter().any(|receipt| receipt.id == *id);
        let another = self.model.replica.asked_another(&answer);
        let unreceipted = !another && !sent.is_empty() && !sent.iter().any(receipted);
        if unreceipted || self.model.replica.misses_the_question(&answer) {
            // It would be asked for again for ever.
            return self.sync_failed(RemoteError::BadAnswer);
        }
        if self.model.sync.trouble().is_some() {
            // It was the backend that was away, not the way of listening that does not work.
            self.hears_well();
        }
        let accepted = self.model.replica.accept(answer);
        let again = accepted.again || accepted.diverged;
        self.take_in(accepted);
        if self.model.device.erasing {
            return self.model.sync.rest();
        }
        let more = again || self.unsent();
        self.sync(Event::Answered { more });
    }

    fn heard(&mut self) {
        self.model.device.listening = false;
        self.hears_well();
    }

    fn hears_well(&mut self) {
        self.model.device.deafness = 0;
        self.model.device.deaf = Range::default();
    }

    /// Listening broke off. A request finds out whether the backend is gone; if only listening does not work here (some
    /// proxies cut long requests), asking now and then has to do.
    fn goes_deaf(&mut self) {
        let device = &mut self.model.device;
        device.listening = false;
        let pause = DEAF_MS << device.deafness.min(4);
        device.deafness += 1;
        device.deaf = self.moment.now..Millis(self.moment.now.0 + pause);
        self.sync(Event::Wanted);
    }

    /// Takes in what an answer came to.
    pub(super) fn take_in(&mut self, accepted: Accepted) {
        if let Some(page) = accepted.page {
            // What comes first is not news, it is the board.
            // Neither is anything that moves nobody's card.
            if page.base.is_none() || !self.model.ui.caught_up || self.model.ui.layout.is_empty() {
                self.model.ui.caught_up = true;
                self.arrange();
            }
            self.compare_proposal();
            self.do_next(Effect::Keep(page));
        }
        for entry in accepted.refused {
            // Everything else that was refused stands in a notice until the person has let go of it.
            if matches!(entry.op, Op::Shown { .. }) {
                self.dismiss(entry.id);
            }
        }
        if accepted.diverged {
            self.model.replica.distrust();
            self.announce(HostEvent::Error(Trouble::Diverged));
        }
        let erased = accepted.done.iter().any(|entry| matches!(entry.op, Op::Erase {}));
        if erased && self.model.setup.shared {
            self.model.device.erasing = true;
            self.do_next(Effect::Wipe);
        }
    }

    fn sync_failed(&mut self, error: RemoteError) {
        self.sync(Event::Failed(error));
        // Whatever is known is shown as it is: nothing better will come soon.
        self.model.ui.caught_up = true;
    }
}
