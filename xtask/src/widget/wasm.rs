//! From Rust to a WebAssembly module and the glue that speaks for it in JavaScript.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::fingerprint::Fingerprint;
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
    let module = shrink(&bound.join("cercle_bg.wasm"), work)?;
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

/// What wasm-opt does. Which features the module may use it reads from the module itself, where rustc noted them.
///
/// Measured on a Leptos board, in bytes of brotli: nothing 58,284, `-Oz` 56,886, `-Os` 56,829, `-O3` 56,723,
/// twice `-Os` after flattening 56,097.
const RECIPE: [&str; 7] = [
    "--flatten",
    "--rereloop",
    "-Os",
    "-Os",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Makes the module small. That is the slowest step of all, so the same module is never shrunk twice.
fn shrink(bound: &Path, work: &Path) -> Result<PathBuf> {
    let wasm_opt = npm::wasm_opt()?;
    let mut made_of = fs::read(bound)?;
    made_of.extend(format!("{} {RECIPE:?}", wasm_opt.display()).into_bytes());
    let module = work.join(Fingerprint::of(&made_of).named("cercle_bg.wasm"));
    if !module.is_file() {
        let unfinished = work.join("unfinished.wasm");
        run(program(wasm_opt).args(RECIPE).arg(bound).arg("-o").arg(&unfinished))?;
        fs::rename(unfinished, &module)?;
    }
    Ok(module)
}
