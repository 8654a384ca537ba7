//! How it stands with the backend: four states, six events, and every pair of them written out in the tests.
//!
//! One request is under way at a time. Whatever happens, a state that waits is left by itself some time, so that an
//! outbox can be late but never stuck. A request that the backend will never take is halved until the one op is found
//! that it will not take; that op alone is given up.

use cercle_domain::id::{Millis, OpId};
use cercle_domain::planted::{Bug, planted};
use cercle_domain::protocol::MAX_OPS;

use super::Moment;
use super::effect::Trouble;
use super::reply::{Hindrance, RemoteError};

/// Another tab is at it: look again after this many milliseconds.
const BUSY_MS: u64 = 300;
/// The first wait after a failure; each further one is twice as long.
const FIRST_WAIT_MS: u64 = 1_000;
/// The longest wait.
const LONGEST_WAIT_MS: u64 = 60_000;
/// How long an answer may take where answers are quick. A connection that is open at one end only is given up by then, so
/// that what waits behind it is home five seconds after the network is.
const FIRST_PATIENCE_MS: u64 = 3_000;
/// How long it may take at most.
const LONGEST_PATIENCE_MS: u64 = 24_000;

/// How it stands with the backend.
#[derive(Debug)]
pub(super) struct Sync {
    state: State,
    /// Failures in a row.
    failures: u32,
    /// How many ops the next request may carry.
    batch: usize,
    /// Whether to ask the host page for a new token.
    fresh_token: bool,
    /// What is wrong, until an answer comes.
    trouble: Option<Trouble>,
    /// How long the next answer may take: four times as long as the last one took, and twice as long after each that did
    /// not come. So TCP times its own repetitions (RFC 6298).
    patience_ms: u64,
    /// When what is under way was asked.
    asked: Millis,
    /// The ops under way.
    sent: Vec<OpId>,
    /// Whether what is under way was asked by somebody we are no longer.
    disowned: bool,
}

/// The states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is no backend.
    Absent,
    /// Nothing is under way.
    Resting,
    /// A request is under way; `again` if another should follow.
    Asking { again: bool },
    /// A request failed. A patient wait is not cut short by what the person does.
    Waiting { since: Millis, until: Millis, patient: bool },
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// There is something to send or to fetch.
    Wanted,
    /// An answer came; `more` if it said there is more, or more is to be sent.
    Answered { more: bool },
    /// Another tab is at it.
    Busy,
    /// No answer came.
    Failed(RemoteError),
    /// The time asked for has come.
    Woke,
    /// The network is back.
    Online,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing.
    Nothing,
    /// Send a request.
    Ask,
    /// Wake up then.
    Wait(Millis),
    /// Give up the one op under way, then send the next request.
    GiveUp,
}

impl Sync {
    pub(super) fn new(shared: bool) -> Self {
        let state = if shared { State::Resting } else { State::Absent };
        Self {
            state,
            failures: 0,
            batch: MAX_OPS,
            fresh_token: false,
            trouble: None,
            patience_ms: FIRST_PATIENCE_MS,
            asked: Millis(0),
            sent: Vec::new(),
            disowned: false,
        }
    }

    /// What is wrong, until an answer comes.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// Whether nothing is under way or waited for.
    pub(super) fn rests(&self) -> bool {
        self.state == State::Resting
    }

    /// How many ops the next request may carry.
    pub(super) fn batch(&self) -> usize {
        self.batch
    }

    /// Whether to ask the host page for a new token; asked once.
    pub(super) fn takes_fresh_token(&mut self) -> bool {
        std::mem::take(&mut self.fresh_token)
    }

    /// How many milliseconds the next answer may take.
    pub(super) fn patience_ms(&self) -> u64 {
        self.patience_ms
    }

    /// Notes which ops are under way from now on.
    pub(super) fn sending(&mut self, ops: Vec<OpId>, now: Millis) {
        self.sent = ops;
        self.asked = now;
        self.disowned = false;
    }

    /// Whoever asked what is under way, we are somebody else now: its answer is not for us.
    pub(super) fn disown(&mut self) {
        self.disowned = !planted(Bug::AnswerToAnother) && matches!(self.state, State::Asking { .. });
    }

    /// Whether the answer to what is under way is not for us.
    pub(super) fn disowned(&self) -> bool {
        self.disowned
    }

    /// Takes an answer for the last one, whatever else was wanted in the name of whoever asked.
    pub(super) fn rest(&mut self) {
        if matches!(self.state, State::Asking { .. }) {
            self.answered(false);
        }
    }

    /// The ops under way.
    pub(super) fn sent(&self) -> &[OpId] {
        &self.sent
    }

