//! A second module, for the browser tests only: the suite that every store must pass, played on IndexedDB.
//!
//! Built for finding faults, not for size: no wasm-opt, no bundling, names and assertions kept.

use std::path::PathBuf;

use anyhow::Result;

use super::wasm;
use crate::project;

/// The feature of the widget's crate that exports the suite, and the name of what it is built into.
const NAME: &str = "contract";

/// Builds `contract.js` and `contract_bg.wasm`, and says in which folder they are.
pub(crate) fn build() -> Result<PathBuf> {
    let compiled = wasm::compile(&["--features", NAME], "debug")?;
    let folder = project::target()?.join(NAME);
    wasm::bind(&compiled, NAME, &[], &folder)?;
    Ok(folder)
}
