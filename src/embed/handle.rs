//! What an element of `element.js` holds while it stands in a page.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Url};

use super::config::Config;
use super::instance::Instance;
use crate::app::Intent;
use crate::runtime::js::object;
use crate::runtime::remote::Fetch;
use crate::text::Locale;
use crate::view::Part;

/// One element in a page. Freed, it leaves nothing behind.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    element: HtmlElement,
    root: HtmlElement,
    part: Part,
    fetch: Fetch,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    config: Config,
    /// Whether the page gave a way to get tokens.
    has_tokens: bool,
    instance: Instance,
}

/// Draws an element into `root`, a child of its shadow root. `part` is its tag without `cercle-`; `languages` are the ones
/// that it stands among, the nearest first; `ask` is `fetch`, and knows why the browser kept a request. Throws `{code, message}` where the page asks for what there is not.
#[wasm_bindgen]
pub fn mount(
    element: HtmlElement,
    root: HtmlElement,
    part: &str,
    languages: Vec<String>,
    ask: Function,
) -> Result<Handle, JsValue> {
    let part = match part {
        "board" => Part::Board,
        "signup" => Part::Signup,
        _ => Part::Community,
    };
    let mut handle = Handle { element, root, part, fetch: Fetch::by(ask), running: None };
    handle.update(languages)?;
    Ok(handle)
}

#[wasm_bindgen]
impl Handle {
    /// Reads the attributes and the property again.
    pub fn update(&mut self, languages: Vec<String>) -> Result<(), JsValue> {
        let config = Config::read(|name| self.element.get_attribute(name), &languages)
            .map_err(|_| bad_community(&languages))?;
        let has_tokens = Reflect::get(&self.element, &"getToken".into()).is_ok_and(|get| get.is_function());
        match &mut self.running {
            Some(running) if running.config.is_same_place(&config) => {
                running.instance.adapt(&config);
                if has_tokens && !running.has_tokens {
                    running.instance.wish(Intent::TryAgain);
                }
                running.config = config;
                running.has_tokens = has_tokens;
            }
            running => {
                // What stood here goes first: two of them would draw into one root.
                *running = None;
                let backend = config.backend.as_deref().map(absolute);
                let instance = Instance::start(
                    &self.element,
                    &self.root,
                    self.part,
                    &config,
                    backend.as_deref(),
                    &self.fetch,
                );
                *running = Some(Running { config, has_tokens, instance });
            }
        }
        Ok(())
    }
}

fn bad_community(languages: &[String]) -> JsValue {
    let text = Locale::first(languages.iter().map(String::as_str)).text();
    object(&[("code", "bad_community".into()), ("message", text.later().bad_community.into())]).into()
}

/// The address of the backend as seen from the page, without a slash at its end. What is no address at all stays as it
/// is: nothing can be reached there, which the person will be told.
fn absolute(address: &str) -> String {
    let page = web_sys::window().and_then(|window| window.document());
    let base = page.and_then(|page| page.base_uri().ok().flatten()).unwrap_or_default();
    let url = Url::new_with_base(address, &base).map_or_else(|_| address.to_owned(), |url| url.href());
    url.trim_end_matches('/').to_owned()
}
