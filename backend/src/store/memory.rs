//! A store that forgets everything with the process: for tests, and for worlds that are played in memory.
//!
//! Clones share one database, as several servers would.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use cercle_domain::Key;
use cercle_domain::id::{CommunityId, OpId, Ver};
use cercle_domain::planted::{Bug, planted};
use cercle_domain::protocol::WireRow;

use super::{CodeHash, Committed, Entry, Identity, Since, Store, StoreError, Write};

/// Communities in memory.
#[derive(Debug, Clone)]
pub struct Memory {
    identity: Identity,
    communities: Arc<Mutex<BTreeMap<CommunityId, Kept>>>,
}

#[derive(Debug, Default)]
struct Kept {
    ver: Ver,
    horizon: Ver,
    purged: Ver,
    code: Option<CodeHash>,
    rows: BTreeMap<Key, WireRow>,
    log: Vec<Entry>,
    /// Where in the log an op stands.
    seen: BTreeMap<OpId, usize>,
}

impl Memory {
    /// An empty database.
    #[must_use]
    pub fn new(identity: Identity) -> Self {
        Self { identity, communities: Arc::default() }
    }

    /// The log of a community, oldest entry first.
    pub fn log(&self, community: &CommunityId) -> Result<Vec<Entry>, StoreError> {
        Ok(self.lock()?.get(community).map_or_else(Vec::new, |kept| kept.log.clone()))
    }

    fn lock(&self) -> Result<MutexGuard<'_, BTreeMap<CommunityId, Kept>>, StoreError> {
        self.communities
            .lock()
            .map_err(|_| StoreError::new("somebody panicked while writing to the memory store"))
    }
}

impl Store for Memory {
    fn identity(&mut self) -> Result<Identity, StoreError> {
        Ok(self.identity.clone())
    }

    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError> {
        Ok(self.lock()?.keys().cloned().collect())
    }

    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError> {
        let mut communities = self.lock()?;
        let new = !communities.contains_key(community);
        if new {
            let kept = Kept { code: Some(code.clone()), ..Kept::default() };
            communities.insert(community.clone(), kept);
        }
        Ok(new)
    }

    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError> {
        Ok(self.lock()?.get(community).map(|kept| Since {
            ver: kept.ver,
            horizon: kept.horizon,
            purged: kept.purged,
            rows: kept.rows.values().filter(|row| row.ver > after).cloned().collect(),
            set_aside: 0,
        }))
    }

    fn logged(&mut self, community: &CommunityId, ops: &[OpId]) -> Result<Vec<Entry>, StoreError> {
        let communities = self.lock()?;
        let Some(kept) = communities.get(community) else {
            return Ok(Vec::new());
        };
        let entries = ops.iter().filter_map(|op| kept.log.get(*kept.seen.get(op)?));
        Ok(entries.cloned().collect())
    }

    fn code(&mut self, community: &CommunityId) -> Result<Option<CodeHash>, StoreError> {
        Ok(self.lock()?.get(community).and_then(|kept| kept.code.clone()))
    }

    fn set_code(&mut self, community: &CommunityId, code: &CodeHash) -> Result<(), StoreError> {
        if let Some(kept) = self.lock()?.get_mut(community) {
            kept.code = Some(code.clone());
        }
        Ok(())
    }

    fn commit(&mut self, writes: &[Write]) -> Result<Committed, StoreError> {
        let mut communities = self.lock()?;
        let current = |write: &Write| {
            communities.get(&write.community).is_some_and(|kept| {
                (kept.ver == write.from || planted(Bug::CursorWithoutLock))
                    && (write.spend.is_none() || write.spend == kept.code)
                    && write.log.iter().all(|entry| !kept.seen.contains_key(&entry.op))
            })
        };
        if !writes.iter().all(current) {
            return Ok(Committed::Behind);
        }
        for write in writes {
            if let Some(kept) = communities.get_mut(&write.community) {
                kept.take(write);
            }
        }
        Ok(Committed::Done)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Kept {
    fn take(&mut self, write: &Write) {
        self.ver = write.to;
        self.horizon = write.horizon;
        if !write.purge.is_empty() {
            self.purged = write.to;
        }
        for key in &write.purge {
            self.rows.remove(key);
        }
        self.rows.extend(write.rows.iter().map(|row| (row.key, row.clone())));
        for entry in &mut self.log {
            if entry.actor.is_some_and(|actor| write.forget.contains(&actor)) {
                entry.actor = None;
                entry.a = None;
            }
        }
        for entry in &write.log {
            self.seen.insert(entry.op, self.log.len());
            self.log.push(entry.clone());
        }
        if write.spend.is_some() {
            self.code = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::contract::{contract, identity};

    impl Memory {
        fn open(&self) -> Box<dyn Store> {
            Box::new(self.clone())
        }
    }

    contract!(Memory::new(identity()));
}
