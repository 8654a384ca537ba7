//! The end of the whole module: a bug. Every element on the page says so, instead of standing there dead.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

thread_local! {
    /// One for the module, because its end is the end of all instances.
    static LAST_WORDS: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Calls `tell` when the module comes to its end. Nothing in it may be called after that.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(tell: Function) {
    LAST_WORDS.replace(Some(tell));
    std::panic::set_hook(Box::new(|bug| {
        web_sys::console::error_1(&JsValue::from_str(&bug.to_string()));
        LAST_WORDS.with(|words| {
            if let Ok(Some(tell)) = words.try_borrow().as_deref() {
                drop(tell.call0(&JsValue::UNDEFINED));
            }
        });
    }));
}
