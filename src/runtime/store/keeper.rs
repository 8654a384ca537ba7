//! The device, and memory in its stead once the device will not keep things any more.
//!
//! A disk that is full, a database that died, a browser that forbids storage: the person goes on all the same, with a
//! banner. So the page holds a copy of all that the device keeps; when the device fails, the copy takes over, does what
//! the device would not do, and nothing that was on screen is lost while the page lives. Once the backend has all of it,
//! the device is tried again: a tab that slept in the middle of its own may have woken up.

mod back; // from memory to the device

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;

#[cfg(feature = "planted")]
use cercle_domain::planted::{Bug, planted};

use super::memory::Shelf;
use super::{DeviceKey, Enqueued, Store, StoreError, Stored};
use crate::app::Reply;
use crate::app::effect::{Entry, Note, Page, Place};
use crate::app::reply::Snapshot;

/// Keeps things on the device for as long as it can.
#[derive(Debug)]
pub(crate) struct Keeper<S> {
    device: S,
    shared: bool,
    copy: RefCell<Shelf>,
    /// Whether the device failed, in this visit.
    failed: Cell<bool>,
    /// Whether it failed just now, and nobody has been told.
    untold: Cell<bool>,
    /// How often it could have been tried again since.
    chances: Cell<u32>,
    /// Acts that a planted mistake keeps from the device.
    #[cfg(feature = "planted")]
    held: RefCell<Vec<Entry>>,
}

impl<S: Store> Keeper<S> {
    /// `shared` says whether there is a backend.
    pub(crate) fn new(device: S, shared: bool) -> Self {
        Self {
            device,
            shared,
            copy: RefCell::default(),
            failed: Cell::new(false),
            untold: Cell::new(false),
            chances: Cell::new(0),
            #[cfg(feature = "planted")]
            held: RefCell::default(),
        }
    }

    /// The device itself.
    pub(crate) fn device(&self) -> &S {
        &self.device
    }

    /// What this device shows the backend; `None` until the first load.
    pub(crate) fn key(&self) -> Option<DeviceKey> {
        self.copy.borrow().key()
    }

    pub(crate) async fn load(&self, fresh: DeviceKey) -> Vec<Reply> {
        if self.failed.get()
            && self.is_worth_a_try()
            && let Some(loaded) = self.back().await
        {
            return vec![loaded];
        }
        if let Some(stored) = self.on_device(self.device.load(fresh)).await {
            *self.copy.borrow_mut() = Shelf::copy_of(&stored);
            return self.say(Some(Reply::Loaded(Snapshot { durable: true, ..stored.snapshot })));
        }
        let Stored { snapshot, .. } = self.copy.borrow_mut().load(fresh);
        // Where the device failed just now, the news of that carries the same snapshot.
        let asked_again = !self.untold.get();
        self.say(asked_again.then_some(Reply::Loaded(snapshot)))
    }

    pub(crate) async fn enqueue(&self, entry: Entry) -> Vec<Reply> {
        let id = entry.id;
        #[cfg(feature = "planted")]
        if planted(Bug::OutboxThrottled) {
            let place = self.copy.borrow_mut().enqueue(entry.clone());
            self.held.borrow_mut().push(entry);
            if self.held.borrow().len() == 3 {
                for entry in self.held.take() {
                    self.on_device(self.device.enqueue(&entry)).await;
                }
            }
            return self.say(Some(Reply::Enqueued { id, place }));
        }
        let place = match self.on_device(self.device.enqueue(&entry)).await {
            Some(Enqueued { place, key }) => {
                self.copy.borrow_mut().put(place, entry);
                if key != self.key() {
                    // Another tab erased the person. That comes before all else: nothing may be sent in the name of somebody
                    // who is gone, for then nobody could ever take it back.
                    return vec![Reply::Wiped, Reply::Enqueued { id, place }];
                }
                place
            }
            None => self.copy.borrow_mut().enqueue(entry),
        };
        self.say(Some(Reply::Enqueued { id, place }))
    }

