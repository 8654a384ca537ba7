//! What a browser says to a request of its database, waited for.
//!
//! What resolves a promise is the listener itself, so there is none to let go of, whatever happens first. Whoever waits
//! goes on before the browser looks whether the transaction has anything left to do.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbRequest};

use crate::runtime::js::promise;
use crate::runtime::store::StoreError;

/// What a request comes to.
pub(crate) async fn answer(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let (settled, settle) = promise();
    request.set_onsuccess(Some(&settle));
    request.set_onerror(Some(&settle));
    JsFuture::from(settled).await?;
    match request.error()? {
        None => Ok(request.result()?),
        error => Err(said(error)),
    }
}

/// Of everything that could be said only the browser's own words are worth their weight.
pub(super) fn said(error: Option<DomException>) -> StoreError {
    StoreError(
        error.map_or_else(|| "the database answers what it should not".to_owned(), |error| error.message()),
    )
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        said(thrown.dyn_into().ok())
    }
}
