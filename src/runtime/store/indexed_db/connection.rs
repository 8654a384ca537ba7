//! The connection to a database: opened in time or not at all, and never trusted again once it failed.
//!
//! Most writes that browsers lose in the wild are tries on a handle that is dead already. So whatever goes wrong, the
//! handle is dropped and the next try opens another.

use std::cell::{Cell, RefCell};
use std::future::IntoFuture as _;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::prelude::*;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::ALL;
use super::change::{Added, Change, Reading};
use crate::runtime::js;
use crate::runtime::limit::within;
use crate::runtime::store::StoreError;
use crate::runtime::store::schema::{OUTBOX, VERSION};

/// Milliseconds that a browser has to open a database. One that waits for another tab waits for ever.
const OPENING_LIMIT: u32 = 3_000;
/// Milliseconds that a change may take. One that waits for a tab that sleeps in the middle of its own waits as long as
/// that sleeps; given up, it is undone. The first one of a visit has time: who gives up then does not even know who they
/// are. Later an act waits no longer than people do before they wonder, and for a database that did not answer nobody
/// waits twice.
const FIRST_LIMIT: u32 = 5_000;
const CHANGING_LIMIT: u32 = 900;
const AGAIN_LIMIT: u32 = 400;
/// Milliseconds between the tries.
const PAUSES: [u32; 2] = [50, 250];

/// The one connection of a store.
#[derive(Debug)]
pub(super) struct Connection {
    name: String,
    open: RefCell<Option<Database>>,
    reading: Reading,
    /// How many milliseconds the next change may take.
    limit: Cell<u32>,
    /// Whether the browser said that it lost the database, and nobody asked yet.
    loss: Rc<Cell<bool>>,
}

/// Why there is no connection.
enum Unopened {
    /// It takes too long; another try would take as long.
    TooSlow,
    /// The browser says why.
    Because(OpenDbError),
}

impl Connection {
    pub(super) fn to(name: String) -> Self {
        let (open, reading, loss) = Default::default();
        Self { name, open, reading, limit: Cell::new(FIRST_LIMIT), loss }
    }

    /// Makes a change, on a fresh connection each time that it fails.
    pub(super) async fn change(&self, mut change: Change<'_>) -> Result<Added, StoreError> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let error = match self.database().await {
                Ok(database) => match within(self.limit.get(), change.make(&database, &self.reading)).await {
                    Some(Ok(done)) => {
                        self.limit.set(CHANGING_LIMIT);
                        return Ok(done);
                    }
                    Some(Err(error)) => error,
                    None => return Err(self.given_up(StoreError("the database does not answer".into()))),
                },
                Err(Unopened::Because(OpenDbError::Base(error))) => error.into(),
                Err(Unopened::Because(_)) => StoreError("this browser has no database".into()),
                Err(Unopened::TooSlow) => {
                    return Err(self.given_up(StoreError("the database does not open".into())));
                }
            };
            self.close();
            let Some(pause) = pauses.next().filter(|_| self.limit.get() != AGAIN_LIMIT) else {
                return Err(self.given_up(error));
            };
            js::pause(pause).await;
        }
    }

    async fn database(&self) -> Result<Database, Unopened> {
        if let Some(database) = &*self.open.borrow() {
            return Ok(database.clone());
        }
        let limit = OPENING_LIMIT.min(self.limit.get());
        let database = open(&self.name, limit, Rc::clone(&self.loss)).await?;
        *self.open.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    /// The person sees a banner; what the browser said is for whoever looks into the console.
    fn given_up(&self, error: StoreError) -> StoreError {
        self.close();
        self.limit.set(AGAIN_LIMIT);
        web_sys::console::warn_1(&JsValue::from_str(&format!("cercle: this device keeps nothing: {error}")));
        error
    }

    /// Leaves the database to the others: the page may be put aside whole.
    pub(super) fn let_go(&self) {
        self.reading.stop();
    }

    /// Whether the browser lost the database since this was asked last.
    pub(super) fn takes_loss(&self) -> bool {
        self.loss.take()
    }

    /// Closes the handle and goes on using it.
    #[cfg(feature = "contract")]
    pub(super) fn break_it(&self) {
        if let Some(database) = &*self.open.borrow() {
            database.clone().close();
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

async fn open(name: &str, limit: u32, loss: Rc<Cell<bool>>) -> Result<Database, Unopened> {
    let opening = Database::open(name)
        .with_version(VERSION)
        .with_on_upgrade_needed(move |_, database| {
            loss.set(is_after_loss().unwrap_or_default());
            create(&database)
        })
        .into_future();
    let mut opening = Box::pin(opening);
    if let Some(opened) = within(limit, opening.as_mut()).await {
        return opened.map_err(Unopened::Because);
    }
    // It may open after all, when nobody wants it any more.
    js::spawn(async move {
        if let Ok(database) = opening.await {
            database.close();
        }
    });
    Err(Unopened::TooSlow)
}

/// Whether the database is new because the browser lost another. Chromium alone says so, on the event itself, which our
/// library keeps for itself.
fn is_after_loss() -> Option<bool> {
    let window: JsValue = web_sys::window()?.into();
    let event = Reflect::get(&window, &"event".into()).ok()?;
    Some(Reflect::get(&event, &"dataLoss".into()).ok()? == "total")
}

fn create(database: &Database) -> Result<(), Error> {
    for name in ALL {
        database.create_object_store(name).with_auto_increment(name == OUTBOX).build()?;
    }
    Ok(())
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        // Of everything that could be said only the browser's own words are worth their weight.
        Self(match error {
            Error::DomException(error) => error.message(),
            _ => "the database answers what it should not".to_owned(),
        })
    }
}
