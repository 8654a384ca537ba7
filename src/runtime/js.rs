//! The little of JavaScript that its interfaces ask for everywhere: plain objects, promises to keep by hand, tasks.

use std::future::Future;
use std::pin::Pin;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

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

/// Starts a task. Boxed, so that what drives it is compiled once and not for each kind of task.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
