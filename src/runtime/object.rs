//! Plain objects, as browsers' interfaces want their options.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// An object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Fails on frozen objects and the like, never on a new one.
        drop(Reflect::set(&object, &JsValue::from_str(name), value));
    }
    object
}
