//! Who waits for a community to change.
//!
//! A hint and nothing more: who is woken asks the core. A slow waiter skips to the latest change.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cercle_domain::id::{CommunityId, Ver};
use tokio::sync::watch;

/// Above this many channels, those that nobody listens to are thrown away: names can be made up.
const TIDY_ABOVE: usize = 1000;

/// The last loud change of every community that somebody waits for.
#[derive(Debug, Default)]
pub(crate) struct Wakes(Mutex<BTreeMap<CommunityId, watch::Sender<Ver>>>);

impl Wakes {
    /// A channel that tells the last loud change from now on. Subscribe first, ask the core second, and nothing is missed.
    pub(crate) fn subscribe(&self, community: &CommunityId) -> watch::Receiver<Ver> {
        let mut channels = self.lock();
        if channels.len() > TIDY_ABOVE {
            channels.retain(|_, channel| channel.receiver_count() > 0);
        }
        channels.entry(community.clone()).or_insert_with(|| watch::Sender::new(Ver(0))).subscribe()
    }

    /// Wakes those who wait, if this is news.
    pub(crate) fn wake(&self, community: &CommunityId, loud: Ver) {
        if let Some(sender) = self.lock().get(community) {
            sender.send_if_modified(|last| {
                let news = loud > *last;
                *last = loud.max(*last);
                news
            });
        }
    }

    /// Lets everybody go who waits: versions begin anew, and what they wait for may never come.
    pub(crate) fn start_over(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<CommunityId, watch::Sender<Ver>>> {
        // The map is whole between any two calls, whoever panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
