//! Programs that come from crates.io.
//!
//! Installed without `--locked`: their published lock files pin versions that registries may no longer
//! serve. The program's own version is pinned, and that is what its output depends on.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::{cache, lockfile};
use crate::command::{cargo, run};
use crate::project;

struct CargoTool {
    package: &'static str,
    version: String,
    /// What the cached folder is called, before the version.
    folder: &'static str,
    program: &'static str,
}

/// The one that writes what the very `wasm-bindgen` of Cargo.lock expects.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let lockfile =
        fs::read_to_string(project::root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = lockfile::version_of("wasm-bindgen", &lockfile)?;
    install(&CargoTool {
        package: "wasm-bindgen-cli",
        version,
        folder: "wasm-bindgen",
        program: "wasm-bindgen",
    })
}

/// Firefox's WebDriver.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    pinned("geckodriver", "0.37.1", "geckodriver")
}

pub(crate) fn cargo_deny() -> Result<PathBuf> {
    pinned("cargo-deny", "0.20.2", "cargo-deny")
}

pub(crate) fn typos() -> Result<PathBuf> {
    pinned("typos-cli", "1.52.0", "typos")
}

fn pinned(package: &'static str, version: &str, program: &'static str) -> Result<PathBuf> {
    install(&CargoTool { package, version: version.to_owned(), folder: package, program })
}

/// The path of the program, which is installed if it is not there yet.
fn install(tool: &CargoTool) -> Result<PathBuf> {
    let home = cache()?.join(format!("{}-{}", tool.folder, tool.version));
    let path = home.join("bin").join(tool.program);
    if !path.is_file() {
        println!("Installing {} {}, once; it takes some minutes", tool.package, tool.version);
        let arguments = ["install", "--quiet", tool.package, "--version", &tool.version, "--root"];
        run(cargo(arguments).arg(&home))?;
        ensure!(path.is_file(), "`{}` did not come with {} {}", tool.program, tool.package, tool.version);
    }
    Ok(path)
}
