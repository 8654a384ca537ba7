//! The backend, as the rim sees it.

use cercle_domain::id::{Epoch, Ver};
use cercle_domain::protocol::{SyncAnswer, SyncRequest};

use super::store::DeviceKey;
use crate::app::reply::RemoteError;

#[cfg(any(target_arch = "wasm32", test))]
mod answer; // what a response means
#[cfg(target_arch = "wasm32")]
mod fetch; // how it is asked
#[cfg(target_arch = "wasm32")]
mod http; // fetch
#[cfg(target_arch = "wasm32")]
mod lock; // one tab at a time
#[cfg(target_arch = "wasm32")]
mod token; // who we are

#[cfg(target_arch = "wasm32")]
pub(crate) use {fetch::Fetch, http::Http, token::Tokens};

/// A backend.
///
/// Its law: it answers a request from one state, it does each op at most once however often it is sent, and an error
/// says nothing about whether the ops were done. It never waits for ever.
#[expect(async_fn_in_trait, reason = "the widget has one thread")]
pub trait Remote {
    /// Pushes and pulls, unless another tab of this browser is at it. An answer that takes longer than `patience_ms`
    /// milliseconds is [`RemoteError::Unreachable`].
    async fn sync(
        &self,
        key: DeviceKey,
        request: &SyncRequest,
        fresh_token: bool,
        patience_ms: u64,
    ) -> Result<Synced, RemoteError>;

    /// Waits a while for news after this cursor. Of all tabs and elements of this browser one listens at a time; the
    /// others wait for their turn.
    async fn listen(&self, key: DeviceKey, epoch: Epoch, since: Ver) -> Result<Heard, RemoteError>;

    /// Hands in a facilitator's code. A wrong one is [`RemoteError::Refused`].
    async fn claim(&self, key: DeviceKey, code: &str) -> Result<(), RemoteError>;
}

/// What came of a sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Synced {
    /// The backend answered.
    Answered(SyncAnswer),
    /// Another tab of this browser is at it just now.
    Busy,
}

/// What came of listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something changed.
    News,
    /// Nothing did.
    Silence,
}
