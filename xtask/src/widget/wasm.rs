//! From Rust to a WebAssembly module and the glue that speaks for it in JavaScript.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::fingerprint::Fingerprint;
use super::{order, split};
use crate::command::{cargo, program, run};
use crate::project;
use crate::tools::{cargo_tool, npm, wasm_target};

/// Two modules and their glue.
pub(super) struct Wasm {
    pub(super) first: PathBuf,
    pub(super) later: PathBuf,
    pub(super) glue: PathBuf,
}

/// The modules that pages load, as small as we can make them.
pub(super) fn for_pages(work: &Path) -> Result<Wasm> {
    let compiled = compile_small()?;
    let bound = bind_whole(&compiled, work)?;
    split::in_two(&compiled, &bound)?;
    let first = shrink(&bound.join(super::WASM), work)?;
    let later = shrink(&bound.join(super::LATER), work)?;
    order::by_likeness(Wasm { first, later, glue: bound.join(super::SCRIPT) }, work)
}

/// The widget in one module, with the names of its functions, and its glue; in the folder that is given back.
pub(super) fn whole(work: &Path) -> Result<PathBuf> {
    bind_whole(&compile_small()?, work)
}

/// How the script sets the module to work: what wasm-bindgen writes for that knows pages other than ours, and weighs ten
/// times as much. The rest of it is left out where nobody calls it.
const START: &str = "\
export async function start(first) {
    const { instance, module } = await first(__wbg_get_imports());
    return __wbg_finalize_init(instance, module);
}
";

fn bind_whole(compiled: &Path, work: &Path) -> Result<PathBuf> {
    let (plain, bound) = (work.join("compiled.wasm"), work.join("glue"));
    fs::write(&plain, split::data::without_notes(&fs::read(compiled)?)?)?;
    // The element names the module itself: only it knows under which name that was published.
    bind(&plain, "cercle", &["--omit-default-module-path", "--keep-debug"], &bound)?;
    let glue = bound.join(super::SCRIPT);
    fs::write(&glue, fs::read_to_string(&glue)? + START)?;
    Ok(bound)
}

/// Compiles the widget for pages: together with the standard library, which is then as small and has only what is used,
/// and with panics that only stop. What a panic would say weighs more than a tenth of everything.
///
/// Both are settings that Rust does not call stable yet; `RUSTC_BOOTSTRAP` lets the pinned compiler take them. The
/// compiler is the same for everybody, and the browser tests run what comes out.
fn compile_small() -> Result<PathBuf> {
    wasm_target::ensure_source()?;
    let mut command = compiler();
    command.args(["--profile", "widget", "-Zbuild-std=std,panic_abort"]);
    command.arg("-Zbuild-std-features=optimize_for_size");
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort");
    // A folder of its own: with other flags, cargo would compile everything anew each time.
    let target = project::target()?.join("small");
    command.arg("--target-dir").arg(&target);
    // The linker notes what uses which data. Half of the usual stack is plenty, and the data behind it then has addresses
    // that take a byte less each time they are named.
    command.args(["--", "-Clink-arg=--emit-relocs", "-Clink-arg=-zstack-size=524288"]);
    run(&mut command)?;
    Ok(target.join(wasm_target::NAME).join("widget").join("cercle.wasm"))
}

/// Compiles the widget's crate; `profile_folder` is where cargo puts what `arguments` ask for.
pub(super) fn compile(arguments: &[&str], profile_folder: &str) -> Result<PathBuf> {
    wasm_target::ensure_installed()?;
    let mut command = compiler();
    run(command.args(arguments))?;
    Ok(project::target()?.join(wasm_target::NAME).join(profile_folder).join("cercle.wasm"))
}

fn compiler() -> Command {
    let mut command = cargo(["rustc", "--package", "cercle", "--lib", "--target", wasm_target::NAME]);
    // The crate is an rlib too, for the native tests, and cargo does not link a crate of both kinds as a
    // whole (`lto`): that alone would weigh 17 kB more.
    command.args(["--crate-type", "cdylib"]);
    command
}

/// Writes `<name>.js` and `<name>_bg.wasm` into the folder.
pub(super) fn bind(compiled: &Path, name: &str, options: &[&str], folder: &Path) -> Result<()> {
    let mut command = program(cargo_tool::wasm_bindgen()?);
    command.args(["--target", "web", "--no-typescript", "--out-name", name]).args(options);
    run(command.arg("--out-dir").arg(folder).arg(compiled))
}

/// What wasm-opt does. Which features the module may use it reads from the module itself, where rustc noted them.
///
/// Measured on the first module, in bytes of brotli: twice `-Os` 110,081, that after flattening 109,372, and knowing that
/// nothing lies at low addresses, where the end of the stack is, 108,721; without hints of alignment 300 less. Large functions
/// stay functions even where only one calls them, 300 less, since these can be put in order; until nothing changes, 250.
const RECIPE: [&str; 11] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=40",
    "--flatten",
    "--rereloop",
    "--converge",
    "-Os",
    "-Os",
    "--dealign",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Makes the module small. That is the slowest step of all, so the same module is never shrunk twice.
fn shrink(bound: &Path, work: &Path) -> Result<PathBuf> {
    let wasm_opt = npm::wasm_opt()?;
    let mut made_of = fs::read(bound)?;
    made_of.extend(format!("{} {RECIPE:?}", wasm_opt.display()).into_bytes());
    let module = work.join(Fingerprint::of(&made_of).named("shrunk.wasm"));
    if !module.is_file() {
        let unfinished = work.join("unfinished.wasm");
        run(program(wasm_opt).args(RECIPE).arg(bound).arg("-o").arg(&unfinished))?;
        fs::rename(unfinished, &module)?;
    }
    Ok(module)
}
