//! Waiting for a community to change, or for the backend to stop.

use cercle_domain::id::Ver;
use tokio::sync::watch;

/// Why the waiting is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// Something changed.
    ByNews,
    /// The backend is stopping.
    ByTheEnd,
}

/// Waits until something beyond this version has changed.
pub(super) async fn beyond(
    news: &mut watch::Receiver<Ver>,
    seen: Ver,
    stopping: &mut watch::Receiver<bool>,
) -> Woken {
    tokio::select! {
        // A sender that is gone is the end, too.
        news = news.wait_for(|loud| *loud > seen) => match news {
            Ok(_) => Woken::ByNews,
            Err(_) => Woken::ByTheEnd,
        },
        _ = stopping.wait_for(|stopping| *stopping) => Woken::ByTheEnd,
    }
}
