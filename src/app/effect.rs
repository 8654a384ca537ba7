//! Everything the widget asks of the world. The runtime does it and answers with a [`super::Reply`].

use cercle_domain::Rejection;
use cercle_domain::id::{Epoch, Millis, OpId, PersonId, TopicId, Ver};
use cercle_domain::op::Op;
use cercle_domain::protocol::{SyncRequest, WireRow};
use cercle_domain::read::{Object, Read, Value};
use cercle_domain::readable;
use serde::Serialize;

use super::drafts::Drafts;

/// One thing to do outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read all that this device keeps of the community → [`super::Reply::Loaded`].
    Load,
    /// Keep an op durably, behind those kept before → [`super::Reply::Enqueued`].
    Enqueue(Entry),
    /// Keep what the backend answered, all of it or nothing → [`super::Reply::Kept`].
    Keep(Page),
    /// Keep small things beside the rows; the last one of its kind wins. No reply unless it fails.
    Note(Note),
    /// Forget refused ops that the person let go of. No reply unless it fails.
    Discard(Vec<Place>),
    /// Forget everything this device keeps of the community, its device key included → [`super::Reply::Wiped`].
    Wipe,

    /// Push and pull, unless another tab is at it → [`super::Reply::Answered`], [`super::Reply::Busy`] or
    /// [`super::Reply::SyncFailed`].
    Sync {
        /// What to send.
        request: SyncRequest,
        /// Whether to ask the host page for a new token first.
        fresh_token: bool,
        /// How many milliseconds the answer may take.
        patience_ms: u64,
    },
    /// Wait for news after this cursor → [`super::Reply::Poked`], [`super::Reply::Silence`] or
    /// [`super::Reply::ListenFailed`].
    Listen {
        /// The incarnation of the database that the cursor belongs to.
        epoch: Epoch,
        /// The cursor.
        since: Ver,
    },
    /// Hand in a facilitator's code → [`super::Reply::Claimed`].
    Claim(String),

    /// Wake up at this time, replacing the wake-up asked for before → [`super::Reply::Woke`].
    WakeAt(Millis),
    /// Tell the host page.
    Announce(HostEvent),
    /// Offer a file to the person.
    Save {
        /// The name of the file.
        name: String,
        /// Its content.
        json: String,
    },
}

/// Where an op stands in the device's outbox; a smaller place goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Place(pub u64);

readable!(Place(_));

/// An op in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The id of the act.
    pub id: OpId,
    /// The act.
    pub op: Op,
    /// When the person acted, by the device's clock.
    pub at: Millis,
    /// Where it stands on this device; `None` until the device has it.
    #[serde(skip)]
    pub place: Option<Place>,
    /// Why the backend refused it; it stays until the person has let go of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Rejection>,
}

impl Read for Entry {
    fn read(value: Value) -> Option<Self> {
        let mut entry = Object::read(value)?;
        Some(Self {
            id: entry.take("id")?,
            op: entry.take("op")?,
            at: entry.take("at")?,
            place: None,
            refused: entry.take_or("refused", None)?,
        })
    }
}

/// What one answer changes on this device, kept in one transaction or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Where the device must stand for this page to fit; elsewhere the page is [`Kept::Stale`].
    pub base: Option<Cursor>,
    /// Whose the device must be for this page to fit. Somebody may have been erased from it meanwhile, and somebody new
    /// stands where everybody begins.
    pub whose: PersonId,
    /// Where the device stands after it.
    pub cursor: Cursor,
    /// Who the backend takes us for.
    pub me: PersonId,
    /// Whether all rows kept before are forgotten first.
    pub reset: bool,
    /// Rows to put or, where they are gone, to take away.
    pub rows: Vec<WireRow>,
    /// Ops that are done: they leave the outbox.
    pub done: Vec<Place>,
    /// Ops that were refused: they stay, marked.
    pub refused: Vec<(Place, Rejection)>,
    /// Ops that are done, to be remembered as long as there is room: see [`Saved`].
    pub saved: Vec<Saved>,
    /// Remembered ops that go back into the outbox, to the places where they stood.
    pub again: Vec<Place>,
}