    /// Moves to the next state and says what to do.
    pub(super) fn step(&mut self, moment: Moment, event: Event) -> Step {
        match (self.state, event) {
            (State::Absent, _)
            | (State::Resting, Event::Answered { .. } | Event::Busy | Event::Failed(_) | Event::Woke)
            | (State::Asking { .. }, Event::Woke)
            | (State::Waiting { .. }, Event::Answered { .. } | Event::Busy | Event::Failed(_))
            | (State::Waiting { patient: true, .. }, Event::Wanted | Event::Online) => Step::Nothing,

            // A try that somebody's act brought forward makes the next wait no longer: who votes five times while the network is
            // away for a moment would be away for a minute.
            (State::Waiting { patient: false, .. }, Event::Wanted | Event::Online) => {
                self.failures = self.failures.saturating_sub(1);
                self.ask()
            }
            // Whoever wakes us early is asked to come again, unless it is the clock that went back: the wait would last
            // until it is where it was.
            (State::Waiting { since, until, .. }, Event::Woke)
                if (since..until).contains(&moment.now)
                    || (planted(Bug::ClockProlongsWait) && moment.now < until) =>
            {
                Step::Wait(until)
            }
            (State::Resting, Event::Wanted | Event::Online) | (State::Waiting { .. }, Event::Woke) => {
                self.ask()
            }

            (State::Asking { .. }, Event::Wanted | Event::Online) => {
                self.state = State::Asking { again: true };
                Step::Nothing
            }
            (State::Asking { again }, Event::Answered { more }) => {
                let took = moment.now.since(self.asked).min(LONGEST_PATIENCE_MS / 4);
                self.patience_ms = (took * 4).max(FIRST_PATIENCE_MS);
                self.answered(again || more)
            }
            (State::Asking { .. }, Event::Busy) => self.wait(moment, BUSY_MS, false),
            (State::Asking { .. }, Event::Failed(error)) => self.failed(moment, error),
        }
    }

    fn ask(&mut self) -> Step {
        self.state = State::Asking { again: false };
        Step::Ask
    }

    fn answered(&mut self, more: bool) -> Step {
        self.failures = 0;
        self.trouble = None;
        self.batch = (self.batch * 2).min(MAX_OPS);
        if more {
            return self.ask();
        }
        self.state = State::Resting;
        Step::Nothing
    }

    fn failed(&mut self, moment: Moment, error: RemoteError) -> Step {
        if planted(Bug::UnauthorizedNotRetried) && error == RemoteError::Unauthorized {
            self.state = State::Resting;
            return Step::Nothing;
        }
        match error {
            RemoteError::Refused if self.sent.len() > 1 => {
                self.batch = self.sent.len() / 2;
                return self.ask();
            }
            RemoteError::Refused if self.sent.len() == 1 => {
                self.state = State::Asking { again: false };
                return Step::GiveUp;
            }
            RemoteError::Unauthorized if self.trouble != Some(Trouble::Unauthorized) => {
                self.trouble = Some(Trouble::Unauthorized);
                self.fresh_token = true;
                return self.ask();
            }
            _ => {}
        }
        self.trouble = Some(trouble(error));
        self.patience_ms = (self.patience_ms * 2).min(LONGEST_PATIENCE_MS);
        self.fresh_token = error == RemoteError::Unauthorized;
        let wait = FIRST_WAIT_MS.saturating_mul(1 << self.failures.min(16)).min(LONGEST_WAIT_MS);
        self.failures += 1;
        // Up to a quarter later, by lot, so that a whole company does not come back in the same second.
        let spread = u64::try_from(moment.dice % 256).unwrap_or(0) * wait / 1024;
        match error {
            RemoteError::Later(Some(asked)) => self.wait(moment, asked.max(wait) + spread, true),
            RemoteError::Later(None) => self.wait(moment, wait + spread, true),
            _ => self.wait(moment, wait + spread, false),
        }
    }

    fn wait(&mut self, moment: Moment, millis: u64, patient: bool) -> Step {
        let (since, until) = (moment.now, Millis(moment.now.0 + millis));
        self.state = State::Waiting { since, until, patient };
        Step::Wait(until)
    }
}

fn trouble(error: RemoteError) -> Trouble {
    match error {
        RemoteError::Unreachable | RemoteError::Later(_) => Trouble::Unreachable,
        RemoteError::Unauthorized => Trouble::Unauthorized,
        RemoteError::Hindered(Hindrance::Address) => Trouble::BadAddress,
        RemoteError::Hindered(Hindrance::Insecure) => Trouble::Insecure,
        RemoteError::Hindered(Hindrance::Policy) => Trouble::Policy,
        RemoteError::Hindered(Hindrance::LocalNetwork) => Trouble::LocalNetwork,
        RemoteError::ForbiddenOrigin => Trouble::ForbiddenOrigin,
        RemoteError::UnknownCommunity => Trouble::UnknownCommunity,
        RemoteError::Refused | RemoteError::BadAnswer => Trouble::BadAnswer,
    }
}

#[cfg(test)]
mod tests;
