//! The style sheets, one a view, as the one text that the script carries.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{program, run};
use crate::project;
use crate::tools::npm;

/// Joins and minifies what `style/index.css` imports, in the order in which it does.
pub(super) fn minified(work: &Path) -> Result<PathBuf> {
    let minified = work.join("style.min.css");
    let mut command = program(npm::esbuild()?);
    command
        .args(["--bundle", "--minify", "--log-level=warning"])
        .arg(project::root().join("style/index.css"))
        .arg(format!("--outfile={}", minified.display()));
    run(&mut command)?;
    Ok(minified)
}
