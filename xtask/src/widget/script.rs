//! The scripts: the elements, wasm-bindgen's glue and the style sheet as text, for every way that a page takes them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command::{output, program};
use crate::tools::npm;

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
    /// The ES module, for a page that finds the WebAssembly beside it under these names.
    pub(super) fn module(&self, first: &str, later: &str) -> Result<String> {
        output(self.beside(first, later)?.arg("--format=esm"))
    }

    /// The same as a classic script, for hosts that know no modules.
    pub(super) fn classic(&self, first: &str, later: &str) -> Result<String> {
        let mut command = self.beside(first, later)?;
        // A classic script learns where it is while it runs first, and never again.
        command.args(["--define:import.meta.url=here", "--inject:src/embed/here.js"]);
        output(command.arg("--format=iife"))
    }

    /// One classic script with everything inside.
    pub(super) fn whole(&self) -> Result<String> {
        let mut command = self.elements()?;
        command.arg("--alias:cercle/files=./src/embed/inside.js").arg("--loader:.wasm=binary");
        let [first, later] = &self.wasm;
        command.arg(alias("cercle/first.wasm", first)).arg(alias("cercle/later.wasm", later));
        output(command.arg("--format=iife"))
    }

    fn beside(&self, first: &str, later: &str) -> Result<Command> {
        let mut command = self.elements()?;
        command.args(["--alias:cercle/files=./src/embed/beside.js", "--external:./cercle_trouble.js"]);
        // Identifiers, not strings, so that forgetting one cannot go unnoticed.
        command
            .arg(format!("--define:CERCLE_WASM={first:?}"))
            .arg(format!("--define:CERCLE_LATER={later:?}"));
        Ok(command)
    }

    fn elements(&self) -> Result<Command> {
        let mut command = esbuild("src/embed/element.js")?;
        command.args(["--bundle", "--loader:.css=text", "--alias:cercle/later=./src/embed/later.js"]);
        command.arg(alias("cercle/glue", &self.glue)).arg(alias("cercle/style.css", &self.style));
        Ok(command)
    }
}

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
