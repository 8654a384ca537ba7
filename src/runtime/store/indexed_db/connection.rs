//! The connection to a database: opened in time or not at all, and never trusted again once it failed.
//!
//! Most writes that browsers lose in the wild are tries on a handle that is dead already. So whatever goes wrong, the
//! handle is dropped and the next try opens another.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbObjectStoreParameters, IdbOpenDbRequest};

use super::ALL;
use super::change::Change;
use super::request::answer;
use crate::runtime::js;
use crate::runtime::limit::within;
use crate::runtime::store::StoreError;
use crate::runtime::store::schema::{OUTBOX, VERSION};

/// Milliseconds that a browser has to open a database. One that waits for another tab waits for ever.
const OPENING_LIMIT: u32 = 3_000;
/// Milliseconds between the tries.
const PAUSES: [u32; 2] = [50, 250];

/// The one connection of a store.
#[derive(Debug)]
pub(super) struct Connection {
    name: String,
    open: RefCell<Option<IdbDatabase>>,
}

impl Connection {
    pub(super) fn to(name: String) -> Self {
        Self { name, open: RefCell::new(None) }
    }

    /// Makes a change, on a fresh connection each time that it fails.
    pub(super) async fn change(&self, mut change: Change<'_>) -> Result<u64, StoreError> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let error = match self.try_to(&mut change).await {
                Ok(Some(done)) => return Ok(done),
                // Another try would take as long.
                Ok(None) => return Err(given_up(StoreError("the database does not open".into()))),
                Err(error) => error,
            };
            self.close();
            let Some(pause) = pauses.next() else { return Err(given_up(error)) };
            js::pause(pause).await;
        }
    }

    /// `None` where the database does not open in time.
    async fn try_to(&self, change: &mut Change<'_>) -> Result<Option<u64>, StoreError> {
        let known = self.open.borrow().clone();
        let database = if let Some(database) = known {
            database
        } else if let Some(database) = open(&self.name).await? {
            self.open.replace(Some(database.clone()));
            database
        } else {
            return Ok(None);
        };
        change.make(&database).await.map(Some)
    }

    /// Closes the handle and goes on using it.
    #[cfg(feature = "contract")]
    pub(super) fn break_it(&self) {
        if let Some(database) = &*self.open.borrow() {
            database.close();
        }
    }

    fn close(&self) {
        if let Some(database) = self.open.take() {
            database.close();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.close();
    }
}

async fn open(name: &str) -> Result<Option<IdbDatabase>, StoreError> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok()?);
    let factory = factory.ok_or_else(|| StoreError("this browser has no database".into()))?;
    let mut opening = Box::pin(opened(factory.open_with_u32(name, VERSION.into())?));
    if let Some(opened) = within(OPENING_LIMIT, opening.as_mut()).await {
        return opened.map(Some);
    }
    // It may open after all, when nobody wants it any more.
    js::spawn(async move {
        if let Ok(database) = opening.await {
            database.close();
        }
    });
    Ok(None)
}

async fn opened(request: IdbOpenDbRequest) -> Result<IdbDatabase, StoreError> {
    let new = request.clone();
    let create = Closure::once(move || create(new.result()?.unchecked_ref()));
    request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
    Ok(answer(&request).await?.unchecked_into())
}

/// Makes the object stores. A failure is thrown at the browser, and nothing is made.
fn create(database: &IdbDatabase) -> Result<(), JsValue> {
    let numbered = IdbObjectStoreParameters::new();
    for name in ALL {
        numbered.set_auto_increment(name == OUTBOX);
        database.create_object_store_with_optional_parameters(name, &numbered)?;
    }
    Ok(())
}

/// The person sees a banner; what the browser said is for whoever looks into the console.
fn given_up(error: StoreError) -> StoreError {
    web_sys::console::warn_1(&JsValue::from_str(&format!("cercle: this device keeps nothing: {error}")));
    error
}
