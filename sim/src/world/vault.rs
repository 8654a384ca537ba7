//! The store of the backend: the real one, with a tape of all that was committed, and a commit that can go wrong.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cercle_backend::secret::Secret;
use cercle_backend::store::memory::Memory;
use cercle_backend::store::sqlite::Sqlite;
use cercle_backend::store::{CodeHash, Committed, Entry, Identity, Since, Store, StoreError, Write};
use cercle_domain::id::{CommunityId, Epoch, OpId, Ver};

/// What is to go wrong in the next commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trip {
    /// It fails, having been done or not.
    Fail { done: bool },
    /// The server dies in it, before or after it is done.
    Die { done: bool },
}

/// A handle on the one store that all servers share.
#[derive(Clone)]
pub(crate) struct Vault(Arc<Mutex<Inner>>);

struct Inner {
    store: Box<dyn Store>,
    tape: Vec<Write>,
    code: CodeHash,
    trip: Option<Trip>,
    died: bool,
}

impl Vault {
    /// An empty store with one community; in a file if a folder is given.
    pub(crate) fn new(
        epoch: u128,
        secret: &Secret,
        community: &CommunityId,
        code: CodeHash,
        folder: Option<&Path>,
    ) -> Result<Self, StoreError> {
        let identity = Identity { epoch: Epoch(epoch), secret: secret.clone() };
        let mut store: Box<dyn Store> = match folder {
            Some(folder) => Box::new(Sqlite::open(&folder.join(format!("{epoch}.sqlite")), &identity)?),
            None => Box::new(Memory::new(identity)),
        };
        store.open(community, &code)?;
        Ok(Self(Arc::new(Mutex::new(Inner { store, tape: Vec::new(), code, trip: None, died: false }))))
    }

    /// The store as it was after so many commits, as another incarnation.
    pub(crate) fn restored(
        &self,
        commits: usize,
        epoch: u128,
        secret: &Secret,
        community: &CommunityId,
        folder: Option<&Path>,
    ) -> Result<Self, StoreError> {
        let inner = self.inner();
        let restored = Self::new(epoch, secret, community, inner.code.clone(), folder)?;
        let mut other = restored.inner();
        for write in &inner.tape[..commits.min(inner.tape.len())] {
            if other.store.commit(std::slice::from_ref(write))? == Committed::Behind {
                return Err(StoreError::new("a tape does not play again"));
            }
            other.tape.push(write.clone());
        }
        drop(other);
        Ok(restored)
    }

    pub(crate) fn trip(&self, trip: Trip) {
        self.inner().trip = Some(trip);
    }

    pub(crate) fn untrip(&self) {
        self.inner().trip = None;
    }

    /// Whether a server died in a commit since this was asked last.
    pub(crate) fn takes_died(&self) -> bool {
        std::mem::take(&mut self.inner().died)
    }

    pub(crate) fn commits(&self) -> usize {
        self.inner().tape.len()
    }

    /// The lines of the log that were written after so many commits, in their order.
    pub(crate) fn log_after(&self, commits: usize) -> Vec<Entry> {
        self.inner().tape.iter().skip(commits).flat_map(|write| write.log.clone()).collect()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Vault {
    fn identity(&mut self) -> Result<Identity, StoreError> {
        self.inner().store.identity()
    }

    fn communities(&mut self) -> Result<Vec<CommunityId>, StoreError> {
        self.inner().store.communities()
    }

    fn open(&mut self, community: &CommunityId, code: &CodeHash) -> Result<bool, StoreError> {
        self.inner().store.open(community, code)
    }

    fn since(&mut self, community: &CommunityId, after: Ver) -> Result<Option<Since>, StoreError> {
        self.inner().store.since(community, after)
    }

    fn logged(&mut self, community: &CommunityId, ops: &[OpId]) -> Result<Vec<Entry>, StoreError> {
        self.inner().store.logged(community, ops)
    }

    fn code(&mut self, community: &CommunityId) -> Result<Option<CodeHash>, StoreError> {
        self.inner().store.code(community)
    }

    fn set_code(&mut self, community: &CommunityId, code: &CodeHash) -> Result<(), StoreError> {
        self.inner().store.set_code(community, code)
    }

    fn commit(&mut self, writes: &[Write]) -> Result<Committed, StoreError> {
        let mut inner = self.inner();
        let trip = inner.trip.take();
        inner.died |= matches!(trip, Some(Trip::Die { .. }));
        if matches!(trip, Some(Trip::Fail { done: false } | Trip::Die { done: false })) {
            return Err(StoreError::new("the disk is full"));
        }
        let committed = inner.store.commit(writes)?;
        if committed == Committed::Done {
            inner.tape.extend_from_slice(writes);
        }
        if trip.is_some() {
            return Err(StoreError::new("the answer of the disk was lost"));
        }
        Ok(committed)
    }

    fn close(&mut self) -> Result<(), StoreError> {
        self.inner().store.close()
    }
}
