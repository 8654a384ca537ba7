//! What an element of `element.js` holds while it stands in a page.

use std::mem::replace;

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
    /// Whether the page gave a way to get tokens.
    has_tokens: bool,
    instance: Instance,
}

/// Draws an element into `root`, a child of its shadow root, in place of what stands there. `part` is its tag without
/// `cercle-`; `languages` are the ones that it stands among, the nearest first; `ask` is `fetch`, and knows why the browser
/// kept a request. Throws `{code, message}` where the page asks for what there is not.
#[wasm_bindgen]
pub fn mount(
    element: HtmlElement,
    root: &HtmlElement,
    part: &str,
    languages: Vec<String>,
    ask: Function,
) -> Result<Handle, JsValue> {
    let part = match part {
        "board" => Part::Board,
        "signup" => Part::Signup,
        _ => Part::Community,
    };
    let config = read(&element, &languages)?;
    let backend = config.backend.as_deref().map(absolute);
    let instance = Instance::start(&element, root, part, &config, backend.as_deref(), &Fetch::by(ask));
    Ok(Handle { has_tokens: has_tokens(&element), element, instance })
}

#[wasm_bindgen]
impl Handle {
    /// Reads the attributes and the property again. Another community or backend takes another handle.
    pub fn update(&mut self, languages: Vec<String>) -> Result<(), JsValue> {
        self.instance.adapt(&read(&self.element, &languages)?);
        let had_tokens = replace(&mut self.has_tokens, has_tokens(&self.element));
        if self.has_tokens && !had_tokens {
            self.instance.wish(Intent::TryAgain);
        }
        Ok(())
    }
}

fn read(element: &HtmlElement, languages: &[String]) -> Result<Config, JsValue> {
    Config::read(|name| element.get_attribute(name), languages).map_err(|_| bad_community(languages))
}

fn has_tokens(element: &HtmlElement) -> bool {
    Reflect::get(element, &"getToken".into()).is_ok_and(|get| get.is_function())
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