/// An act that the backend has. It is remembered for a while: if the backend's database is put back to an older state,
/// which makes it another incarnation, the act is offered again under its old id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// Where it stood in the outbox.
    pub place: Place,
    /// The incarnation that has it.
    pub epoch: Epoch,
    /// The act.
    pub act: Entry,
}

readable!(Saved { place, epoch, act });

/// How many places back acts are remembered, at least. Places are counted, since clocks cannot be relied upon.
pub const REMEMBERED: u64 = 960;

/// A place in the history of one incarnation of the backend's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cursor {
    /// The incarnation.
    pub epoch: Epoch,
    /// The version reached.
    pub ver: Ver,
}

readable!(Cursor { epoch, ver });

/// What came of a [`Page`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    Done,
    /// Another tab has moved on meanwhile; nothing was changed, load again.
    Stale,
}

/// A small thing kept beside the rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// What the person is writing.
    Drafts(Drafts),
    /// The topics this device has shown so far.
    Seen(Vec<TopicId>),
}

/// What the host page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostEvent {
    /// The widget shows the community.
    Ready,
    /// A topic was proposed here.
    TopicProposed(TopicId),
    /// A vote was placed or withdrawn here.
    Voted {
        /// For which topic.
        topic: TopicId,
        /// Whether it stands.
        on: bool,
    },
    /// Somebody joined, or volunteered for a topic, here.
    SignedUp(Option<TopicId>),
    /// Somebody left, or stepped back from a topic, here.
    SteppedBack(Option<TopicId>),
    /// How it stands with the backend.
    Sync {
        /// In one word.
        state: SyncWord,
        /// How many ops wait.
        waiting: usize,
    },
    /// Something went wrong; the code is stable.
    Error(Trouble),
}

/// How it stands with the backend, in one word for host pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncWord {
    /// Without a backend: everything stays in this browser.
    Local,
    /// Everything is on the backend.
    Saved,
    /// On its way.
    Pending,
    /// The backend cannot be reached; what waits is on this device.
    Offline,
}

/// What can go wrong for good or for now, each with one sentence in [`crate::text`] and a stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser keeps nothing: what is done here lasts as long as the page.
    MemoryOnly,
    /// Some of what this device kept could not be read and was set aside.
    Unreadable,
    /// The browser lost all that this device kept.
    Lost,
    /// The backend cannot be reached.
    Unreachable,
    /// The backend answers, but not what it should.
    BadAnswer,
    /// The backend wants to know who this is.
    Unauthorized,
    /// The backend does not know this community.
    UnknownCommunity,
    /// The backend takes no requests from this page's address.
    ForbiddenOrigin,
    /// What should be the backend's address is none.
    BadAddress,
    /// The page came by https and the backend's address is http.
    Insecure,
    /// The page's content security policy does not allow the backend.
    Policy,
    /// The browser does not let this page into the local network, where the backend is.
    LocalNetwork,
    /// The facilitator's code was wrong.
    WrongCode,
    /// The file is not a community saved by Cercle.
    BadFile,
    /// This device and the backend disagreed; everything was read again.
    Diverged,
}

impl Trouble {
    /// The stable code in `cercle-error` events.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MemoryOnly => "memory_only",
            Self::Unreadable => "unreadable",
            Self::Lost => "lost",
            Self::Unreachable => "unreachable",
            Self::BadAnswer => "bad_answer",
            Self::Unauthorized => "unauthorized",
            Self::UnknownCommunity => "community_unknown",
            Self::ForbiddenOrigin => "forbidden_origin",
            Self::BadAddress => "bad_backend",
            Self::Insecure => "insecure_backend",
            Self::Policy => "forbidden_by_policy",
            Self::LocalNetwork => "local_network_denied",
            Self::WrongCode => "wrong_code",
            Self::BadFile => "bad_file",
            Self::Diverged => "diverged",
        }
    }
}
