//! From Rust to a WebAssembly module and the glue that speaks for it in JavaScript.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{cargo, program, run};
use crate::project;
use crate::tools::{cargo_tool, npm, wasm_target};

/// A module and its glue.
pub(super) struct Wasm {
    pub(super) module: PathBuf,
    pub(super) glue: PathBuf,
}

/// The module that pages load, as small as we can make it.
pub(super) fn for_pages(work: &Path) -> Result<Wasm> {
    let compiled = compile(&["--profile", "widget"], "widget")?;
    let bound = work.join("glue");
    // The element names the module itself: only it knows under which name that was published.
    bind(&compiled, "cercle", &["--omit-default-module-path"], &bound)?;
    let module = work.join("cercle_bg.wasm");
    shrink(&bound.join("cercle_bg.wasm"), &module)?;
    Ok(Wasm { module, glue: bound.join("cercle.js") })
}

/// Compiles the widget's crate; `profile_folder` is where cargo puts what `arguments` ask for.
pub(super) fn compile(arguments: &[&str], profile_folder: &str) -> Result<PathBuf> {
    wasm_target::ensure_installed()?;
    let mut command = cargo(["rustc", "--package", "cercle", "--lib", "--target", wasm_target::NAME]);
    // The crate is an rlib too, for the native tests, and cargo does not link a crate of both kinds as a
    // whole (`lto`): that alone would weigh 17 kB more.
    run(command.args(["--crate-type", "cdylib"]).args(arguments))?;
    Ok(project::target()?.join(wasm_target::NAME).join(profile_folder).join("cercle.wasm"))
}

/// Writes `<name>.js` and `<name>_bg.wasm` into the folder.
pub(super) fn bind(compiled: &Path, name: &str, options: &[&str], folder: &Path) -> Result<()> {
    let mut command = program(cargo_tool::wasm_bindgen()?);
    command.args(["--target", "web", "--no-typescript", "--out-name", name]).args(options);
    run(command.arg("--out-dir").arg(folder).arg(compiled))
}

/// Which features the module may use, wasm-opt reads from the module itself, where rustc noted them.
///
/// The recipe was measured on a Leptos board, in bytes of brotli: nothing 58,284, `-Oz` 56,886,
/// `-Os` 56,829, `-O3` 56,723, twice `-Os` after flattening 56,097.
fn shrink(bound: &Path, module: &Path) -> Result<()> {
    let mut command = program(npm::wasm_opt()?);
    command.args(["--flatten", "--rereloop", "-Os", "-Os"]);
    command.args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    run(command.arg(bound).arg("-o").arg(module))
}
