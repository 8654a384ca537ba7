//! Who we are to the backend: a bearer token where the host page has one to give, this device's key otherwise.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::app::reply::RemoteError;
use crate::runtime::store::DeviceKey;

/// The tokens of an element, by its property `getToken`. They stay in memory only.
#[derive(Debug)]
pub(crate) struct Tokens {
    element: JsValue,
    token: RefCell<Option<String>>,
}

impl Tokens {
    /// The tokens of this element.
    pub(crate) fn of(element: JsValue) -> Self {
        Self { element, token: RefCell::default() }
    }

    /// Forgets the last one: the backend takes it no more.
    pub(super) fn forget(&self) {
        self.token.take();
    }

    /// The `Authorization` header.
    pub(super) async fn authorization(&self, key: DeviceKey) -> Result<String, RemoteError> {
        let Some(get_token) = self.get_token() else { return Ok(format!("Device {key}")) };
        let known = self.token.borrow().clone();
        let token = match known {
            Some(token) => token,
            None => self.ask(&get_token).await.ok_or(RemoteError::Unauthorized)?,
        };
        Ok(format!("Bearer {token}"))
    }

    /// Whether the host page is to be asked for one.
    pub(super) fn has_to_ask(&self) -> bool {
        self.token.borrow().is_none() && self.get_token().is_some()
    }

    fn get_token(&self) -> Option<Function> {
        Reflect::get(&self.element, &"getToken".into()).ok()?.dyn_into().ok()
    }

    /// A page that gives no token, or breaks over it, leaves us unknown; the next try asks again.
    async fn ask(&self, get_token: &Function) -> Option<String> {
        let asked = get_token.call0(&self.element).ok()?;
        let token = JsFuture::from(Promise::resolve(&asked)).await.ok()?;
        let token = token.as_string().filter(|token| !token.is_empty())?;
        self.token.replace(Some(token.clone()));
        Some(token)
    }
}
