//! The package for SharePoint: a web part round the widget, made by Microsoft's own tools.
//!
//! What is in `embed/sharepoint/` goes into a folder below `target/`, and what `dist/widget/` has beside it; there SPFx
//! compiles, bundles and packs, twice: with WebAssembly in files, and in the script. Nothing is written into the sources, and nothing that npm brings comes near them.
//! A package that would not work is not handed out ([`contents`]).

mod toolchain;
mod contents;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use self::toolchain::Toolchain;
use crate::{project, widget};

/// The one version of everything in this repository.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Files by their names.
type Files = BTreeMap<String, Vec<u8>>;

/// Both packages by their names, each with the script that is in it: the second is for tenants that take no files with
/// WebAssembly. SharePoint knows both as one solution, so that one takes the place of the other.
const PACKAGES: [(&str, &str); 2] = [("cercle", widget::SCRIPT), ("cercle-inline", "cercle.inline.js")];

/// Makes both packages and says in which folder they are.
pub(super) fn pack() -> Result<PathBuf> {
    let toolchain = Toolchain::ready(&sources())?;
    let folder = project::dist().join("sharepoint");
    empty(&folder)?;
    for (name, script) in PACKAGES {
        let made = package(&toolchain, script).with_context(|| format!("{name}.sppkg cannot be made"))?;
        let package = folder.join(format!("{name}.sppkg"));
        fs::copy(&made, &package).with_context(|| format!("cannot write {}", package.display()))?;
    }
    Ok(folder)
}

fn package(toolchain: &Toolchain, script: &str) -> Result<PathBuf> {
    let work = project::target()?.join("sharepoint");
    let widget = files_of_the_widget(&project::dist_widget(), script)?;
    lay_out(&work, &widget)?;
    toolchain.lend(&work)?;
    toolchain.heft(&work, &["build", "--clean", "--production"])?;
    toolchain.heft(&work, &["package-solution", "--production"])?;
    let made = work.join("sharepoint/solution/cercle.sppkg");
    contents::check(&contents::read(&made)?, &widget, VERSION).context("it is not what it should be")?;
    Ok(made)
}

/// Packs both and unpacks them again, for the tests in browsers: each in a folder of its name.
pub(crate) fn unpacked() -> Result<PathBuf> {
    let packages = pack()?;
    let folder = project::target()?.join("sharepoint-unpacked");
    empty(&folder)?;
    for (package, _) in PACKAGES {
        for (name, bytes) in contents::read(&packages.join(format!("{package}.sppkg")))? {
            write(&folder.join(package).join(name), &bytes)?;
        }
    }
    Ok(folder)
}

fn sources() -> PathBuf {
    project::root().join("embed/sharepoint")
}

/// The folder in which SPFx works: the sources with this version in them, and the widget.
fn lay_out(work: &Path, widget: &Files) -> Result<()> {
    empty(work)?;
    copy_all(&sources(), work)?;
    for (name, bytes) in widget {
        write(&work.join("src/widget").join(name), bytes)?;
    }
    edit(&work.join("package.json"), |package| package["version"] = json!(VERSION))?;
    edit(&work.join("config/package-solution.json"), |package| {
        let solution = &mut package["solution"];
        solution["version"] = json!(in_four(VERSION));
        solution["features"][0]["version"] = json!(in_four(VERSION));
        if let Some(request) = env::var("CERCLE_SHAREPOINT_API").ok().as_deref().and_then(api_request) {
            solution["webApiPermissionRequests"] = json!([request]);
        }
    })
}

/// A script, under the name that the web part imports, and every file beside it that it names, or that those name.
fn files_of_the_widget(folder: &Path, script: &str) -> Result<Files> {
    let listed =
        fs::read_dir(folder).with_context(|| format!("there is no widget in {}", folder.display()))?;
    let beside: Vec<String> =
        listed.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<Result<_>>()?;
    let mut files = Files::new();
    let mut wanted = vec![script.to_owned()];
    while let Some(name) = wanted.pop() {
        if files.contains_key(&name) {
            continue;
        }
        let bytes = fs::read(folder.join(&name)).with_context(|| format!("the widget has no {name}"))?;
        let text = if has_ending(&name, "js") { String::from_utf8_lossy(&bytes) } else { Cow::default() };
        wanted.extend(beside.iter().filter(|other| names(&text, other)).cloned());
        files.insert(name, bytes);
    }
    if let Some(script) = files.remove(script) {
        files.insert(widget::SCRIPT.to_owned(), script);
    }
    Ok(files)
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

/// Whether a script has this name as the whole, or the end, of a string.
fn names(script: &str, name: &str) -> bool {
    let quote = ['"', '\'', '`'];
    script.match_indices(name).any(|(at, _)| {
        script[..at].ends_with(['"', '\'', '`', '/']) && script[at + name.len()..].starts_with(quote)
    })
}

/// What the package asks the tenant's administrator for, where the backend wants tokens: `Cercle/community` is the scope
/// `community` of the registration whose display name is `Cercle`.
fn api_request(api: &str) -> Option<Value> {
    let (resource, scope) = api.rsplit_once('/')?;
    Some(json!({ "resource": resource, "scope": scope }))
}

/// A version as SharePoint counts: four numbers.
fn in_four(version: &str) -> String {
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    format!("{numbers}.0")
}

fn edit(path: &Path, change: impl FnOnce(&mut Value)) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut value = serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    change(&mut value);
    write(path, format!("{value:#}\n").as_bytes())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

/// Whatever a person's own tools left in the sources stays there.
fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "node_modules" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_all(&source, &target)?;
        } else {
            write(&target, &fs::read(&source)?)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_four_numbers_for_sharepoint() {
        assert_eq!(in_four("1.2.3"), "1.2.3.0");
        assert_eq!(in_four("1.2.3-rc.1+build"), "1.2.3.0");
    }

    #[test]
    fn a_file_is_named_by_a_script_where_it_is_the_end_of_a_string() {
        let script =
            "new URL(\"cercle_bg.wasm\",import.meta.url);import('./cercle_trouble.js');say(`no b.wasm`)";
        assert!(names(script, "cercle_bg.wasm"));
        assert!(names(script, "cercle_trouble.js"));
        assert!(!names(script, "bg.wasm"));
        assert!(!names(script, "b.wasm"));
        assert!(!names(script, "cercle.js"));
    }
}
