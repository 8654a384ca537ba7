//! The package for npm as front-end people meet it: packed, looked over by their own tools, installed, typed, rendered on
//! a server, built with Vite. The pages that come of it are visited by the browser tests.
//!
//! The site that is built stands in `tests/npm/`. It is copied into the target folder, where it finds the package in a
//! `node_modules` of its own, and the frameworks in the folder above: nothing is installed into the repository.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command::{output, program, run};
use crate::hosts::npm_package;
use crate::project;
use crate::tools::npm;

/// Whatever can be said without a browser, of the widget that stands in `dist/widget/`.
pub(super) fn check() -> Result<()> {
    let site = Site::install()?;
    let looks = npm::package_looks()?;
    let found = output(node("publint/src/cli.js", &looks).arg("run").arg(&site.tarball))?;
    ensure!(found.contains("All good!"), "{found}");
    let attw = "@arethetypeswrong/cli/dist/index.js";
    run(node(attw, &looks).arg(&site.tarball).args(["--profile", "esm-only", "--quiet"]))?;
    run(node("fits_the_schema.mjs", &site.folder).args([&looks, &site.package.join("custom-elements.json")]))?;
    run(&mut site.tool("vue-tsc/bin/vue-tsc.js"))?;
    let quietly = ["--fail-on-warnings", "--output", "human", "--tsconfig", "tsconfig.svelte.json"];
    run(site.tool("svelte-check/bin/svelte-check").args(quietly))?;
    run(node("on_a_server.mjs", &site.folder).current_dir(&site.folder))
}

/// What the browsers look at.
pub(super) struct Built {
    /// The folder of the package.
    pub(super) package: PathBuf,
    /// The folder of the pages.
    pub(super) pages: PathBuf,
}

/// Builds the pages with Vite.
pub(super) fn built() -> Result<Built> {
    let site = Site::install()?;
    run(site.tool("vite/bin/vite.js").arg("build"))?;
    Ok(Built { pages: site.folder.join("dist"), package: site.package })
}

/// A site that has the package from its tarball.
struct Site {
    folder: PathBuf,
    /// Where its tools are.
    modules: PathBuf,
    package: PathBuf,
    tarball: PathBuf,
}

impl Site {
    fn install() -> Result<Self> {
        let modules = npm::front_end()?;
        let package = npm_package::assemble()?;
        let home = project::target()?.join("front-end");
        if home.exists() {
            fs::remove_dir_all(&home).with_context(|| format!("cannot empty {}", home.display()))?;
        }
        let tarball = npm_package::pack(&package, &home)?;
        symlink(&modules, home.join("node_modules")).context("cannot link the frameworks")?;
        let folder = home.join("site");
        copy(&project::root().join("tests/npm"), &folder)?;
        let alone =
            ["install", "--offline", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"];
        run(program("npm").args(alone).arg(&tarball).current_dir(&folder))?;
        Ok(Self { folder, modules, package, tarball })
    }

    /// One of the tools that a site like this has, in its folder.
    fn tool(&self, path: &str) -> Command {
        let mut command = node(path, &self.modules);
        command.current_dir(&self.folder);
        command
    }
}

fn node(script: &str, folder: &Path) -> Command {
    let mut command = program("node");
    command.arg(folder.join(script));
    command
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&path, &copied)?;
        } else {
            fs::copy(&path, &copied).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
