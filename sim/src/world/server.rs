//! The backend: one or two real cores on one store, which can end and begin again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use cercle::app::reply::RemoteError;
use cercle::runtime::store::DeviceKey;
use cercle_backend::core::{Ask, Core, Openings, Refusal};
use cercle_backend::secret::{Code, Secret};
use cercle_backend::store::{Entry, Store as _, StoreError};
use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, PersonId, Ver};
use cercle_domain::protocol::{SyncAnswer, SyncRequest, WireRow};

use super::vault::{Trip, Vault};

/// The first incarnation of the store; a restored one is the next.
const FIRST_EPOCH: u128 = 1;

/// What the servers say to one ask.
pub(crate) type Said = Result<SyncAnswer, RemoteError>;

pub(crate) struct Server {
    community: CommunityId,
    secret: Secret,
    vault: Vault,
    epoch: u128,
    /// Empty while no server runs.
    cores: Vec<Core>,
    how_many: usize,
    folder: Option<PathBuf>,
    people: BTreeMap<String, PersonId>,
    /// How many commits the last backup holds.
    backup: Option<usize>,
}

impl Server {
    pub(crate) fn start(how_many: usize, folder: Option<PathBuf>) -> Result<Self, StoreError> {
        let community: CommunityId = "atelier".parse().map_err(StoreError::new)?;
        let secret = Secret::new([7; 32]);
        let code = secret.code(&community, &Code::new([1; 16]));
        let vault = Vault::new(FIRST_EPOCH, &secret, &community, code, folder.as_deref())?;
        let mut server = Self {
            community,
            secret,
            vault,
            epoch: FIRST_EPOCH,
            cores: Vec::new(),
            how_many,
            folder,
            people: BTreeMap::new(),
            backup: None,
        };
        server.rise()?;
        Ok(server)
    }

    /// The code that makes the first facilitator.
    pub(crate) fn code() -> String {
        Code::new([1; 16]).to_string()
    }

    pub(crate) fn community(&self) -> &CommunityId {
        &self.community
    }

    pub(crate) fn runs(&self) -> bool {
        !self.cores.is_empty()
    }

    /// Every server that ended begins again, knowing what the store knows.
    pub(crate) fn rise(&mut self) -> Result<(), StoreError> {
        while self.cores.len() < self.how_many {
            let (secret, community) = (self.secret.clone(), self.community.clone());
            let new_code = Box::new(move |_: &CommunityId| {
                let code = Code::new([1; 16]);
                let hash = secret.code(&community, &code);
                Ok((code, hash))
            });
            let store = Box::new(self.vault.clone());
            self.cores.push(Core::new(store, Openings::Anybody { max: 1 }, new_code)?);
        }
        Ok(())
    }

    /// Every server ends, as by a signal that cannot be caught.
    pub(crate) fn die(&mut self) {
        self.cores.clear();
    }

    pub(crate) fn trip(&self, trip: Trip) {
        self.vault.trip(trip);
    }

    /// Nothing goes wrong any more.
    pub(crate) fn heal(&mut self) -> Result<(), StoreError> {
        self.vault.untrip();
        self.rise()
    }

    /// Whether the servers died in a commit; then they are gone.
    pub(crate) fn died_in_commit(&mut self) -> bool {
        let died = self.vault.takes_died();
        if died {
            self.die();
        }
        died
    }

    pub(crate) fn back_up(&mut self) {
        self.backup = Some(self.vault.commits());
    }

    /// Puts the last backup in place of the store; false if there is none. The servers end.
    pub(crate) fn restore(&mut self) -> Result<bool, StoreError> {
        let Some(commits) = self.backup else { return Ok(false) };
        self.die();
        self.epoch += 1;
        let folder = self.folder.as_deref();
        self.vault = self.vault.restored(commits, self.epoch, &self.secret, &self.community, folder)?;
        Ok(true)
    }

    /// Who stands behind a device key.
    pub(crate) fn person(&mut self, key: DeviceKey) -> PersonId {
        let key = key.to_string();
        let secret = &self.secret;
        *self.people.entry(key).or_insert_with_key(|key| secret.person("device", key))
    }

    /// Answers many at once, each by the server it came to.
    pub(crate) fn answer(&mut self, asks: Vec<(usize, Ask)>) -> Vec<Said> {
        let mut said: Vec<Said> = asks.iter().map(|_| Err(RemoteError::Unreachable)).collect();
        let mut batches: Vec<(Vec<usize>, Vec<Ask>)> = vec![Default::default(); self.how_many];
        for (at, (place, ask)) in asks.into_iter().enumerate() {
            let (indices, batch) = &mut batches[place % self.how_many];
            indices.push(at);
            batch.push(ask);
        }
        let batches = self.cores.iter_mut().zip(batches).filter(|(_, (_, batch))| !batch.is_empty());
        for (core, (indices, batch)) in batches {
            for (at, answer) in indices.into_iter().zip(core.sync(&batch)) {
                said[at] = answer.map_err(refused);
            }
        }
        said
    }

    /// Whether somebody who listens from there has news.
    pub(crate) fn has_news(&mut self, actor: PersonId, epoch: Epoch, since: Ver) -> bool {
        let request = SyncRequest { v: 1, epoch: Some(epoch), since: Some(since), ops: Vec::new() };
        let community = self.community.clone();
        let ask = Ask { actor, community, at: Millis(0), request, limit: 0 };
        let answer = self.cores.first_mut().map(|core| core.sync(&[ask]).remove(0));
        matches!(answer, Some(Ok(answer)) if answer.more || answer.epoch != epoch)
    }

    pub(crate) fn claim(&mut self, key: DeviceKey, typed: &str, at: Millis) -> Result<(), RemoteError> {
        let actor = self.person(key);
        let hash = self.secret.code(&self.community, &Code::typed(typed));
        let core = self.cores.first_mut().ok_or(RemoteError::Unreachable)?;
        core.claim(actor, &self.community, at, OpId(actor.0), &hash).map_err(refused)
    }

    pub(crate) fn commits(&self) -> usize {
        self.vault.commits()
    }

    /// The lines of the log that were written after so many commits.
    pub(crate) fn log_after(&self, commits: usize) -> Vec<Entry> {
        self.vault.log_after(commits)
    }

    /// Every row, with the version of the last change.
    pub(crate) fn rows(&mut self) -> Result<(Ver, Vec<WireRow>), StoreError> {
        let since = self.vault.since(&self.community, Ver(0))?;
        let since = since.ok_or_else(|| StoreError::new("the community is gone"))?;
        Ok((since.ver, since.rows))
    }
}

fn refused(refusal: Refusal) -> RemoteError {
    match refusal {
        Refusal::CommunityUnknown => RemoteError::UnknownCommunity,
        Refusal::Storage(_) => RemoteError::Later(None),
        Refusal::IdInUseByOther | Refusal::WrongCode => RemoteError::Refused,
    }
}
