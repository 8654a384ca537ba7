//! The one ES module: the elements, wasm-bindgen's glue and the style sheet as text.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{output, program};
use crate::tools::npm;

/// What `src/embed/element.js` imports as `cercle/glue` and `cercle/style.css`.
pub(super) struct Bundle {
    pub(super) glue: PathBuf,
    pub(super) style: PathBuf,
}

impl Bundle {
    /// The module's text, for a page that finds the WebAssembly beside it under these names.
    pub(super) fn text(&self, first: &str, later: &str) -> Result<String> {
        let mut command = program(npm::esbuild()?);
        command.args(["src/embed/element.js", "--bundle", "--format=esm", "--target=es2022", "--minify"]);
        command.args(["--loader:.css=text", "--legal-comments=none", "--log-level=warning"]);
        command.arg(alias("cercle/glue", &self.glue)).arg(alias("cercle/style.css", &self.style));
        command.arg("--alias:cercle/later=./src/embed/later.js");
        // Identifiers, not strings, so that forgetting one cannot go unnoticed.
        command
            .arg(format!("--define:CERCLE_WASM={first:?}"))
            .arg(format!("--define:CERCLE_LATER={later:?}"));
        output(&mut command)
    }
}

fn alias(name: &str, path: &Path) -> String {
    format!("--alias:{name}={}", path.display())
}
