//! Turns between the tabs and elements of one browser, by Web Locks.
//!
//! Where a browser has none (a page on plain http), everybody goes ahead: what is sent twice is done once, so turns
//! save work and are never needed to be right.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use crate::runtime::js::{object, promise, resolve};

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
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            resolve(release, &JsValue::UNDEFINED);
        }
    }
}

/// A turn, if it is nobody's.
pub(super) async fn take_if_free(name: &str) -> Option<Held> {
    request(name, &object(&[("ifAvailable", JsValue::TRUE)])).await
}

/// A turn, whenever it comes; `None` if the signal comes first.
pub(super) async fn wait_for(name: &str, signal: &AbortSignal) -> Option<Held> {
    request(name, &object(&[("signal", signal.into())])).await
}

async fn request(name: &str, options: &JsValue) -> Option<Held> {
    let Some(locks) = locks() else { return Some(Held { release: None }) };
    let (granted, grant) = promise();
    let (released, release) = promise();
    let on_granted = Closure::once(move |lock: JsValue| -> Promise {
        resolve(&grant, &lock);
        released
    });
    let requested = locks.request(name, options, &on_granted);
    let held = Held { release: Some(release) };
    let first = Promise::race(&Array::of2(&granted, &requested));
    let lock = JsFuture::from(first).await.ok()?;
    // Without a lock there is nothing to hold, and whoever waits for us to let go need not.
    lock.is_truthy().then_some(held)
}

fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
