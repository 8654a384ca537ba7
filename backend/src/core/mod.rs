//! The heart of the backend: every community held whole in memory, one order for each, one commit for many askers.
//!
//! The core is synchronous and knows no clock and no randomness: time comes with every [`Ask`], codes come from a
//! [`NewCode`]. A simulator can therefore play whole worlds on it, and several cores can share one store: each catches
//! up by version before it writes, and the store refuses a write that was made on an older state.
//!
//! A batch is played on forks of the communities it touches; then the store commits all of it at once; only then do
//! the forks become the truth and answers are made. If the commit fails, the forks are dropped and nothing was
//! acknowledged; whether it is in the store all the same is found out by catching up the next time.

mod ask;
mod draft;
mod erased;
mod log;
mod openings;
mod page;
mod whole;
#[cfg(test)]
mod properties;

use std::collections::BTreeMap;

use cercle_domain::Op;
use cercle_domain::id::{CommunityId, Millis, OpId, PersonId, Ver};
use cercle_domain::planted::{Bug, planted};
use cercle_domain::protocol::{Receipt, SyncAnswer};

pub use ask::{Ask, RawOp, Refusal};
pub use erased::erase_again;
pub use openings::{NewCode, News, Openings};

use crate::secret::{Code, Secret};
use crate::store::{CodeHash, Committed, Identity, Store, StoreError, Write};
use draft::Draft;
use whole::Whole;

/// How often something is tried anew because another process wrote in between.
const ATTEMPTS: usize = 5;

/// What came of an ask so far.
type Played = Result<Vec<Receipt>, Refusal>;

/// Every community of one store.
pub struct Core {
    store: Box<dyn Store>,
    identity: Identity,
    openings: Openings,
    new_code: NewCode,
    wholes: BTreeMap<CommunityId, Whole>,
    news: Vec<News>,
}

impl Core {
    /// The core on a store.
    pub fn new(mut store: Box<dyn Store>, openings: Openings, new_code: NewCode) -> Result<Self, StoreError> {
        Ok(Self {
            identity: store.identity()?,
            store,
            openings,
            new_code,
            wholes: BTreeMap::new(),
            news: Vec::new(),
        })
    }

    /// Answers many at once: all they ask is done in this order and written in one commit.
    pub fn sync(&mut self, asks: &[Ask]) -> Vec<Result<SyncAnswer, Refusal>> {
        let played = self.play_and_commit(asks);
        let answer = |(ask, played): (&Ask, Played)| Ok(self.answer(ask, played?));
        asks.iter().zip(played).map(answer).collect()
    }

    /// Makes somebody a facilitator who knows the code of the day. The code is used up by it.
    pub fn claim(
        &mut self,
        actor: PersonId,
        community: &CommunityId,
        at: Millis,
        op: OpId,
        code: &CodeHash,
    ) -> Result<(), Refusal> {
        for _ in 0..ATTEMPTS {
            self.recognise()?;
            self.enter(community)?;
            let whole = self.wholes.get(community).ok_or(Refusal::CommunityUnknown)?;
            if whole.slice.has(&cercle_domain::Key::Facilitator(actor)) {
                // The answer to the first time was lost on its way.
                return Ok(());
            }
            if self.store.code(community)?.as_ref() != Some(code) {
                return Err(Refusal::WrongCode);
            }
            let mut draft = Draft::on(whole);
            draft.appoint(actor, at, op, code.clone());
            let writes: Vec<Write> = draft.write(community.clone()).into_iter().collect();
            if self.store.commit(&writes)? == Committed::Done {
                self.settle(writes);
                return Ok(());
            }
        }
        Err(busy())
    }

    /// Puts a fresh code in place of the one that may be waiting, and returns it.
    pub fn renew_code(&mut self, community: &CommunityId) -> Result<Code, StoreError> {
        let (code, hash) = (self.new_code)(community)?;
        self.store.set_code(community, &hash)?;
        Ok(code)
    }

    /// Whether a community has any topic yet.
    pub fn has_topics(&mut self, community: &CommunityId) -> Result<bool, Refusal> {
        self.enter(community)?;
        let whole = self.wholes.get(community).ok_or(Refusal::CommunityUnknown)?;
        Ok(whole.slice.topics().next().is_some())
    }

    /// Opens the communities that are named and not open yet, so that their codes are told at the start and not when
    /// somebody happens to come.
    pub fn open_named(&mut self) -> Result<Vec<News>, Refusal> {
        if let Openings::Named(named) = &self.openings {
            for community in named.clone() {
                self.enter(&community)?;
            }
        }
        Ok(self.news())
    }

    /// The key of this store's one-way hashes.
    #[must_use]
    pub fn secret(&self) -> Secret {
        self.identity.secret.clone()
    }

    /// The last change of a community that is worth waking somebody for.
    #[must_use]
    pub fn loud(&self, community: &CommunityId) -> Option<Ver> {
        self.wholes.get(community).map(|whole| whole.loud)
    }

    /// Looks whether this is still the incarnation of the store that we know. After a restore everything that we
    /// remember belongs to the one before.
    pub fn recognise(&mut self) -> Result<(), StoreError> {
        let identity = self.store.identity()?;
        if identity.epoch != self.identity.epoch {
            self.wholes.clear();
            self.news.push(News::Restored);
        }
        self.identity = identity;
        Ok(())
    }

    /// What happened that the people who run this should know. Told once.
    pub fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Leaves the store tidy. Nothing may be asked after this.
    pub fn close(&mut self) -> Result<(), StoreError> {
        self.store.close()
    }
}

