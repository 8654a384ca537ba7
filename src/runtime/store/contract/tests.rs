//! Memory, as the bench for native tests.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::Bench;
use crate::runtime::store::Memory;

#[derive(Default)]
pub(super) struct OnMemory(Memory);

impl Bench for OnMemory {
    type Store = Memory;

    async fn open(&self) -> Memory {
        self.0.clone()
    }
}

/// What becomes of a future that never waits.
pub(in crate::runtime) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}
