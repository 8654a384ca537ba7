//! The cache of the browser that holds the [second copy](crate::runtime::store::second_copy); `cache.js` says how it is
//! used as a shelf of texts.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::runtime::limit::within;
use crate::runtime::store::second_copy::Copy;

/// Milliseconds that a browser has to read a cache.
const READING_LIMIT: u32 = 3_000;
/// Milliseconds that an act waits for its second copy. It is on its way then, and the first one stands.
const PUTTING_LIMIT: u32 = 50;

mod shelf {
    use super::{Promise, wasm_bindgen};

    #[wasm_bindgen(module = "/src/runtime/store/indexed_db/cache.js")]
    extern "C" {
        pub(super) fn read(cache: &str) -> Promise;
        pub(super) fn put(cache: &str, name: &str, text: &str) -> Promise;
        pub(super) fn remove(cache: &str, name: &str) -> Promise;
        pub(super) fn clear(cache: &str) -> Promise;
    }
}

/// A cache, or nothing under its name: nobody can tell, and nobody has to.
#[derive(Debug, Clone)]
pub(in crate::runtime::store) struct Cache {
    name: String,
    /// How often everything was taken away.
    clearings: Rc<Cell<u32>>,
}

/// Something on its way into a cache.
pub(super) struct Putting(Promise);

impl Cache {
    /// The cache of this name.
    pub(in crate::runtime::store) fn of(name: String) -> Self {
        Self { name, clearings: Rc::default() }
    }

    /// All that stands in it; `None` if it takes too long or there is no cache.
    pub(in crate::runtime::store) async fn read(&self) -> Option<Copy> {
        let found = within(READING_LIMIT, JsFuture::from(shelf::read(&self.name))).await?.ok()?;
        let found: Vec<JsValue> = found.dyn_into::<Array>().ok()?.to_vec();
        let pairs =
            found.chunks_exact(2).filter_map(|pair| Some((pair[0].as_string()?, pair[1].as_string()?)));
        Some(pairs.collect())
    }

    /// Sends JSON on its way into the cache.
    pub(super) fn put(&self, name: &str, json: &[u8]) -> Putting {
        Putting(shelf::put(&self.name, name, str::from_utf8(json).unwrap_or_default()))
    }

    /// Takes something away, some time soon.
    pub(super) fn remove(&self, name: &str) {
        drop(shelf::remove(&self.name, name));
    }

    /// How often everything was taken away by now: what was read before is not worth anything after.
    pub(super) fn clearings(&self) -> u32 {
        self.clearings.get()
    }

    /// Takes everything away.
    pub(in crate::runtime::store) async fn clear(&self) {
        self.clearings.update(|clearings| clearings + 1);
        within(READING_LIMIT, JsFuture::from(shelf::clear(&self.name))).await;
    }
}

impl Putting {
    /// Waits until it is there, but not for long.
    pub(super) async fn wait(self) {
        within(PUTTING_LIMIT, JsFuture::from(self.0)).await;
    }
}