impl Core {
    fn play_and_commit(&mut self, asks: &[Ask]) -> Vec<Played> {
        for _ in 0..ATTEMPTS {
            if let Err(error) = self.recognise() {
                let refusal = Refusal::from(error);
                return asks.iter().map(|_| Err(refusal.clone())).collect();
            }
            let (mut played, writes) = self.play(asks);
            let committed = if writes.is_empty() { Ok(Committed::Done) } else { self.store.commit(&writes) };
            match committed {
                Ok(Committed::Done) => self.settle(writes),
                Ok(Committed::Behind) => continue,
                Err(_) if planted(Bug::ReceiptsOutsideTransaction) => {}
                Err(error) => {
                    let refusal = Refusal::from(error);
                    let lost =
                        |(ask, played): &(&Ask, &mut Played)| !ask.request.ops.is_empty() && played.is_ok();
                    asks.iter()
                        .zip(&mut played)
                        .filter(lost)
                        .for_each(|(_, played)| *played = Err(refusal.clone()));
                }
            }
            return played;
        }
        asks.iter().map(|_| Err(busy())).collect()
    }

    /// Plays every ask on forks. Nothing is changed yet.
    fn play(&mut self, asks: &[Ask]) -> (Vec<Played>, Vec<Write>) {
        let mut entered: BTreeMap<&CommunityId, Result<(), Refusal>> = BTreeMap::new();
        for ask in asks {
            if !entered.contains_key(&ask.community) {
                entered.insert(&ask.community, self.enter(&ask.community));
            }
        }
        let mut drafts: BTreeMap<&CommunityId, Draft<'_>> = BTreeMap::new();
        let mut played = Vec::with_capacity(asks.len());
        for ask in asks {
            let whole = match entered.get(&ask.community) {
                Some(Err(refusal)) => Err(refusal.clone()),
                _ => self.wholes.get(&ask.community).ok_or(Refusal::CommunityUnknown),
            };
            played.push(whole.and_then(|whole| {
                // Who speaks to another incarnation has older acts to offer again first: nothing is done yet.
                let another = ask.request.epoch.is_some_and(|epoch| epoch != self.identity.epoch);
                if ask.request.ops.is_empty() || another {
                    return Ok(Vec::new());
                }
                let ids: Vec<OpId> = ask.request.ops.iter().map(|op| op.id).collect();
                let logged = self.store.logged(&ask.community, &ids)?;
                let draft = drafts.entry(&ask.community).or_insert_with(|| Draft::on(whole));
                draft.play(ask, &logged)
            }));
        }
        let writes =
            drafts.into_iter().filter_map(|(community, draft)| draft.write(community.clone())).collect();
        (played, writes)
    }

    /// Makes sure that a community is there and as the store has it.
    fn enter(&mut self, community: &CommunityId) -> Result<(), Refusal> {
        if !self.openings.allow(community) {
            return Err(Refusal::CommunityUnknown);
        }
        if planted(Bug::CursorWithoutLock) && self.wholes.contains_key(community) {
            return Ok(());
        }
        let whole = self.wholes.entry(community.clone()).or_insert_with(Whole::empty);
        let Some(since) = self.store.since(community, whole.ver)? else {
            return self.open(community);
        };
        let mut set_aside = since.set_aside;
        if !whole.catch_up(since) {
            *whole = Whole::empty();
            let all = self.store.since(community, Ver(0))?.ok_or(Refusal::CommunityUnknown)?;
            set_aside += all.set_aside;
            if !whole.catch_up(all) {
                return Err(busy());
            }
        }
        if set_aside > 0 {
            let community = community.clone();
            self.news.push(News::SetAside { community, rows: set_aside });
        }
        Ok(())
    }

    fn open(&mut self, community: &CommunityId) -> Result<(), Refusal> {
        // A restored or emptied store may have fewer communities than we remember.
        self.wholes.remove(community);
        if !self.openings.have_room(self.store.communities()?.len()) {
            return Err(Refusal::CommunityUnknown);
        }
        let (code, hash) = (self.new_code)(community)?;
        if self.store.open(community, &hash)? {
            let community = community.clone();
            self.news.push(News::Opened { community, code });
        }
        self.wholes.insert(community.clone(), Whole::empty());
        Ok(())
    }

    fn settle(&mut self, writes: Vec<Write>) {
        for write in writes {
            if let Some(whole) = self.wholes.get_mut(&write.community) {
                whole.settle(write);
            }
        }
    }

    fn answer(&self, ask: &Ask, receipts: Vec<Receipt>) -> SyncAnswer {
        let empty = Whole::empty();
        let whole = self.wholes.get(&ask.community).unwrap_or(&empty);
        let ours = ask.request.epoch == Some(self.identity.epoch);
        // Whoever erased themselves holds rows that vanished without a tombstone.
        let erased = ask.request.ops.iter().any(|op| op.understood() == Some(Op::Erase {}));
        let since = ask.request.since.filter(|_| ours && !erased);
        let page = whole.page(ask.actor, since, ask.limit);
        SyncAnswer {
            epoch: self.identity.epoch,
            you: ask.actor,
            cursor: page.cursor,
            receipts,
            rows: page.rows,
            more: page.more,
            reset: page.reset,
            digest: page.digest,
        }
    }
}

fn busy() -> Refusal {
    Refusal::Storage("other processes kept writing in between".to_owned())
}
