//! The standard library for WebAssembly, and its source.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{on_path, output, program, run};

pub(crate) const NAME: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for the browser.
pub(crate) fn ensure_installed() -> Result<()> {
    let libraries = output(rustc().args(["--print", "target-libdir", "--target", NAME]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    anyhow::ensure!(on_path("rustup"), "install the standard library for {NAME} with your Rust");
    run(program("rustup").args(["target", "add", NAME])).context("rustup could not add the target")
}

/// Makes sure that the standard library itself can be compiled.
pub(crate) fn ensure_source() -> Result<()> {
    ensure_installed()?;
    let sysroot = output(rustc().args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    anyhow::ensure!(on_path("rustup"), "install the source of the standard library with your Rust");
    run(program("rustup").args(["component", "add", "rust-src"])).context("rustup could not add rust-src")
}

fn rustc() -> Command {
    program(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
