//! The way from a tab to the backend, as the rim sees it: a call is put down here and waits until the world answers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use cercle::app::reply::RemoteError;
use cercle::runtime::remote::{Heard, Remote, Synced};
use cercle::runtime::store::DeviceKey;
use cercle_domain::id::{Epoch, Ver};
use cercle_domain::protocol::SyncRequest;

/// Where an answer is put.
pub(crate) type Slot<T> = Rc<Cell<Option<Result<T, RemoteError>>>>;

/// What a tab asks the backend.
pub(crate) enum Call {
    /// With a fresh token, if that is `true`, and so many milliseconds for the answer.
    Sync(DeviceKey, Rc<SyncRequest>, bool, u64, Slot<Synced>),
    Listen(DeviceKey, Epoch, Ver, Slot<Heard>),
    Claim(DeviceKey, String, Slot<()>),
}

impl Call {
    /// Answers that there is no answer.
    pub(crate) fn fail(&self, error: RemoteError) {
        match self {
            Self::Sync(.., slot) => slot.set(Some(Err(error))),
            Self::Listen(.., slot) => slot.set(Some(Err(error))),
            Self::Claim(.., slot) => slot.set(Some(Err(error))),
        }
    }
}

/// Calls that were made and not sent yet, oldest first.
#[derive(Clone, Default)]
pub(crate) struct Wire(Rc<RefCell<VecDeque<Call>>>);

impl Wire {
    pub(crate) fn next(&self) -> Option<Call> {
        self.0.borrow_mut().pop_front()
    }

    async fn call<T>(&self, call: impl FnOnce(Slot<T>) -> Call) -> Result<T, RemoteError> {
        let slot = Slot::default();
        self.0.borrow_mut().push_back(call(Rc::clone(&slot)));
        poll_fn(|_| slot.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

impl Remote for Wire {
    async fn sync(
        &self,
        key: DeviceKey,
        request: &SyncRequest,
        fresh_token: bool,
        patience_ms: u64,
    ) -> Result<Synced, RemoteError> {
        let request = Rc::new(request.clone());
        self.call(|slot| Call::Sync(key, request, fresh_token, patience_ms, slot)).await
    }

    async fn listen(&self, key: DeviceKey, epoch: Epoch, since: Ver) -> Result<Heard, RemoteError> {
        self.call(|slot| Call::Listen(key, epoch, since, slot)).await
    }

    async fn claim(&self, key: DeviceKey, code: &str) -> Result<(), RemoteError> {
        let code = code.to_owned();
        self.call(|slot| Call::Claim(key, code, slot)).await
    }
}
