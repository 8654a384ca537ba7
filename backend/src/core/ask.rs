//! What the core is asked, and why it refuses.

use cercle_domain::Op;
use cercle_domain::id::{CommunityId, Millis, OpId, PersonId};
use cercle_domain::protocol::SyncRequest;
use cercle_domain::read;
use serde::Deserialize;
use serde_json::Value;

use crate::store::StoreError;

/// One person asks for one community.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who.
    pub actor: PersonId,
    /// Of which community.
    pub community: CommunityId,
    /// When, by the backend's clock.
    pub at: Millis,
    /// What.
    pub request: SyncRequest<RawOp>,
    /// How many rows the answer may carry; none asks only whether there is anything new.
    pub limit: usize,
}

/// An op as it came, perhaps from a widget of another version. One that cannot be understood is rejected by itself and
/// takes no other with it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RawOp {
    /// The id of the act.
    pub id: OpId,
    /// The name of the op.
    pub t: String,
    /// What it says.
    #[serde(default)]
    pub a: Value,
}

impl RawOp {
    /// The op, if this version knows it.
    #[must_use]
    pub fn understood(&self) -> Option<Op> {
        Op::named(&self.t, read::Value::deserialize(&self.a).ok()?)
    }
}

/// Why nothing at all was done for an ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such community, and none may be made.
    #[error("there is no such community")]
    CommunityUnknown,
    /// Another person used one of the ids.
    #[error("another person used one of these ids")]
    IdInUseByOther,
    /// It is not the code, or it was used already.
    #[error("the code is wrong or used up")]
    WrongCode,
    /// The store failed. What was asked may be asked again.
    #[error("the store failed: {0}")]
    Storage(String),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Storage(error.to_string())
    }
}
