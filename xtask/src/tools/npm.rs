//! Programs and scripts that come from npm: one pinned set in one cached folder.
//!
//! None of it is shipped. Binaryen is taken from here as distributions carry versions too old for what
//! today's rustc emits.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{cache, debian};
use crate::command::{on_path, program, run};

const PACKAGES: [(&str, &str); 3] = [("binaryen", "132.0.0"), ("esbuild", "0.28.2"), ("axe-core", "4.14.1")];

pub(crate) fn wasm_opt() -> Result<PathBuf> {
    installed("binaryen/bin/wasm-opt")
}

/// Binaryen as a library for Node.
pub(crate) fn binaryen() -> Result<PathBuf> {
    installed("binaryen/index.js")
}

pub(crate) fn esbuild() -> Result<PathBuf> {
    installed("esbuild/bin/esbuild")
}

/// The script that looks for accessibility faults in a page.
pub(crate) fn axe() -> Result<PathBuf> {
    installed("axe-core/axe.min.js")
}

/// Node itself, which also compresses what is published.
pub(crate) fn node() -> Result<()> {
    if on_path("node") && on_path("npm") {
        return Ok(());
    }
    debian::install(&["nodejs", "npm"]).context("node and npm are needed: install Node.js 18 or newer")
}

fn installed(path: &str) -> Result<PathBuf> {
    node()?;
    let folder = cache()?.join(folder_name());
    let path = folder.join("node_modules").join(path);
    if !path.is_file() {
        println!("Installing {}, once", PACKAGES.map(|(name, _)| name).join(", "));
        fs::create_dir_all(&folder)?;
        let wanted: Map<String, Value> =
            PACKAGES.map(|(name, version)| (name.to_owned(), json!(version))).into_iter().collect();
        let package = json!({ "private": true, "dependencies": wanted });
        fs::write(folder.join("package.json"), package.to_string())?;
        let arguments = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
        run(program("npm").args(arguments).current_dir(&folder))?;
        ensure!(path.is_file(), "npm did not bring {}", path.display());
    }
    Ok(path)
}

/// Named by its contents, so that a new pin is a new folder.
fn folder_name() -> String {
    let pins = PACKAGES.map(|(name, version)| format!("{name}-{version}"));
    format!("npm-{}", pins.join("-"))
}
