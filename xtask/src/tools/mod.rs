//! The programs that building and testing take, each found where it is or installed once.
//!
//! A version is pinned in exactly one place: wasm-bindgen's in Cargo.lock, everybody else's in this
//! folder. All of it goes into one cache outside the repository, a folder for each version, so that
//! branches with different pins live side by side and nothing here ever updates itself.

pub(crate) mod cargo_tool;
pub(crate) mod npm;
pub(crate) mod wasm_target;
pub(crate) mod engines;
mod debian;
mod lockfile;

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// `$CERCLE_CACHE`, or `cercle` in the person's own cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("CERCLE_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("cercle")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/cercle")))
        .context("set CERCLE_CACHE to a folder where build tools may be kept")
}
