//! What travels between the widget and the backend: one dialect of JSON, no clock.
//!
//! `POST /v1/communities/{id}/sync` takes a [`SyncRequest`] and gives a [`SyncAnswer`]: ops go up, receipts and rows
//! come down, all from one transaction, so that receipts and rows never disagree. `GET …/changes` gives the same answer
//! without receipts. Rows are the latest state of whatever changed after the asker's cursor, so repeating a request
//! repeats no effect.

mod wire;

use serde::{Deserialize, Serialize};

pub use wire::WireRow;

use crate::digest::Digest;
use crate::id::{Epoch, OpId, PersonId, Ver};
use crate::op::Op;
use crate::readable;
use crate::rejection::Rejection;

/// The version of this protocol. The backend accepts this one and the one before.
pub const VERSION: u32 = 1;
/// How many ops one request may carry.
pub const MAX_OPS: usize = 100;
/// How many bytes of ops the widget puts into one request, so that it still fits a `keepalive` fetch.
pub const MAX_PUSH_BYTES: usize = 60 * 1024;
/// How many bytes a request may have.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// How many rows one answer carries at most, unless fewer are asked for. A version is never split, and when the right to
/// see tallies changed or somebody erased themselves, more may have to come at once.
pub const PAGE_ROWS: usize = 2_000;

/// An op with its id, as it stands in the outbox and on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentOp {
    /// The id of the act, made by the device.
    pub id: OpId,
    /// The act.
    #[serde(flatten)]
    pub op: Op,
}

/// Push and pull in one. Only the backend reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest<O = SentOp> {
    /// [`VERSION`].
    pub v: u32,
    /// The incarnation of the database that `since` belongs to.
    #[serde(default)]
    pub epoch: Option<Epoch>,
    /// The asker's cursor; `None` asks for everything.
    #[serde(default)]
    pub since: Option<Ver>,
    /// What to do, in this order.
    #[serde(default = "Vec::new")]
    pub ops: Vec<O>,
}

/// What came of one op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Which op.
    pub id: OpId,
    /// What came of it.
    pub s: Outcome,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Rejection>,
}

readable!(Receipt { id, s, code or None });

/// What came of an op.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Ok,
    /// Done before, under the same id.
    Dup,
    /// Not done, for good.
    Rejected,
}

readable!(Outcome by |name| Some(match name {
    "ok" => Self::Ok,
    "dup" => Self::Dup,
    "rejected" => Self::Rejected,
    _ => return None,
}));

/// Receipts and rows, read in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncAnswer {
    /// The incarnation of the database.
    pub epoch: Epoch,
    /// Who the backend takes the asker for.
    pub you: PersonId,
    /// Where to go on from.
    pub cursor: Ver,
    /// One for each op, in the same order.
    pub receipts: Vec<Receipt>,
    /// What changed after `since`, oldest change first.
    pub rows: Vec<WireRow>,
    /// Whether more rows wait after `cursor`.
    pub more: bool,
    /// Whether the asker must forget the rows it has: these are all there are.
    pub reset: bool,
    /// The digest over all rows that the asker may see; only with the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

readable!(SyncAnswer {
    epoch,
    you,
    cursor,
    receipts or Vec::new(),
    rows,
    more or false,
    reset or false,
    digest or None,
});

/// `application/problem+json` (RFC 9457) with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `about:blank`: the status says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// One sentence for people.
    pub title: String,
    /// The stable code for programs.
    pub code: String,
}

readable!(Problem { kind as "type", status, title, code });
