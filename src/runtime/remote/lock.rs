//! Turns between the tabs and elements of one browser, by Web Locks.
//!
//! Where a browser has none (a page on plain http) or refuses them (one that keeps no data of sites), everybody goes
//! ahead: what is sent twice is done once, so turns save work and are never needed to be right.
//!
//! A browser may put a tab to sleep in the middle of its turn, and then keeps its lock for as long as it sleeps. So a
//! turn that lasts longer than turns do is ended by whoever waits for it.

use std::pin::pin;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::runtime::js::{object, promise, resolve};
use crate::runtime::limit::within;

#[wasm_bindgen]
extern "C" {
    /// The part of `navigator.locks` that we use; web-sys calls it unstable.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        granted: &Closure<dyn FnMut(JsValue) -> Promise>,
    ) -> Promise;
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    release: Function,
    /// Resolves once the turn is over for the browser too.
    over: Promise,
}

impl Held {
    /// A turn that nobody else knows of.
    fn unshared() -> Self {
        let (over, release) = promise();
        Self { release, over }
    }

    /// Ends the turn, so that whoever asks next finds it free; a turn that is merely dropped may still seem taken a moment.
    pub(super) async fn end(self) {
        let over = self.over.clone();
        drop(self);
        drop(JsFuture::from(over).await);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        resolve(&self.release, &JsValue::UNDEFINED);
    }
}

/// A turn, if it is nobody's.
pub(super) async fn take_if_free(name: &str) -> Option<Held> {
    ask(name, "ifAvailable").await
}

/// A turn, whosever it is.
pub(super) async fn take(name: &str) -> Option<Held> {
    ask(name, "steal").await
}

async fn ask(name: &str, how: &str) -> Option<Held> {
    let turn = request(name, &object(&[(how, JsValue::TRUE)])).await;
    turn.unwrap_or_else(|_| Some(Held::unshared()))
}

/// A turn, whenever it comes; `None` if the signal comes first. Nobody has it for longer than `limit` milliseconds.
pub(super) async fn wait_for(name: &str, signal: &AbortSignal, limit: u32) -> Option<Held> {
    let options = object(&[("signal", signal.into())]);
    let mut turn = pin!(request(name, &options));
    let turn = loop {
        if let Some(turn) = within(limit, turn.as_mut()).await {
            break turn;
        }
        // Let go of at once, it goes to whoever waits longest.
        drop(take(name).await);
    };
    turn.unwrap_or_else(|_| (!signal.aborted()).then(Held::unshared))
}

async fn request(name: &str, options: &JsValue) -> Result<Option<Held>, JsValue> {
    let Some(locks) = locks() else { return Ok(Some(Held::unshared())) };
    let (released, release) = promise();
    let (granted, grant) = promise();
    let on_granted = Closure::once(move |lock: JsValue| -> Promise {
        resolve(&grant, &lock);
        released
    });
    let over = locks.request(name, options, &on_granted);
    let held = Held { release, over: over.clone() };
    let first = Promise::race(&Array::of2(&granted, &over));
    let lock = JsFuture::from(first).await?;
    // Without a lock there is nothing to hold, and whoever waits for us to let go need not.
    Ok(lock.is_truthy().then_some(held))
}

fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
