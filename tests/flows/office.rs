//! The backend: the real core on its memory store, with a door that can be shut.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cercle::app::reply::RemoteError;
use cercle::runtime::remote::{Heard, Remote, Synced};
use cercle::runtime::store::DeviceKey;
use cercle_backend::core::{Ask, Core, Openings, Refusal};
use cercle_backend::secret::{Code, Secret};
use cercle_backend::store::{Identity, memory::Memory};
use cercle_domain::id::{CommunityId, Epoch, Millis, OpId, Ver};
use cercle_domain::protocol::{SyncAnswer, SyncRequest};

/// How the way to the backend is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Free.
    Open,
    /// Nothing gets through.
    Shut,
    /// Requests arrive, answers are lost.
    NoReturn,
    /// Somebody else answers, with this.
    Wrong(RemoteError),
}

/// A backend.
pub(crate) struct Office {
    core: RefCell<Core>,
    secret: Secret,
    epoch: Epoch,
    pub(crate) way: Cell<Way>,
    /// How many rows an answer carries.
    pub(crate) limit: Cell<usize>,
    /// How many requests arrived.
    pub(crate) requests: Cell<usize>,
    /// Whether answers never say that they are all there is.
    pub(crate) without_reset: Cell<bool>,
}

impl Office {
    pub(crate) fn open() -> Rc<Self> {
        Self::of_epoch(1)
    }

    /// An office whose database is another incarnation.
    pub(crate) fn of_epoch(epoch: u128) -> Rc<Self> {
        let secret = Secret::new([7; 32]);
        let hashing = secret.clone();
        let new_code = Box::new(move |community: &CommunityId| {
            let code = Code::new([1; 16]);
            let hash = hashing.code(community, &code);
            Ok((code, hash))
        });
        let store = Memory::new(Identity { epoch: Epoch(epoch), secret: secret.clone() });
        let core = Core::new(Box::new(store), Openings::Anybody { max: 10 }, new_code);
        Rc::new(Self {
            core: RefCell::new(core.expect("a memory store opens")),
            secret,
            epoch: Epoch(epoch),
            way: Cell::new(Way::Open),
            limit: Cell::new(1_000),
            requests: Cell::new(0),
            without_reset: Cell::new(false),
        })
    }

    /// The code that makes the first facilitator.
    pub(crate) fn code() -> String {
        Code::new([1; 16]).to_string()
    }

    /// Whether there is anything after this cursor.
    pub(crate) fn has_news(&self, epoch: Epoch, since: Ver) -> bool {
        epoch != self.epoch || self.core.borrow().loud(&community()).is_some_and(|loud| loud > since)
    }

    fn answer(&self, key: DeviceKey, request: &SyncRequest) -> Result<SyncAnswer, RemoteError> {
        self.requests.set(self.requests.get() + 1);
        // Over JSON and back, as on the wire.
        let json = serde_json::to_string(request).expect("requests are JSON");
        let ask = Ask {
            actor: self.secret.person("device", &key.to_string()),
            community: community(),
            at: Millis(0),
            request: serde_json::from_str(&json).expect("the backend reads what the client writes"),
            limit: self.limit.get(),
        };
        let mut answers = self.core.borrow_mut().sync(&[ask]);
        let mut answer = answers.remove(0).map_err(refused)?;
        answer.reset &= !self.without_reset.get();
        let json = serde_json::to_string(&answer).expect("answers are JSON");
        Ok(serde_json::from_str(&json).expect("the client reads what the backend writes"))
    }
}

fn refused(refusal: Refusal) -> RemoteError {
    match refusal {
        Refusal::CommunityUnknown => RemoteError::UnknownCommunity,
        Refusal::Storage(_) => RemoteError::Later(None),
        Refusal::IdInUseByOther | Refusal::WrongCode => RemoteError::Refused,
    }
}

pub(crate) fn community() -> CommunityId {
    "atelier".parse().expect("a good id")
}

/// The way from a device to an office.
#[derive(Clone)]
pub(crate) struct Path(pub(crate) Rc<Office>);

impl Remote for Path {
    async fn sync(
        &self,
        key: DeviceKey,
        request: &SyncRequest,
        _: bool,
        _: u64,
    ) -> Result<Synced, RemoteError> {
        match self.0.way.get() {
            Way::Open => self.0.answer(key, request).map(Synced::Answered),
            Way::Shut => Err(RemoteError::Unreachable),
            Way::NoReturn => self.0.answer(key, request).and(Err(RemoteError::Unreachable)),
            Way::Wrong(error) => Err(error),
        }
    }

    async fn listen(&self, _: DeviceKey, epoch: Epoch, since: Ver) -> Result<Heard, RemoteError> {
        let news = self.0.way.get() == Way::Open && self.0.has_news(epoch, since);
        Ok(if news { Heard::News } else { Heard::Silence })
    }

    async fn claim(&self, key: DeviceKey, code: &str) -> Result<(), RemoteError> {
        let hash = self.0.secret.code(&community(), &Code::typed(code));
        let actor = self.0.secret.person("device", &key.to_string());
        let mut core = self.0.core.borrow_mut();
        core.claim(actor, &community(), Millis(0), OpId(actor.0), &hash).map_err(refused)
    }
}
