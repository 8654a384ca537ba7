//! The style sheets, one a view, as two texts: the script carries the first, and the second WebAssembly module what only
//! its code draws.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{program, run};
use crate::project;
use crate::tools::npm;

/// The list of all that a board needs.
pub(super) const FIRST: &str = "index.css";
/// The list of what comes later.
pub(super) const LATER: &str = "later.css";

/// Joins and minifies what this list imports, in the order in which it does.
pub(super) fn minified(list: &str, work: &Path) -> Result<PathBuf> {
    let minified = work.join(list);
    let mut command = program(npm::esbuild()?);
    command
        .args(["--bundle", "--minify", "--log-level=warning"])
        .arg(project::root().join("style").join(list))
        .arg(format!("--outfile={}", minified.display()));
    run(&mut command)?;
    Ok(minified)
}
