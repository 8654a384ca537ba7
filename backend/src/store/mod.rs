//! Where communities are kept. The [`Store`] trait carries the law in prose; `contract` proves it for every
//! implementation.
//!
//! A store keeps rows and decides nothing: rules live in `cercle_domain`, order and answers in [`crate::core`]. It is
//! synchronous, because one thread owns it; a store that talks to a network blocks that thread.

use std::error::Error;

use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, PersonId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::{Key, Rejection};

use crate::secret::Secret;

mod json;
pub mod memory;
pub mod sqlite;
#[cfg(test)]
mod contract;

/// Keeps communities.
///
/// # The law
///
/// * **All or nothing.** What one [`commit`](Self::commit) writes is there whole, or not at all.
/// * **Kept is kept.** When `commit` has answered [`Committed::Done`], the writes survive a crash of the process and
///   of the machine.
/// * **One order a community.** A write names the version it was made on (`from`). If the community stands elsewhere
///   by now, or the log knows one of the op ids already, or the code to be spent is no longer valid, nothing is
///   written and the answer is [`Committed::Behind`]: the asker catches up and makes its write anew. This is what lets
///   several processes share one database.
/// * **An error leaves open whether the write is there.** Whoever gets one has to [`catch up`](Self::since)
///   before writing again.
/// * **One incarnation at a time.** A restore makes the database another one while it is in use. From then on `since`
///   gives nothing of it and `commit` answers [`Committed::Behind`], until [`identity`](Self::identity) is asked again.
/// * **What cannot be read is set aside**, together with its version, reported, and never overwritten.
pub trait Store: Send {
    /// What makes this database this database; made when it was created.
    fn identity(&mut self) -> Result<Identity, StoreError>;

    /// Every community there is.
    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError>;

    /// Makes a community that is not there yet, with the code that makes its first facilitator; false if it is there.
    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError>;

    /// Where a community stands and every row, tombstones included, whose version is above `after`, read at one
    /// moment; `None` if there is no such community.
    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError>;

    /// What the log says about these ops.
    fn logged(&mut self, community: &CommunityId, ops: &[OpId]) -> Result<Vec<Entry>, StoreError>;

    /// The code that makes somebody a facilitator, if one is waiting to be used.
    fn code(&mut self, community: &CommunityId) -> Result<Option<CodeHash>, StoreError>;

    /// Puts another code in place of whatever was there.
    fn set_code(&mut self, community: &CommunityId, code: &CodeHash) -> Result<(), StoreError>;

    /// Writes all of this in one transaction. At most one write a community.
    fn commit(&mut self, writes: &[Write]) -> Result<Committed, StoreError>;

    /// Leaves everything tidy for whoever opens the database next.
    fn close(&mut self) -> Result<(), StoreError>;
}

/// What makes a database this database.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its incarnation: cursors of another mean nothing here.
    pub epoch: Epoch,
    /// The key of every one-way hash; never leaves the server.
    pub secret: Secret,
}

/// A facilitator's code, hashed with the secret of the database, in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeHash(pub String);

/// Where a community stands, and what changed after some version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The version of its last change.
    pub ver: Ver,
    /// A reader whose cursor lies below this one has missed rows that vanished without a tombstone.
    pub horizon: Ver,
    /// The version at which rows last vanished without a tombstone: whoever holds rows from before starts over.
    pub purged: Ver,
    /// Rows in their latest state.
    pub rows: Vec<WireRow>,
    /// How many rows could not be read and were set aside.
    pub set_aside: usize,
}

/// What one community gets from a [`Store::commit`].
#[derive(Debug, Clone)]
pub struct Write {
    /// Which community.
    pub community: CommunityId,
    /// The version that this was made on.
    pub from: Ver,
    /// The version afterwards.
    pub to: Ver,
    /// No reader below it can go on from their cursor.
    pub horizon: Ver,
    /// Rows and tombstones that vanish without a trace, which makes `to` the version of [`Since::purged`]. Done before
    /// `rows`.
    pub purge: Vec<Key>,
    /// Rows in their new state.
    pub rows: Vec<WireRow>,
    /// People whose entries in the log, so far, lose their name and everything they said.
    pub forget: Vec<PersonId>,
    /// What was done, in this order. Done after `forget`.
    pub log: Vec<Entry>,
    /// A code that is used up by this.
    pub spend: Option<CodeHash>,
}

/// One line of the log: it is what makes a repeated op happen once, and who did what when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id of the act.
    pub op: OpId,
    /// Who acted, unless that is nobody's business (see `core::log`).
    pub actor: Option<PersonId>,
    /// When.
    pub at: Millis,
    /// The op's name on the wire.
    pub t: String,
    /// What it said, as JSON, if that is kept.
    pub a: Option<String>,
    /// Why it was not done; `None` if it was.
    pub rejected: Option<Rejection>,
}

/// People whom a backup knows, and who erased themselves after it was made: to put it back must not undo that.
#[derive(Debug)]
pub struct Erased {
    /// Who.
    pub people: Vec<PersonId>,
    /// What the log held of people who were erased since, in nobody's name: at least one erasure for each of them.
    pub acts: Vec<Entry>,
}

/// Makes the write by which people vanish from a community that stands like this: the rules are not the store's.
pub type EraseAgain = fn(CommunityId, Since, Erased) -> Option<Write>;

/// What came of a [`Store::commit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Committed {
    /// It is there, for good.
    Done,
    /// Somebody else wrote in between; nothing was written.
    Behind,
}

/// The store could not do what it is there for. Opaque: the details are for the log of the server.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(Box<dyn Error + Send + Sync>);

impl StoreError {
    /// A failure of whatever lies below.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}
