//! `dist/npm/`: the widget as a package for pages that are built, with its typings and its description for tools.
//!
//! The files of the widget come from `dist/widget/`, everything else from `embed/npm/`. What an element has is written
//! once, where [`description`] reads it; the typings and `custom-elements.json` are filled from there. Nothing is
//! published from here: `npm publish ./dist/npm` does that, to wherever one's registry is.

mod description;
mod manifest;
mod typings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::command::{output, program};
use crate::project;
use crate::tools::npm;
use crate::widget::SCRIPT;
use description::Description;

/// What is taken as it stands, beside the widget's own files.
const TAKEN: [&str; 7] = [
    "embed/npm/README.md",
    "embed/npm/server.js",
    "embed/npm/react.d.ts",
    "embed/npm/vue.d.ts",
    "embed/npm/svelte.d.ts",
    "LICENSE-MIT",
    "LICENSE-APACHE",
];

/// Fills the package's folder anew from what stands in `dist/widget/`.
pub(crate) fn assemble() -> Result<PathBuf> {
    let folder = project::dist().join("npm");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;

    let write = |name: &str, text: String| {
        fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))
    };
    for path in TAKEN {
        write(path.rsplit('/').next().unwrap_or(path), read(path)?)?;
    }
    let typings = read("embed/npm/index.d.ts")?;
    let what = Description::read(
        &read("src/embed/element.js")?,
        &read("README.md")?,
        &read("style/tokens.css")?,
        &typings,
    )?;
    write("index.d.ts", typings::filled(&typings, &what))?;
    write("custom-elements.json", manifest::of(&what))?;
    write("package.json", with_version(&read("embed/npm/package.json")?)?)?;
    take_widget(&project::dist_widget(), &folder)?;
    Ok(folder)
}

/// Packs the folder as it would be published, and gives the tarball's path.
pub(crate) fn pack(package: &Path, into: &Path) -> Result<PathBuf> {
    npm::node()?;
    fs::create_dir_all(into)?;
    let mut packing = program("npm");
    packing.args(["pack", "--silent", "--pack-destination"]).arg(into).current_dir(package);
    Ok(into.join(output(&mut packing)?.trim()))
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(project::root().join(path)).with_context(|| format!("cannot read {path}"))
}

/// The package has the workspace's version, which is also that of this program.
fn with_version(package: &str) -> Result<String> {
    let (name, rest) = package.split_once(",\n").context("package.json begins with a name")?;
    ensure!(!package.contains("\"version\""), "the version stands in Cargo.toml, not in package.json");
    Ok(format!("{name},\n  \"version\": \"{}\",\n{rest}", env!("CARGO_PKG_VERSION")))
}

/// Copies the script, and whatever files it names, and they.
fn take_widget(widget: &Path, folder: &Path) -> Result<()> {
    let all = fs::read_dir(widget).with_context(|| format!("cannot read {}", widget.display()))?;
    let mut left = BTreeSet::new();
    for entry in all {
        left.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    let mut wanted = vec![SCRIPT.to_owned()];
    while let Some(name) = wanted.pop() {
        left.remove(&name);
        let bytes =
            fs::read(widget.join(&name)).with_context(|| format!("there is no {name} in dist/widget"))?;
        if Path::new(&name).extension().is_some_and(|ending| ending == "js") {
            wanted.extend(named_in(&String::from_utf8_lossy(&bytes), &left));
        }
        fs::write(folder.join(&name), bytes)?;
    }
    Ok(())
}

/// Those of the files that a script names, alone in quotes.
fn named_in(script: &str, files: &BTreeSet<String>) -> Vec<String> {
    let names = |file: &&String| {
        ['"', '\'', '`'].iter().any(|quote| {
            ["", "./"].iter().any(|here| script.contains(&format!("{quote}{here}{file}{quote}")))
        })
    };
    files.iter().filter(names).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_workspaces() {
        let package = with_version("{\n  \"name\": \"cercle\",\n  \"type\": \"module\"\n}\n").unwrap();
        let expected =
            format!("{{\n  \"name\": \"cercle\",\n  \"version\": \"{}\",\n", env!("CARGO_PKG_VERSION"));
        assert!(package.starts_with(&expected), "{package}");
        assert!(with_version("{\n  \"name\": \"cercle\",\n  \"version\": \"1.0.0\"\n}\n").is_err());
    }

    #[test]
    fn what_a_script_names_comes_along_and_nothing_else() {
        let files = ["cercle_bg.wasm", "cercle_bg.01.wasm", "cercle_trouble.js", "cercle.inline.js"];
        let files = BTreeSet::from(files.map(str::to_owned));
        let script = "new URL(\"cercle_bg.wasm\",import.meta.url);import('./cercle_trouble.js')";
        assert_eq!(named_in(script, &files), ["cercle_bg.wasm", "cercle_trouble.js"]);
    }
}
