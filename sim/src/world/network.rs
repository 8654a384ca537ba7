//! What becomes of requests: when they arrive, when their answers do, and whether.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::Poll;

use cercle::app::reply::RemoteError;
use cercle::app::{Effect, Input};
use cercle::runtime::remote::{Heard, Synced};
use cercle_backend::core::Ask;
use cercle_domain::id::{Millis, OpId, PersonId};

use super::server::Said;
use super::tab::poll;
use super::wire::Call;
use super::{BEGINNING, Event, World, dialect};
use crate::plan::chance::mix;
use crate::plan::{Fate, Version};

/// How long a request takes one way, if nothing is wrong.
const WAY_MS: u64 = 5;
/// How long the rim waits for the end of its listening beyond that, and for what is no sync.
const PATIENCE_MS: u64 = 10_000;
/// How long the backend lets somebody listen.
const LISTEN_MS: u64 = 20_000;

/// A request under way.
pub(crate) struct Ticket {
    pub(crate) tab: usize,
    pub(crate) life: u32,
    pub(crate) call: Call,
    pub(crate) fate: Option<Fate>,
    /// Whether an answer is still waited for.
    pub(crate) open: bool,
    /// Whether news is on its way to a listener.
    told: bool,
}

impl World<'_> {
    /// A tab asks the backend something.
    pub(crate) fn call(&mut self, tab: usize, effect: Effect) {
        let mut flight = self.tabs[tab].depart(effect);
        if let Poll::Ready(replies) = poll(flight.as_mut()) {
            return replies.into_iter().for_each(|reply| self.take(tab, Input::Reply(reply)));
        }
        let open = &mut self.tabs[tab];
        let Some(call) = open.wire.next() else { return };
        let fate = self.fates.get(&(tab, open.calls)).copied().filter(|_| !self.healed);
        open.calls += 1;
        let ticket = self.tickets.len();
        open.flights.insert(ticket, flight);
        let life = open.life;
        self.tickets.push(Ticket { tab, life, call, fate, open: true, told: false });
        self.send(ticket);
    }

    fn send(&mut self, ticket: usize) {
        let Ticket { tab, ref call, fate, .. } = self.tickets[ticket];
        let profile = self.tabs[tab].profile;
        if matches!(call, Call::Listen(..)) {
            return self.wait_to_listen(ticket, profile);
        }
        let sync = matches!(call, Call::Sync(..));
        if sync && self.plan.shape.locks {
            if self.profiles[profile].turn.is_some_and(|turn| self.tickets[turn].open) {
                self.records.counts.add("found another tab sending");
                if let Call::Sync(.., slot) = &self.tickets[ticket].call {
                    slot.set(Some(Ok(Synced::Busy)));
                }
                return self.close(ticket);
            }
            self.profiles[profile].turn = Some(ticket);
        }
        let patience = match self.tickets[ticket].call {
            Call::Sync(.., patience_ms, _) => patience_ms,
            _ => PATIENCE_MS,
        };
        self.queue.after(patience, Event::TimeOut(ticket));
        let token = match &self.tickets[ticket].call {
            Call::Sync(.., true, _, _) => {
                self.profiles[profile].token_expired = false;
                None
            }
            _ => Some(RemoteError::Unauthorized).filter(|_| self.profiles[profile].token_expired),
        };
        if let Some(error) = token.or_else(|| fate.and_then(error)) {
            self.records.counts.add(name_of(error));
            return self.queue.after(WAY_MS, Event::Answer(ticket, Box::new(Err(error))));
        }
        let there = match fate {
            Some(Fate::Slow(there, _)) => {
                self.records.counts.add("delayed");
                WAY_MS + there
            }
            Some(Fate::Lost) => return self.records.counts.add("request dropped"),
            _ => WAY_MS,
        };
        self.queue.after(there, Event::Arrive(ticket, false));
        if let Some(Fate::Twice(later)) = fate {
            self.records.counts.add("duplicated");
            self.queue.after(WAY_MS + later, Event::Arrive(ticket, true));
        }
    }

    /// A request reaches the backend, perhaps not for the first time.
    pub(crate) fn arrive(&mut self, ticket: usize, again: bool) {
        if self.last_arrived > ticket {
            self.records.counts.add("reordered");
        }
        self.last_arrived = self.last_arrived.max(ticket);
        let tab = self.tabs[self.tickets[ticket].tab].profile;
        if !self.server.runs() || (self.is_offline(tab) && !again) {
            return self.fails(ticket, RemoteError::Unreachable);
        }
        if let Call::Claim(key, code, slot) = &self.tickets[ticket].call {
            let at = Millis(BEGINNING + self.queue.now());
            let (key, code, slot) = (*key, code.clone(), Rc::clone(slot));
            slot.set(Some(self.server.claim(key, &code, at)));
            return self.close(ticket);
        }
        self.inbox.push(ticket);
        if self.inbox.len() == 1 {
            self.queue.after(1, Event::Serve);
        }
    }

    /// The servers answer all that arrived since, from one commit.
    pub(crate) fn serve(&mut self) {
        let tickets = std::mem::take(&mut self.inbox);
        if !self.server.runs() {
            return tickets.into_iter().for_each(|ticket| self.fails(ticket, RemoteError::Unreachable));
        }
        let mut asks = Vec::with_capacity(tickets.len());
        let mut asked = Vec::with_capacity(tickets.len());
        for ticket in tickets {
            match self.ask(ticket) {
                Some(ask) => {
                    asks.push((ticket, ask));
                    asked.push(ticket);
                }
                None => self.fails(ticket, RemoteError::Refused),
            }
        }
        // The servers answer one after the other.
        asks.sort_by_key(|(ticket, _)| ticket % self.plan.shape.servers);
        asked.sort_by_key(|ticket| ticket % self.plan.shape.servers);
        let commits = self.server.commits();
        let mut actors: BTreeMap<OpId, PersonId> = BTreeMap::new();
        for (_, ask) in &asks {
            for op in &ask.request.ops {
                actors.entry(op.id).or_insert(ask.actor);
            }
        }
        let answers = self.server.answer(asks);
        for entry in self.server.log_after(commits) {
            // The log forgets some actors, the judge must not.
            let actor = entry.actor.or_else(|| actors.get(&entry.op).copied());
            self.records.actors.extend(actor.map(|actor| (entry.op, actor)));
        }
        if self.server.died_in_commit() {
            self.records.counts.add("server died in a commit");
            for ticket in asked {
                self.fails(ticket, RemoteError::Unreachable);
            }
            return self.break_listening();
        }
        for (ticket, said) in asked.into_iter().zip(answers) {
            if let Ok(answer) = &said {
                self.records.said(answer.epoch, &answer.receipts);
            }
            let back = match self.tickets[ticket].fate {
                Some(Fate::NoAnswer) => {
                    self.records.counts.add("answer lost after commit");
                    continue;
                }
                Some(Fate::Slow(_, back)) => WAY_MS + back,
                _ => WAY_MS,
            };
            self.queue.after(back, Event::Answer(ticket, Box::new(said)));
        }
        self.tell_listeners();
    }

    fn ask(&mut self, ticket: usize) -> Option<Ask> {
        let Ticket { tab, ref call, fate, .. } = self.tickets[ticket];
        let Call::Sync(key, request, ..) = call else { return None };
        let shape = &self.plan.shape;
        let older = shape.older[tab];
        let mut request = dialect::heard(request, older, self.version, shape.json).ok()?;
        if older {
            self.records.counts.add("asked by an older widget");
        }
        if self.version == Version::Older {
            self.records.counts.add("asked of an older backend");
        }
        if fate == Some(Fate::Reset) && request.since.take().is_some() {
            self.records.counts.add("reset");
        }
        let actor = self.server.person(*key);
        let community = self.server.community().clone();
        let at = Millis(BEGINNING + self.queue.now());
        Some(Ask { actor, community, at, request, limit: shape.page })
    }

    /// An answer reaches the browser.
    pub(crate) fn answered(&mut self, ticket: usize, said: Said) {
        if !self.tickets[ticket].open || self.is_offline(self.tabs[self.tickets[ticket].tab].profile) {
            return;
        }
        let version = self.version;
        let said = said.and_then(|answer| {
            if version == Version::Newer {
                self.records.counts.add("answered by a newer backend");
            }
            let heard = dialect::answered(answer, version, self.plan.shape.json);
            heard.map_err(|_| RemoteError::BadAnswer)
        });
        if let Ok(answer) = &said
            && self.lives(self.tickets[ticket].tab, self.tickets[ticket].life)
        {
            self.records.heard(&answer.receipts);
        }
        if let Call::Sync(.., slot) = &self.tickets[ticket].call {
            slot.set(Some(said.map(Synced::Answered)));
        }
        self.close(ticket);
    }

    pub(crate) fn time_out(&mut self, ticket: usize) {
        if self.tickets[ticket].open {
            self.records.counts.add("waited in vain");
            self.fail_now(ticket, RemoteError::Unreachable);
        }
    }

    fn fails(&mut self, ticket: usize, error: RemoteError) {
        self.queue.after(WAY_MS, Event::Answer(ticket, Box::new(Err(error))));
    }

    pub(crate) fn fail_now(&mut self, ticket: usize, error: RemoteError) {
        self.tickets[ticket].call.fail(error);
        self.close(ticket);
    }

    /// Nothing is waited for any more; the tab hears what was put into the slot.
    fn close(&mut self, ticket: usize) {
        self.tickets[ticket].open = false;
        let Ticket { tab, life, .. } = self.tickets[ticket];
        let profile = self.tabs[tab].profile;
        if self.profiles[profile].listener == Some(ticket) {
            self.next_listener(profile);
        }
        if !self.lives(tab, life) {
            return;
        }
        let Some(mut flight) = self.tabs[tab].flights.remove(&ticket) else { return };
        if let Poll::Ready(replies) = poll(flight.as_mut()) {
            for reply in replies {
                self.take(tab, Input::Reply(reply));
            }
        }
    }
}

