//! The style sheets, one a view, as the one text that the script carries.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{program, run};
use crate::project;
use crate::tools::npm;

/// Variables before what uses them, ground rules before the views.
const FIRST: [&str; 2] = ["tokens.css", "base.css"];

/// Joins and minifies everything in `style/`.
pub(super) fn minified(work: &Path) -> Result<PathBuf> {
    let folder = project::root().join("style");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).context("cannot read style/")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    let mut joined = String::new();
    for name in in_order(names) {
        joined += &fs::read_to_string(folder.join(&name))
            .with_context(|| format!("cannot read style/{name}"))?;
    }
    let source = work.join("style.css");
    fs::write(&source, joined)?;
    let minified = work.join("style.min.css");
    let mut command = program(npm::esbuild()?);
    command
        .args(["--minify", "--log-level=warning"])
        .arg(&source);
    run(command.arg(format!("--outfile={}", minified.display())))?;
    Ok(minified)
}

/// The style sheets among these files, the first ones first and the rest by name.
fn in_order(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| {
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "css")
    });
    names.sort_by_cached_key(|name| {
        let place = FIRST
            .iter()
            .position(|first| first == name)
            .unwrap_or(FIRST.len());
        (place, name.clone())
    });
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_first_then_the_base_then_the_views_by_name() {
        let names = [
            "topic.css",
            "base.css",
            "board.css",
            "README.md",
            "tokens.css",
        ];
        assert_eq!(
            in_order(names.map(String::from).into()),
            ["tokens.css", "base.css", "board.css", "topic.css"]
        );
    }
}
