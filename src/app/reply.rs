//! Everything the world answers, and what it says unasked. Views cannot make these.

use cercle_domain::id::{OpId, PersonId, TopicId};
use cercle_domain::protocol::{SyncAnswer, WireRow};

use super::drafts::Drafts;
use super::effect::{Cursor, Entry, Kept, Place, Saved};

/// What the runtime reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// All that this device keeps; also unasked, after the runtime had to fall back to memory.
    Loaded(Snapshot),
    /// An op is durable on this device (or, in memory mode, held by the page).
    Enqueued {
        /// Which op.
        id: OpId,
        /// Where it stands.
        place: Place,
    },
    /// What came of a page.
    Kept(Kept),
    /// This device keeps nothing any more: a new device key will be made at the next load.
    Wiped,
    /// The device would not keep something. The runtime falls back to memory: a [`Reply::Loaded`] follows.
    StoreFailed,
    /// Another tab or element changed what this device keeps.
    Elsewhere,

    /// The backend answered.
    Answered(SyncAnswer),
    /// Another tab is pushing just now.
    Busy,
    /// The backend did not answer as it should.
    SyncFailed(RemoteError),
    /// There is news.
    Poked,
    /// There was no news for a while.
    Silence,
    /// Listening broke off.
    ListenFailed,
    /// What came of a facilitator's code.
    Claimed(Result<(), RemoteError>),

    /// The time asked for has come.
    Woke,
    /// The browser says that the network is back.
    Online,
    /// The page came into sight or went out of it.
    Visible(bool),
}

/// All that this device keeps of a community.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    /// Who the backend took us for, or who we are without one; made from the device key until the backend has said.
    pub me: Option<PersonId>,
    /// Where the rows stand.
    pub cursor: Option<Cursor>,
    /// The rows.
    pub rows: Vec<WireRow>,
    /// Ops that are not done yet, in the order of their places.
    pub outbox: Vec<Entry>,
    /// Ops that are done and remembered, in the order of their places.
    pub saved: Vec<Saved>,
    /// What the person was writing.
    pub drafts: Drafts,
    /// The topics this device has shown.
    pub seen: Vec<TopicId>,
    /// How many records could not be read and were set aside.
    pub set_aside: usize,
    /// Whether the browser lost all that was kept here before, and nothing of it came back.
    pub lost: bool,
    /// Whether this lasts longer than the page.
    pub durable: bool,
}

/// Why the backend gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteError {
    /// No network, no backend, or a time-out.
    Unreachable,
    /// It is overloaded or broken (429, 5xx); it may have said when to come back, in milliseconds.
    Later(Option<u64>),
    /// It wants to know who we are (401).
    Unauthorized,
    /// The browser did not let the request out.
    Hindered(Hindrance),
    /// It takes no requests from this page (403 `forbidden_origin`).
    ForbiddenOrigin,
    /// It does not know this community (404).
    UnknownCommunity,
    /// It will never take this request (any other 4xx).
    Refused,
    /// It answered something that is no answer: HTML, other types, another protocol.
    BadAnswer,
}

/// What keeps a request in the browser, as far as a page can find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// What should be the backend's address is none.
    Address,
    /// The page came by https and the backend's address is http.
    Insecure,
    /// The page's content security policy.
    Policy,
    /// The backend is in the local network, and the person or the company does not let this page in there.
    LocalNetwork,
}
