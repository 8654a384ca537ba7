//! The macro for Confluence Cloud: `dist/confluence-cloud/`, a folder that `forge deploy` takes as it is.
//!
//! Its pages are those in `embed/confluence-cloud/` with Forge's bridge in their scripts, and the widget's files beside the
//! macro's. Packing writes in where the backend is, and the id under which the app was registered ([`Place`]). An app that
//! Forge would refuse is not handed out ([`forge`]).

mod forge;
mod place;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::command::{program, run};
use crate::project;
use crate::tools::npm;
use crate::widget::{LATER, SCRIPT, WASM};
pub(crate) use forge::for_tests;
use place::Place;

const SOURCES: &str = "embed/confluence-cloud";
const MANIFEST: &str = "manifest.yml";
/// The pages, each a folder in the sources and a resource in the manifest.
const PAGES: [&str; 2] = ["macro", "settings"];

pub(super) fn pack() -> Result<PathBuf> {
    let place = Place::wanted()?;
    let folder = project::dist().join("confluence-cloud");
    pack_into(&folder, &place)?;
    forge::takes(&folder, "policy-of-dist.txt")?;
    place.remind();
    Ok(folder)
}

/// Fills the folder anew.
fn pack_into(folder: &Path, place: &Place) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let sources = project::root().join(SOURCES);
    fs::create_dir_all(folder)?;
    copy(&sources.join(MANIFEST), &folder.join(MANIFEST), place)?;
    for page in PAGES {
        let (from, to) = (sources.join(page), folder.join("static").join(page));
        fs::create_dir_all(&to)?;
        copy(&from.join("index.html"), &to.join("index.html"), place)?;
        let style = format!("{page}.css");
        fs::copy(from.join(&style), to.join(&style)).with_context(|| format!("cannot copy {style}"))?;
        bundle(page, &to)?;
    }
    widget_into(&folder.join("static").join(PAGES[0]))
}

/// Copies a file in which the place stands.
fn copy(from: &Path, to: &Path, place: &Place) -> Result<()> {
    let text = fs::read_to_string(from).with_context(|| format!("cannot read {}", from.display()))?;
    Ok(fs::write(to, place.written_into(&text))?)
}

/// Joins a page's script with what it imports; the widget stays the file beside it that it is.
fn bundle(page: &str, folder: &Path) -> Result<()> {
    let mut esbuild = program(npm::esbuild()?);
    esbuild.arg(format!("{SOURCES}/{page}/{page}.js")).env("NODE_PATH", npm::forge()?);
    esbuild.args(["--bundle", "--format=esm", "--target=es2022", "--minify", "--log-level=warning"]);
    esbuild.args(["--legal-comments=none", "--external:./cercle.js"]);
    run(esbuild.arg(format!("--outfile={}", folder.join(page).with_extension("js").display())))
}

/// The widget's files by their stable names, with all that its script may ask for.
fn widget_into(folder: &Path) -> Result<()> {
    let widget = project::dist_widget();
    let mut copied = Vec::new();
    let entries = fs::read_dir(&widget).with_context(|| format!("cannot read {}", widget.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_asked_for(&name) {
            fs::copy(widget.join(&name), folder.join(&name))
                .with_context(|| format!("cannot copy {name}"))?;
            copied.push(name);
        }
    }
    for name in [SCRIPT, WASM, LATER] {
        ensure!(copied.iter().any(|copied| copied == name), "the widget has no {name}: build it first");
    }
    Ok(())
}

/// Whether a file of the widget's folder is the script, or one that the script asks for: `cercle_bg.wasm`, not
/// `cercle_bg.1f.wasm`, `cercle.inline.js` or `cercle_bg.wasm.br`.
fn is_asked_for(name: &str) -> bool {
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    name == SCRIPT || (stem.starts_with("cercle_") && ["js", "wasm"].contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_script_asks_for_comes_along() {
        for name in ["cercle.js", "cercle_bg.wasm", "cercle_later.wasm", "cercle_trouble.js"] {
            assert!(is_asked_for(name), "{name}");
        }
        for name in [
            "cercle.01.js",
            "cercle.inline.js",
            "cercle-frame.js",
            "cercle_bg.02.wasm",
            "cercle_bg.wasm.br",
            "index.html",
        ] {
            assert!(!is_asked_for(name), "{name}");
        }
    }
}
