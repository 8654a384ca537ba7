//! The backend by `fetch`: three addresses, one dialect of JSON, no cookie.

use std::cell::{Cell, RefCell};

use cercle_domain::id::{Epoch, Ver};
use cercle_domain::protocol::SyncRequest;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, VisibilityState};

use super::answer::Response;
use super::fetch::{Fetch, meaning};
use super::lock::{self, Held};
use super::token::Tokens;
use super::{Heard, Remote, Synced};
use crate::app::reply::RemoteError;
use crate::runtime::js::object;
use crate::runtime::limit::within;
use crate::runtime::store::DeviceKey;

/// Milliseconds that a request may take where nobody says how many, and the host page to give a token.
const LIMIT: u32 = 10_000;
/// Seconds that the backend may take to say that there is no news.
const PATIENCE: u32 = 20;
/// Milliseconds that a turn to listen may take.
const LISTENING_LIMIT: u32 = LIMIT + PATIENCE * 1_000;
/// How often in a row a turn to sync is asked for before it is taken. It is asked for every 300 ms or so.
const ASKED_ENOUGH: u32 = 3;

/// A community on a backend.
#[derive(Debug)]
pub(crate) struct Http {
    /// `<backend>/v1/communities/<community>`.
    address: String,
    tokens: Tokens,
    fetch: Fetch,
    /// The name that all tabs and elements with this community on this backend share.
    name: String,
    /// Our turn to sync, while it lasts.
    turn: RefCell<Option<Held>>,
    /// How often in a row it was not.
    refusals: Cell<u32>,
    /// Ends the listening under way.
    listening: RefCell<Option<AbortController>>,
}

impl Http {
    /// A community on the backend at this address, which has no slash at its end.
    pub(crate) fn new(backend: &str, community: &str, name: String, tokens: Tokens, fetch: Fetch) -> Self {
        let address = format!("{backend}/v1/communities/{community}");
        let (turn, refusals, listening) = Default::default();
        Self { address, tokens, fetch, name, turn, refusals, listening }
    }

    /// Lets go of every lock and stops listening: the page goes out of sight, and one that holds a lock cannot be put
    /// aside whole by the browser. A sync under way goes on; it does no harm beside another.
    pub(crate) fn let_go(&self) {
        drop(self.turn.take());
        if let Some(listening) = self.listening.take() {
            listening.abort();
        }
    }

    async fn ask(&self, asked: &Asked<'_>, controller: &AbortController) -> Result<Response, RemoteError> {
        let response = within(asked.limit, async {
            let authorization = self.tokens.authorization(asked.key).await?;
            let address = format!("{}{}", self.address, asked.path);
            let body = asked.json.as_deref();
            let response = self.fetch(&address, &authorization, body, controller).await;
            response.map_err(|error| meaning(&error))
        });
        response.await.unwrap_or_else(|| {
            controller.abort();
            Err(RemoteError::Unreachable)
        })
    }

    async fn fetch(
        &self,
        address: &str,
        authorization: &str,
        json: Option<&str>,
        controller: &AbortController,
    ) -> Result<Response, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let headers = Headers::new()?;
        headers.set("authorization", authorization)?;
        // `keepalive` is not among web-sys's setters. It lets the last acts of a visit go out while the page closes.
        let hidden = window.document().is_some_and(|page| page.visibility_state() == VisibilityState::Hidden);
        let init: RequestInit = object(&[("keepalive", (hidden && json.is_some()).into())]).unchecked_into();
        init.set_credentials(RequestCredentials::Omit);
        // That no cache may keep its answers the backend says itself. Were we to ask for it, Chromium would ask the backend for
        // leave before each request anew, and would not take such a question back when we give up: with six that nobody
        // answers, nothing gets out any more.
        init.set_signal(Some(&controller.signal()));
        if let Some(json) = json {
            headers.set("content-type", "application/json")?;
            init.set_method("POST");
            init.set_body(&JsValue::from_str(json));
        }
        init.set_headers(&headers);
        let response = self.fetch.ask(address, &init).await?;
        let body = JsFuture::from(response.text()?).await?;
        Ok(Response {
            status: response.status(),
            retry_after: response.headers().get("retry-after")?,
            body: body.as_string().unwrap_or_default(),
        })
    }
}

impl Remote for Http {
    async fn sync(
        &self,
        key: DeviceKey,
        request: &SyncRequest,
        fresh_token: bool,
        patience_ms: u64,
    ) -> Result<Synced, RemoteError> {
        let json = serde_json::to_string(request).map_err(|_| RemoteError::Refused)?;
        let controller = controller()?;
        if fresh_token {
            self.tokens.forget();
        }
        let name = format!("{}-sync", self.name);
        let refusals = self.refusals.get();
        let turn =
            if refusals < ASKED_ENOUGH { lock::take_if_free(&name).await } else { lock::take(&name).await };
        let Some(turn) = turn else {
            self.refusals.set(refusals + 1);
            return Ok(Synced::Busy);
        };
        self.refusals.set(0);
        self.turn.replace(Some(turn));
        // What the host page takes is not taken off what the backend may take.
        let for_token = if self.tokens.has_to_ask() { LIMIT } else { 0 };
        let limit = u32::try_from(patience_ms).unwrap_or(LIMIT) + for_token;
        let asked = Asked { path: "/sync", json: Some(json), limit, ..Asked::by(key) };
        let response = self.ask(&asked, &controller).await;
        let turn = self.turn.take();
        if let Some(turn) = turn {
            turn.end().await;
        }
        response?.answer().map(Synced::Answered)
    }

    async fn listen(&self, key: DeviceKey, epoch: Epoch, since: Ver) -> Result<Heard, RemoteError> {
        let controller = controller()?;
        self.listening.replace(Some(controller.clone()));
        let name = format!("{}-listen", self.name);
        let response = match lock::wait_for(&name, &controller.signal(), LISTENING_LIMIT).await {
            Some(_turn) => {
                let path = format!("/changes?epoch={epoch}&since={since}&limit=0&wait={PATIENCE}");
                self.ask(&Asked { path: &path, limit: LISTENING_LIMIT, ..Asked::by(key) }, &controller).await
            }
            None => Err(RemoteError::Unreachable),
        };
        if self.listening.take().is_none() {
            // We were told to let go.
            return Ok(Heard::Silence);
        }
        let answer = response?.answer()?;
        let news = answer.more || answer.reset || !answer.rows.is_empty() || answer.epoch != epoch;
        Ok(if news { Heard::News } else { Heard::Silence })
    }

    async fn claim(&self, key: DeviceKey, code: &str) -> Result<(), RemoteError> {
        let code = serde_json::to_string(code).map_err(|_| RemoteError::Refused)?;
        let json = format!("{{\"code\":{code}}}");
        let asked = Asked { path: "/facilitator", json: Some(json), ..Asked::by(key) };
        self.ask(&asked, &controller()?).await?.done()
    }
}

/// A request.
struct Asked<'a> {
    key: DeviceKey,
    path: &'a str,
    /// What to post; without it nothing is posted.
    json: Option<String>,
    /// Milliseconds that it may take.
    limit: u32,
}

impl Asked<'_> {
    fn by(key: DeviceKey) -> Self {
        Self { key, path: "", json: None, limit: LIMIT }
    }
}

fn controller() -> Result<AbortController, RemoteError> {
    AbortController::new().map_err(|_| RemoteError::Unreachable)
}
