//! The little of JavaScript that its interfaces ask for everywhere: plain objects, promises to keep by hand, timers, tasks.

use std::future::Future;
use std::pin::Pin;

use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// An object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Fails on frozen objects and the like, never on a new one.
        drop(Reflect::set(&object, &JsValue::from_str(name), value));
    }
    object
}

/// A promise, and the function that resolves it.
pub(super) fn promise() -> (Promise, Function) {
    // Not `Function::default()`: that is `new Function('')`, which a strict content security policy refuses.
    let mut resolver: Function = JsValue::UNDEFINED.unchecked_into();
    let promise = Promise::new(&mut |resolve, _| resolver = resolve);
    (promise, resolver)
}

/// Calls a resolver, which never fails.
pub(super) fn resolve(resolver: &Function, value: &JsValue) {
    drop(resolver.call1(&JsValue::UNDEFINED, value));
}

/// A timer that resolves with `true`. Dropped, it does not ring.
pub(super) fn timer(milliseconds: u32, resolver: Function) -> Timeout {
    Timeout::new(milliseconds, move || resolve(&resolver, &JsValue::TRUE))
}

/// Waits so many milliseconds.
pub(crate) async fn pause(milliseconds: u32) {
    let (over, ring) = promise();
    let _timer = timer(milliseconds, ring);
    drop(JsFuture::from(over).await);
}

/// Starts a task. Boxed, so that what drives it is compiled once and not for each kind of task.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
