//! Waiting for a community to change, or to be another one, or for the backend to stop.

use cercle_domain::id::Ver;
use tokio::sync::watch;

/// Why the waiting is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// Something changed.
    News,
    /// The database was restored: what was seen is of another one.
    Restore,
    /// The backend is stopping.
    TheEnd,
}

/// Waits until something beyond this version has changed.
pub(super) async fn beyond(
    news: &mut watch::Receiver<Ver>,
    seen: Ver,
    stopping: &mut watch::Receiver<bool>,
) -> Woken {
    tokio::select! {
        news = news.wait_for(|loud| *loud > seen) => match news {
            Ok(_) => Woken::News,
            Err(_) => Woken::Restore,
        },
        _ = stopping.wait_for(|stopping| *stopping) => Woken::TheEnd,
    }
}
