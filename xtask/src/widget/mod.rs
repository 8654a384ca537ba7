//! The widget as a page loads it: one ES module, one WebAssembly module, and a second one when the board stands.
//!
//! cargo -> wasm-bindgen -> a cut in two ([`split`]) -> wasm-opt makes the WebAssembly ([`wasm`]); the style sheets become one text
//! ([`style`]); esbuild joins that text, wasm-bindgen's glue and `src/embed/element.js` ([`script`]);
//! [`publish`] lays it all out as a server serves it. No Trunk: it inlines a script, which the content
//! security policies of intranets refuse.

mod wasm;
pub(crate) mod split;
mod order;
mod style;
mod script;
mod publish;
mod fingerprint;
pub(crate) mod contract;

use std::fs;

use anyhow::Result;

use crate::project;

/// The names of the files that a page loads, and the only ones it ever has to know.
pub(crate) const SCRIPT: &str = "cercle.js";
pub(crate) const WASM: &str = "cercle_bg.wasm";
pub(crate) const LATER: &str = "cercle_later.wasm";
/// What a page asks for when it cannot be started.
const TROUBLE: &str = "cercle_trouble.js";
/// The same script for hosts without modules, and with everything inside for those that serve no WebAssembly.
const CLASSIC: &str = "cercle.classic.js";
const INLINE: &str = "cercle.inline.js";
/// What a page loads that holds us in a frame.
pub(crate) const FRAME: &str = "cercle-frame.js";

pub(crate) use publish::Immutable;

/// Builds the widget into `dist/widget/` and says under which immutable names it stands there.
pub(crate) fn build() -> Result<Vec<Immutable>> {
    let work = project::target()?.join("widget-bundle");
    fs::create_dir_all(&work)?;
    let wasm = wasm::for_pages(&work)?;
    let style = style::minified(style::FIRST, &work)?;
    let bundle = script::Bundle { glue: wasm.glue, style, wasm: [wasm.first.clone(), wasm.later.clone()] };
    publish::publish(&fs::read(&wasm.first)?, &fs::read(&wasm.later)?, &bundle, &project::dist_widget())
}
