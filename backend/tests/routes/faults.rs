//! A store that fails when it is told to.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cercle_backend::store::{CodeHash, Committed, Entry, Identity, Since, Store, StoreError, Write};
use cercle_domain::id::{CommunityId, OpId, Ver};

/// What goes wrong, and how many commits there were. Each test has statics of its own.
pub(crate) struct Switch {
    /// Commits fail and write nothing.
    pub(crate) full: AtomicBool,
    /// Commits write everything, and then say that they failed.
    pub(crate) torn: AtomicBool,
    /// Successful commits.
    pub(crate) commits: AtomicUsize,
}

impl Switch {
    pub(crate) const fn off() -> Self {
        Self { full: AtomicBool::new(false), torn: AtomicBool::new(false), commits: AtomicUsize::new(0) }
    }
}

/// A store with a switch.
pub(crate) struct Faulty {
    pub(crate) inner: Box<dyn Store>,
    pub(crate) switch: &'static Switch,
}

impl Store for Faulty {
    fn identity(&mut self) -> Result<Identity, StoreError> {
        self.inner.identity()
    }

    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError> {
        self.inner.communities()
    }

    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError> {
        self.inner.open(community, code)
    }

    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError> {
        self.inner.since(community, after)
    }

    fn logged(&mut self, community: &CommunityId, ops: &[OpId]) -> Result<Vec<Entry>, StoreError> {
        self.inner.logged(community, ops)
    }

    fn code(&mut self, community: &CommunityId) -> Result<Option<CodeHash>, StoreError> {
        self.inner.code(community)
    }

    fn set_code(&mut self, community: &CommunityId, code: &CodeHash) -> Result<(), StoreError> {
        self.inner.set_code(community, code)
    }

    fn commit(&mut self, writes: &[Write]) -> Result<Committed, StoreError> {
        if self.switch.full.load(Ordering::SeqCst) {
            return Err(StoreError::new("the disk is full"));
        }
        let committed = self.inner.commit(writes)?;
        self.switch.commits.fetch_add(1, Ordering::SeqCst);
        if self.switch.torn.load(Ordering::SeqCst) {
            return Err(StoreError::new("the cable was pulled"));
        }
        Ok(committed)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.inner.close()
    }
}