/// Listening: one tab of a profile at a time, the others wait for their turn.
impl World<'_> {
    fn wait_to_listen(&mut self, ticket: usize, profile: usize) {
        let turns = self.plan.shape.locks;
        if turns && self.profiles[profile].listener.is_some_and(|now| self.tickets[now].open) {
            return self.profiles[profile].listeners.push(ticket);
        }
        self.profiles[profile].listener = Some(ticket);
        let there = match self.tickets[ticket].fate {
            Some(Fate::Slow(there, _)) => there,
            Some(Fate::Lost | Fate::NoAnswer) => LISTEN_MS + PATIENCE_MS,
            _ => 0,
        };
        self.queue.after(WAY_MS + there, Event::Look(ticket));
        self.queue.after(LISTEN_MS + PATIENCE_MS, Event::TimeOut(ticket));
    }

    pub(crate) fn next_listener(&mut self, profile: usize) {
        self.profiles[profile].listener = None;
        let waiting = std::mem::take(&mut self.profiles[profile].listeners);
        let lives = |ticket: &usize| self.lives(self.tickets[*ticket].tab, self.tickets[*ticket].life);
        let mut waiting: Vec<usize> = waiting.into_iter().filter(lives).collect();
        if waiting.is_empty() {
            return;
        }
        let next = waiting.remove(0);
        self.profiles[profile].listeners = waiting;
        self.wait_to_listen(next, profile);
    }

    /// A listener reaches the backend.
    pub(crate) fn look(&mut self, ticket: usize) {
        if !self.tickets[ticket].open {
            return;
        }
        let refused = matches!(
            self.tickets[ticket].fate,
            Some(Fate::Refused | Fate::Later(_) | Fate::Unauthorized | Fate::BadAnswer)
        );
        let expired = self.profiles[self.tabs[self.tickets[ticket].tab].profile].token_expired;
        if refused
            || expired
            || !self.server.runs()
            || self.is_offline(self.tabs[self.tickets[ticket].tab].profile)
        {
            self.records.counts.add("listening broke off");
            return self.fail_now(ticket, RemoteError::Unreachable);
        }
        self.queue.after(LISTEN_MS, Event::Heard(ticket, false));
        self.tell(ticket);
    }

    fn tell_listeners(&mut self) {
        let listening: Vec<usize> = self.listening().collect();
        for ticket in listening {
            self.tell(ticket);
        }
    }

    /// The requests that listen.
    pub(crate) fn listening(&self) -> impl Iterator<Item = usize> {
        let flights = self.tabs.iter().flat_map(|tab| tab.flights.keys());
        flights.copied().filter(|ticket| matches!(self.tickets[*ticket].call, Call::Listen(..)))
    }

    /// Whether there is news for a listener.
    pub(crate) fn has_news(&mut self, ticket: usize) -> bool {
        let Call::Listen(key, epoch, since, _) = self.tickets[ticket].call else { return false };
        let actor = self.server.person(key);
        self.server.has_news(actor, epoch, since)
    }

    fn tell(&mut self, ticket: usize) {
        let profile = self.tabs[self.tickets[ticket].tab].profile;
        let waits = self.profiles[profile].listeners.contains(&ticket);
        if self.tickets[ticket].told || waits || !self.has_news(ticket) {
            return;
        }
        self.tickets[ticket].told = true;
        // Poked people look when they come to it: news gathers.
        let delay = mix(ticket as u64 ^ self.queue.now() << 20) % 1_500;
        self.queue.after(WAY_MS + delay, Event::Heard(ticket, true));
    }

    pub(crate) fn heard(&mut self, ticket: usize, news: bool) {
        if !self.tickets[ticket].open || self.is_offline(self.tabs[self.tickets[ticket].tab].profile) {
            return;
        }
        if let Call::Listen(.., slot) = &self.tickets[ticket].call {
            slot.set(Some(Ok(if news { Heard::News } else { Heard::Silence })));
        }
        self.close(ticket);
    }

    /// Every connection to the servers breaks.
    pub(crate) fn break_listening(&mut self) {
        let listening: Vec<usize> = self.listening().collect();
        for ticket in listening {
            self.records.counts.add("listening broke off");
            self.fail_now(ticket, RemoteError::Unreachable);
        }
    }
}

fn error(fate: Fate) -> Option<RemoteError> {
    match fate {
        Fate::Later(after) => Some(RemoteError::Later(after)),
        Fate::Unauthorized => Some(RemoteError::Unauthorized),
        Fate::BadAnswer => Some(RemoteError::BadAnswer),
        Fate::Refused => Some(RemoteError::Unreachable),
        Fate::Slow(..) | Fate::Lost | Fate::NoAnswer | Fate::Twice(_) | Fate::Reset => None,
    }
}

fn name_of(error: RemoteError) -> &'static str {
    match error {
        RemoteError::Later(_) => "told to come later",
        RemoteError::Unauthorized => "token refused",
        RemoteError::BadAnswer => "answered by somebody else",
        _ => "connection refused",
    }
}
