//! When a world is at rest, and when that takes too long.

use std::collections::BTreeMap;

use cercle_domain::id::OpId;

use super::World;

/// Within this time after the faults every outbox has to be empty and everybody has to know everything: the longest wait
/// between two attempts is a minute and a quarter, and an answer may be waited for in vain before.
const LIMIT_MS: u64 = 200_000;

impl World<'_> {
    pub(super) fn took_too_long(&self) -> bool {
        self.queue.now() > self.plan.shape.end + LIMIT_MS
    }

    /// Whether nothing is under way, nothing waits, and everybody listens without there being news.
    pub(super) fn rests(&mut self) -> bool {
        if self.hints > 0
            || !self.inbox.is_empty()
            || self.tabs.iter().any(|tab| !tab.open || tab.works || tab.alarm.is_some())
        {
            return false;
        }
        if !self.waiting().is_empty() || !self.deaf().is_empty() {
            return false;
        }
        let listening: Vec<usize> = self.listening().collect();
        self.tabs.iter().all(|tab| tab.flights.len() == 1)
            && !listening.into_iter().any(|ticket| self.has_news(ticket))
    }

    /// Tabs that nobody would tell if something happened.
    pub(crate) fn deaf(&self) -> Vec<usize> {
        let listens: Vec<usize> = self.listening().map(|ticket| self.tickets[ticket].tab).collect();
        (0..self.tabs.len()).filter(|tab| !listens.contains(tab)).collect()
    }

    /// Acts in outboxes that were neither acknowledged nor refused, with their profiles.
    pub(crate) fn waiting(&self) -> BTreeMap<OpId, usize> {
        let mut waiting = BTreeMap::new();
        for (nth, profile) in self.profiles.iter().enumerate() {
            profile.device.look(|shelf| {
                let entries = shelf.outbox.values().filter(|entry| entry.refused.is_none());
                waiting.extend(entries.map(|entry| (entry.id, nth)));
            });
        }
        waiting
    }

    /// Acts that stay on a device because the backend would not have them.
    pub(crate) fn refused(&self) -> Vec<OpId> {
        let refused = |profile: &super::Profile| {
            profile.device.look(|shelf| {
                let entries = shelf.outbox.values().filter(|entry| entry.refused.is_some());
                entries.map(|entry| entry.id).collect::<Vec<_>>()
            })
        };
        self.profiles.iter().flat_map(refused).collect()
    }
}
