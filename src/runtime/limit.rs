//! Nothing is waited for without end.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::js::pause;

/// What becomes of a future within so many milliseconds; `None` if nothing does.
pub(super) async fn within<F: Future>(limit: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut limit = pin!(pause(limit));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
