//! The scripts: the elements, wasm-bindgen's glue and the style sheet as text, for every way that a page takes them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command::{output, program};
use crate::tools::npm;

/// Where a script finds the two WebAssembly modules, and what they must be there; an empty hash checks nothing.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) first: &'a str,
    pub(super) later: &'a str,
    pub(super) first_hash: &'a str,
    pub(super) later_hash: &'a str,
}

/// What `src/embed/element.js` is made whole with.
pub(super) struct Bundle {
    /// What it imports as `cercle/glue`.
    pub(super) glue: PathBuf,
    /// What it imports as `cercle/style.css`.
    pub(super) style: PathBuf,
    /// What `src/embed/inside.js` imports as `cercle/first.wasm` and `cercle/later.wasm`.
    pub(super) wasm: [PathBuf; 2],
}

impl Bundle {
    /// The ES module, for a page that finds the WebAssembly beside it.
    pub(super) fn module(&self, files: &Files) -> Result<String> {
        output(self.beside(files)?.arg("--format=esm"))
    }

    /// The same as a classic script, for hosts that know no modules.
    pub(super) fn classic(&self, files: &Files) -> Result<String> {
        let mut command = self.beside(files)?;
        // A classic script learns where it is while it runs first, and never again.
        command.args(["--define:import.meta.url=here", "--inject:src/embed/here.js"]);
        output(command.arg("--format=iife"))
    }

    /// One classic script with everything inside.
    pub(super) fn whole(&self) -> Result<String> {
        let mut command = self.elements(&Files::default())?;
        command.args(["--alias:cercle/files=./src/embed/inside.js", OWN_REASON, "--loader:.wasm=binary"]);
        let [first, later] = &self.wasm;
        command.arg(alias("cercle/first.wasm", first)).arg(alias("cercle/later.wasm", later));
        output(command.arg("--format=iife"))
    }

    fn beside(&self, files: &Files) -> Result<Command> {
        let mut command = self.elements(files)?;
        command.arg("--alias:cercle/files=./src/embed/beside.js");
        if files.later_hash.is_empty() {
            command.args(["--alias:cercle/reason=./src/embed/reason.js", "--external:./cercle_trouble.js"]);
        } else {
            command.arg(OWN_REASON);
        }
        Ok(command)
    }

    fn elements(&self, files: &Files) -> Result<Command> {
        let mut command = esbuild("src/embed/element.js")?;
        command.args(["--bundle", "--loader:.css=text", "--alias:cercle/later=./src/embed/later.js"]);
        command.arg(alias("cercle/glue", &self.glue)).arg(alias("cercle/style.css", &self.style));
        // Identifiers, not strings, so that forgetting one cannot go unnoticed.
        let Files { first, later, first_hash, later_hash } = files;
        for (name, path, hash) in [("WASM", first, first_hash), ("LATER", later, later_hash)] {
            command.arg(format!("--define:CERCLE_{name}={path:?}"));
            let check =
                if hash.is_empty() { "undefined".to_owned() } else { format!("{{\"integrity\":{hash:?}}}") };
            command.arg(format!("--define:CERCLE_{name}_CHECK={check}"));
        }
        Ok(command)
    }
}

/// For a script that asks no other file why it could not start.
const OWN_REASON: &str = "--alias:cercle/reason=./src/embed/own_reason.js";

/// A module of `src/embed` that stands alone, minified.
pub(super) fn alone(file: &str, format: &str) -> Result<String> {
    output(esbuild(Path::new("src/embed").join(file))?.arg("--bundle").arg(format!("--format={format}")))
}

fn esbuild(file: impl AsRef<OsStr>) -> Result<Command> {
    let mut command = program(npm::esbuild()?);
    command.arg(file).args(["--target=es2022", "--minify", "--legal-comments=none", "--log-level=warning"]);
    Ok(command)
}

fn alias(name: &str, path: &Path) -> String {
    format!("--alias:{name}={}", path.display())
}
