//! A community held whole in memory: every row with its version, and the sums that answers need.

use std::collections::{BTreeMap, BTreeSet};

use cercle_domain::digest::Digest;
use cercle_domain::id::{PersonId, TopicId, Ver};
use cercle_domain::protocol::WireRow;
use cercle_domain::row::Audience;
use cercle_domain::{Key, Slice};

use crate::store::{Since, Write};

/// Every row of a community, tombstones included.
pub(super) struct Whole {
    pub(super) slice: Slice,
    /// The version of the last change.
    pub(super) ver: Ver,
    /// Who stands below has missed rows that vanished without a tombstone.
    pub(super) horizon: Ver,
    /// The last change that is worth waking somebody for: looks alone are not.
    pub(super) loud: Ver,
    vers: BTreeMap<Key, Ver>,
    by_ver: BTreeSet<(Ver, Key)>,
    /// Over rows that everyone sees.
    public: Digest,
    /// Over the rows that only voters see.
    tallies: Digest,
}

impl Whole {
    pub(super) fn empty() -> Self {
        Self {
            slice: Slice::whole(),
            ver: Ver(0),
            horizon: Ver(0),
            loud: Ver(0),
            vers: BTreeMap::new(),
            by_ver: BTreeSet::new(),
            public: Digest::default(),
            tallies: Digest::default(),
        }
    }

    /// Takes in what the store has beyond [`Self::ver`].
    ///
    /// False if that cannot be: rows vanished in between, or the store went back. Then start over from nothing.
    #[must_use]
    pub(super) fn catch_up(&mut self, since: Since) -> bool {
        let vanished = since.purged > self.ver && self.ver > Ver(0);
        if since.ver < self.ver || vanished {
            return false;
        }
        self.take(since.rows, since.ver, since.horizon);
        true
    }

    /// Takes in what was just written.
    pub(super) fn settle(&mut self, write: Write) {
        for key in &write.purge {
            self.uncount(key);
            self.slice.remove(key);
        }
        self.take(write.rows, write.to, write.horizon);
    }

    fn take(&mut self, rows: Vec<WireRow>, ver: Ver, horizon: Ver) {
        for WireRow { key, ver, row } in rows {
            self.uncount(&key);
            match row {
                Some(row) => {
                    if let Some(sum) = self.sum(&key) {
                        *sum = sum.with(&key, ver);
                    }
                    self.slice.put(key, row);
                }
                None => self.slice.remove(&key),
            }
            self.vers.insert(key, ver);
            self.by_ver.insert((ver, key));
            if !matches!(key, Key::Exposure(_)) {
                self.loud = self.loud.max(ver);
            }
        }
        self.slice.settle();
        self.ver = ver;
        self.loud = self.loud.max(horizon);
        self.horizon = horizon;
    }

    /// Takes a key out of every index and sum.
    fn uncount(&mut self, key: &Key) {
        let Some(ver) = self.vers.remove(key) else { return };
        self.by_ver.remove(&(ver, *key));
        if self.slice.has(key)
            && let Some(sum) = self.sum(key)
        {
            *sum = sum.without(key, ver);
        }
    }

    fn sum(&mut self, key: &Key) -> Option<&mut Digest> {
        match key.audience() {
            Audience::Everyone => Some(&mut self.public),
            Audience::Voters => Some(&mut self.tallies),
            Audience::Only(_) => None,
        }
    }

    /// The version of a row or of a tombstone.
    pub(super) fn ver_of(&self, key: &Key) -> Option<Ver> {
        self.vers.get(key).copied()
    }

    /// The keys of the rows and tombstones that changed after `ver`, oldest change first.
    pub(super) fn after(&self, ver: Ver) -> impl Iterator<Item = (Ver, Key)> {
        let first = (Ver(ver.0.saturating_add(1)), Key::Community);
        self.by_ver.range(first..).copied()
    }

    /// The keys of every tally.
    pub(super) fn tallies(&self) -> impl Iterator<Item = (Ver, Key)> {
        self.vers
            .range(Key::Tally(TopicId(0))..=Key::Tally(TopicId(u128::MAX)))
            .map(|(key, ver)| (*ver, *key))
    }

    /// Every key, tombstones included.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.vers.keys()
    }

    /// A row as it travels.
    pub(super) fn wire(&self, key: Key, ver: Ver) -> WireRow {
        WireRow { key, ver, row: self.slice.get(&key).cloned() }
    }

    /// The digest over all rows that this person may see.
    pub(super) fn digest(&self, person: PersonId) -> Digest {
        let votes = self.slice.votes_of(person).map(|topic| Key::Vote(person, topic));
        let follows = self.slice.followed_by(person).map(|topic| Key::Follow(person, topic));
        let has_voted = Some(Key::Voter(person)).filter(|key| self.slice.has(key));
        let own = votes.chain(follows).chain(has_voted);
        let own =
            own.fold(Digest::default(), |sum, key| sum.with(&key, self.ver_of(&key).unwrap_or_default()));
        let public = self.public.and(own);
        if self.slice.sees_tallies(person) { public.and(self.tallies) } else { public }
    }
}