    pub(crate) async fn keep(&self, page: Page) -> Vec<Reply> {
        let had_failed = self.failed.get();
        let kept = self.on_device(self.device.keep(&page)).await;
        let copied = self.copy.borrow_mut().keep(&page);
        let mut replies = self.say(Some(Reply::Kept(kept.unwrap_or(copied))));
        if had_failed && self.is_worth_a_try() {
            replies.extend(self.back().await);
        }
        replies
    }

    /// Whether to look after the device that failed: not at once, and less and less often. Without a backend what was done
    /// in memory is nowhere else, and there is no way back.
    fn is_worth_a_try(&self) -> bool {
        let chances = self.chances.get() + 1;
        self.chances.set(chances);
        self.shared && chances > 1 && chances.is_power_of_two()
    }

    /// Goes back to the device that failed, if nothing is in memory alone. Boxed, because it hardly ever happens: what never
    /// happens need not be in the first module.
    #[inline(never)]
    fn back(&self) -> Pin<Box<dyn Future<Output = Option<Reply>> + '_>> {
        Box::pin(async {
            let held = self.copy.borrow().snapshot();
            let key = self.key().filter(|_| held.outbox.is_empty())?;
            let stored = self.hand_back(key, &held).await.ok().flatten()?;
            self.failed.set(false);
            self.chances.set(0);
            *self.copy.borrow_mut() = Shelf::copy_of(&stored);
            Some(Reply::Loaded(Snapshot { durable: true, ..stored.snapshot }))
        })
    }

    /// `None` if it is too early for that.
    async fn hand_back(&self, key: DeviceKey, held: &Snapshot) -> Result<Option<Stored>, StoreError> {
        let mut there = self.device.load(key).await?.snapshot;
        let Some(acts) = back::unknown(held, &there) else { return Ok(None) };
        if !acts.is_empty() {
            self.bring(key, acts).await?;
            there = self.device.load(key).await?.snapshot;
        }
        if let Some(page) = back::catch_up(held, &there) {
            // Stale if another tab was faster, which is as well.
            self.device.keep(&page).await?;
        }
        if there.me == held.me {
            self.device.note(&Note::Drafts(held.drafts.clone())).await?;
            self.device.note(&Note::Seen(held.seen.clone())).await?;
        }
        self.device.load(key).await.map(Some)
    }

    /// Puts acts that the backend got from memory through the device's outbox, so that the device remembers them: a backup
    /// that is put back may lack them.
    async fn bring(&self, key: DeviceKey, acts: Vec<Entry>) -> Result<(), StoreError> {
        for act in &acts {
            let Enqueued { place, key: whose } = self.device.enqueue(act).await?;
            if whose != Some(key) {
                // Another tab has just erased the person. Whoever is here now did none of this.
                self.device.discard(&[place]).await?;
                break;
            }
        }
        Ok(())
    }

    pub(crate) async fn note(&self, note: Note) -> Vec<Reply> {
        self.on_device(self.device.note(&note)).await;
        self.copy.borrow_mut().note(&note);
        self.say(None)
    }

    pub(crate) async fn discard(&self, places: Vec<Place>) -> Vec<Reply> {
        self.on_device(self.device.discard(&places)).await;
        self.copy.borrow_mut().discard(&places);
        self.say(None)
    }

    pub(crate) async fn wipe(&self) -> Vec<Reply> {
        if let Some(key) = self.key() {
            self.on_device(self.device.wipe(key)).await;
            self.copy.borrow_mut().wipe(key);
        }
        self.say(Some(Reply::Wiped))
    }

    /// What the device answers; `None` if it fails now or failed before.
    async fn on_device<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        if self.failed.get() {
            return None;
        }
        let done = call.await.ok();
        self.failed.set(done.is_none());
        self.untold.set(done.is_none());
        done
    }

    /// A reply, after the news that the device failed if nobody has been told.
    fn say(&self, reply: Option<Reply>) -> Vec<Reply> {
        let mut replies = Vec::new();
        if self.untold.take() {
            replies.push(Reply::StoreFailed);
            replies.push(Reply::Loaded(self.copy.borrow().snapshot()));
        }
        replies.extend(reply);
        replies
    }
}

#[cfg(test)]
mod tests;
