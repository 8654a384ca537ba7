//! One module in two: what a board runs, and what it does without until somebody opens something.
//!
//! What a board runs is observed, not guessed: `cargo xtask profile` lets a browser use a board whose every function
//! leaves a mark, and every region of a function where control may arrive or not. It writes the others down in
//! `split/later.txt`. What is not in that list, because it is new or changed, comes first; so an old list costs bytes and
//! nothing else.

pub(super) mod data; // what uses which data

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{SCRIPT, WASM, script, style, wasm};
use crate::command::{output, program, run};
use crate::project;
use crate::tools::npm;

/// The list, as seen from the top folder.
const LATER: &str = "xtask/src/widget/split/later.txt";

const HEAD: &str = "\
# What a board does without until somebody opens something: `cargo xtask profile` writes this.
# Functions by their names; where only regions of one come later, their shapes stand behind its name.
";

/// Cuts what wasm-bindgen wrote into this folder, out of this compiled module.
pub(super) fn in_two(compiled: &Path, bound: &Path) -> Result<()> {
    let uses = bound.join("uses.json");
    fs::write(&uses, data::uses(&fs::read(compiled)?)?.to_string())?;
    let style = style::minified(style::LATER, bound)?;
    let mut command = program("node");
    command.arg("xtask/src/widget/split/split.mjs").arg(npm::binaryen()?).arg(LATER);
    run(command.arg(uses).arg(style).arg(bound))
}

/// Builds the widget in one module whose functions and regions leave marks, and says in which folder it is.
pub(crate) fn marked() -> Result<PathBuf> {
    let folder = project::target()?.join("profile");
    fs::create_dir_all(&folder)?;
    let bound = wasm::whole(&folder)?;
    let mut command = program("node");
    command.arg("xtask/src/widget/split/mark.mjs").arg(npm::binaryen()?);
    run(command.arg(bound.join(WASM)).arg(folder.join(WASM)))?;
    // The whole module never ends this way; the script asks for it all the same.
    let glue = bound.join(SCRIPT);
    let silence = fs::read_to_string(&glue)? + "export function silence() {}\n";
    fs::write(&glue, silence)?;
    let style = style::minified(style::FIRST, &folder)?;
    let bundle = script::Bundle { glue, style, wasm: [WASM; 2].map(|name| folder.join(name)) };
    fs::write(
        folder.join(SCRIPT),
        bundle.module(&script::Files { first: WASM, later: WASM, ..Default::default() })?,
    )?;
    Ok(folder)
}

/// Runs the command that writes its list into the file that it is given, and keeps the list.
pub(crate) fn keep_list(mut tests: std::process::Command) -> Result<()> {
    let list = project::target()?.join("profile").join("later.txt");
    print!("{}", output(tests.arg(&list))?);
    let list = fs::read_to_string(&list).context("no list was written")?;
    fs::write(project::root().join(LATER), format!("{HEAD}{list}"))
        .with_context(|| format!("cannot write {LATER}"))
}
