//! The device, and memory in its stead once the device will not keep things any more.
//!
//! A disk that is full, a database that died, a browser that forbids storage: the person goes on all the same, with a
//! banner. So the page holds a copy of all that the device keeps; when the device fails, the copy takes over, does what
//! the device would not do, and nothing that was on screen is lost while the page lives.

use std::cell::{Cell, RefCell};
use std::future::Future;

#[cfg(feature = "planted")]
use cercle_domain::planted::{Bug, planted};

use super::memory::Shelf;
use super::{DeviceKey, Store, StoreError, Stored};
use crate::app::Reply;
use crate::app::effect::{Entry, Note, Page, Place};
use crate::app::reply::Snapshot;

/// Keeps things on the device for as long as it can.
#[derive(Debug)]
pub(crate) struct Keeper<S> {
    device: S,
    copy: RefCell<Shelf>,
    /// Whether the device failed, in this visit.
    failed: Cell<bool>,
    /// Whether it failed just now, and nobody has been told.
    untold: Cell<bool>,
    /// Acts that a planted mistake keeps from the device.
    #[cfg(feature = "planted")]
    held: RefCell<Vec<Entry>>,
}

impl<S: Store> Keeper<S> {
    pub(crate) fn new(device: S) -> Self {
        Self {
            device,
            copy: RefCell::default(),
            failed: Cell::new(false),
            untold: Cell::new(false),
            #[cfg(feature = "planted")]
            held: RefCell::default(),
        }
    }

    /// What this device shows the backend; `None` until the first load.
    pub(crate) fn key(&self) -> Option<DeviceKey> {
        self.copy.borrow().key()
    }

    pub(crate) async fn load(&self, fresh: DeviceKey) -> Vec<Reply> {
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
            Some(place) => {
                self.copy.borrow_mut().put(place, entry);
                place
            }
            None => self.copy.borrow_mut().enqueue(entry),
        };
        self.say(Some(Reply::Enqueued { id, place }))
    }

    pub(crate) async fn keep(&self, page: Page) -> Vec<Reply> {
        let kept = self.on_device(self.device.keep(&page)).await;
        let copied = self.copy.borrow_mut().keep(&page);
        self.say(Some(Reply::Kept(kept.unwrap_or(copied))))
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
