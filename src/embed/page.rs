//! What the host page is told, and the files that it lets a person keep.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, CustomEvent, CustomEventInit, HtmlAnchorElement, HtmlElement, Url};

use crate::app::effect::{HostEvent, SyncWord};
use crate::runtime::Host;
use crate::runtime::js::{object, pause, spawn};
use crate::text::Locale;
use cercle_domain::id::TopicId;

/// Milliseconds that a browser has to take over a file that was offered.
const LONG_ENOUGH: u32 = 60_000;

/// The page around one element.
#[derive(Debug)]
pub(super) struct Page {
    element: HtmlElement,
    locale: Rc<Cell<Locale>>,
}

impl Page {
    pub(super) fn around(element: HtmlElement, locale: Rc<Cell<Locale>>) -> Self {
        Self { element, locale }
    }
}

impl Host for Page {
    fn announce(&self, event: HostEvent) {
        let (name, detail) = match event {
            HostEvent::Ready => ("cercle-ready", vec![]),
            HostEvent::TopicProposed(id) => ("cercle-topic-proposed", vec![topic(id)]),
            HostEvent::Voted { topic: id, on } => ("cercle-voted", vec![topic(id), ("on", on.into())]),
            HostEvent::SignedUp(id) => ("cercle-signed-up", id.map(topic).into_iter().collect()),
            HostEvent::SteppedBack(id) => ("cercle-stepped-back", id.map(topic).into_iter().collect()),
            HostEvent::Sync { state, waiting } => {
                let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
                ("cercle-sync", vec![("state", word(state).into()), ("waiting", waiting.into())])
            }
            HostEvent::Error(trouble) => {
                let message = self.locale.get().text().trouble(trouble);
                ("cercle-error", vec![("code", trouble.code().into()), ("message", message.into())])
            }
        };
        dispatch(&self.element, name, &detail);
    }

    fn save(&self, name: &str, json: &str) {
        // A browser that will not offer a file (a frame without `allow-downloads`) says so itself.
        drop(offer(&self.element, name, json));
    }
}

fn topic(id: TopicId) -> (&'static str, JsValue) {
    ("topic", id.to_string().into())
}

fn word(state: SyncWord) -> &'static str {
    match state {
        SyncWord::Local => "local",
        SyncWord::Saved => "saved",
        SyncWord::Pending => "pending",
        SyncWord::Offline => "offline",
    }
}

fn dispatch(element: &HtmlElement, name: &str, detail: &[(&str, JsValue)]) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&object(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // What the page's listeners throw is reported to the page by the browser, not to us.
        drop(element.dispatch_event(&event));
    }
}

fn offer(element: &HtmlElement, name: &str, json: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let page = element.owner_document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = page.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    spawn(async move {
        // Some browsers begin to read it a while after the click.
        pause(LONG_ENOUGH).await;
        drop(Url::revoke_object_url(&url));
    });
    Ok(())
}
