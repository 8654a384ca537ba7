//! Requests by a function of `src/embed/element.js`, which knows who can find out why the browser kept one.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestInit;

use crate::app::reply::{Hindrance, RemoteError};

/// Asks as `fetch` does. Where that fails without an answer and somebody knows why, the error is a word.
#[derive(Debug, Clone)]
pub(crate) struct Fetch(Function);

impl Fetch {
    pub(crate) fn by(function: Function) -> Self {
        Self(function)
    }

    pub(super) async fn ask(&self, address: &str, init: &RequestInit) -> Result<web_sys::Response, JsValue> {
        let promise: Promise = self.0.call2(&JsValue::NULL, &address.into(), init)?.unchecked_into();
        JsFuture::from(promise).await.map(JsValue::unchecked_into)
    }
}

/// What became of a request that failed with this.
pub(super) fn meaning(error: &JsValue) -> RemoteError {
    match error.as_string().as_deref() {
        Some("insecure") => RemoteError::Hindered(Hindrance::Insecure),
        Some("policy") => RemoteError::Hindered(Hindrance::Policy),
        Some("local_network") => RemoteError::Hindered(Hindrance::LocalNetwork),
        Some("address") => RemoteError::Hindered(Hindrance::Address),
        Some("origin") => RemoteError::ForbiddenOrigin,
        _ => RemoteError::Unreachable,
    }
}
