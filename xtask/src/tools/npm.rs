//! Programs and scripts that come from npm: one pinned set in one cached folder.
//!
//! None of it is shipped but Forge's bridge, which is in the macro for Confluence Cloud. Binaryen is taken from
//! here as distributions carry versions too old for what today's rustc emits.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{cache, debian};
use crate::command::{on_path, output, program, run};

/// Packages that go into one folder together.
pub(crate) struct Set {
    /// What the folder is called.
    pub(crate) name: &'static str,
    /// What is in it, each at its version.
    pub(crate) packages: &'static [(&'static str, &'static str)],
}

/// What building and testing the widget takes.
const WIDGET: Set =
    Set { name: "npm", packages: &[("binaryen", "132.0.0"), ("esbuild", "0.28.2"), ("axe-core", "4.14.1")] };

/// Frameworks and what builds pages with them: the package for npm is tried with all of these.
const FRONT_END: Set = Set {
    name: "front-end",
    packages: &[
        ("vite", "8.3.8"),
        ("@vitejs/plugin-vue", "6.0.11"),
        ("@sveltejs/vite-plugin-svelte", "7.3.1"),
        ("react", "19.3.1"),
        ("react-dom", "19.3.1"),
        ("@types/react", "19.3.0"),
        ("@types/react-dom", "19.3.0"),
        ("vue", "3.5.45"),
        ("svelte", "5.57.3"),
        ("typescript", "5.9.3"),
        ("vue-tsc", "3.3.14"),
        ("svelte-check", "4.7.8"),
    ],
};

/// What looks a package over before it is published.
const PACKAGE: Set = Set {
    name: "package",
    packages: &[
        ("publint", "0.3.25"),
        ("@arethetypeswrong/cli", "0.18.5"),
        ("custom-elements-manifest", "2.1.0"),
        ("ajv", "8.20.0"),
    ],
};

/// What makes the macro for Confluence Cloud and looks it over: Atlassian's own, and what these want handed to them.
const FORGE: Set = Set {
    name: "forge",
    packages: &[
        ("@forge/bridge", "7.2.0"),
        ("@forge/manifest", "13.7.0"),
        ("@forge/lint", "6.3.1"),
        ("@forge/csp", "6.3.2"),
        ("cheerio", "1.2.0"),
        ("yaml", "2.9.1"),
    ],
};

pub(crate) fn wasm_opt() -> Result<PathBuf> {
    WIDGET.file("binaryen/bin/wasm-opt")
}

/// Binaryen as a library for Node.
pub(crate) fn binaryen() -> Result<PathBuf> {
    WIDGET.file("binaryen/index.js")
}

pub(crate) fn esbuild() -> Result<PathBuf> {
    WIDGET.file("esbuild/bin/esbuild")
}

/// The script that looks for accessibility faults in a page.
pub(crate) fn axe() -> Result<PathBuf> {
    WIDGET.file("axe-core/axe.min.js")
}

/// The folder with the frameworks in it.
pub(crate) fn front_end() -> Result<PathBuf> {
    FRONT_END.modules()
}

/// The folder with what looks packages over.
pub(crate) fn package_looks() -> Result<PathBuf> {
    PACKAGE.modules()
}

/// The folder with Atlassian's packages for Forge.
pub(crate) fn forge() -> Result<PathBuf> {
    FORGE.modules()
}

/// Node itself, which also compresses what is published.
pub(crate) fn node() -> Result<()> {
    if !on_path("node") || !on_path("npm") {
        debian::install(&["nodejs", "npm"])
            .context("node and npm are needed: install Node.js 20 or newer")?;
    }
    let version = output(program("node").arg("--version"))?;
    ensure!(is_enough(&version), "Node.js 20 or newer is needed, and this is {}: install it", version.trim());
    Ok(())
}

fn is_enough(version: &str) -> bool {
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    major.is_some_and(|major: u32| major >= 20)
}

impl Set {
    /// The folder `node_modules` of this set, installed if it was not.
    pub(crate) fn modules(&self) -> Result<PathBuf> {
        node()?;
        let folder = cache()?.join(self.folder_name());
        // Written last: an installation that was broken off is done again.
        let whole = folder.join("whole");
        if !whole.is_file() {
            println!("Installing {}, once", self.names().join(", "));
            fs::create_dir_all(&folder)?;
            let wanted: Map<String, Value> =
                self.packages.iter().map(|(name, version)| ((*name).to_owned(), json!(version))).collect();
            let package = json!({ "private": true, "dependencies": wanted });
            fs::write(folder.join("package.json"), package.to_string())?;
            // Nothing here needs its own script to run, and some want a compiler for what nobody uses.
            let arguments = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
            run(program("npm").args(arguments).current_dir(&folder))?;
            fs::write(whole, "")?;
        }
        Ok(folder.join("node_modules"))
    }

    fn file(&self, path: &str) -> Result<PathBuf> {
        let file = self.modules()?.join(path);
        ensure!(file.is_file(), "npm did not bring {}", file.display());
        Ok(file)
    }

    /// Named by its contents, so that a new pin is a new folder.
    fn folder_name(&self) -> String {
        let pin = |(name, version): &(&str, &str)| format!("-{}-{version}", name.replace('/', "-"));
        self.name.to_owned() + &self.packages.iter().map(pin).collect::<String>()
    }

    fn names(&self) -> Vec<&'static str> {
        self.packages.iter().map(|(name, _)| *name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_20_is_the_oldest_that_will_do() {
        assert!(is_enough("v20.20.2\n") && is_enough("v100.0.0"));
        assert!(!is_enough("v18.20.4\n") && !is_enough(""));
    }
}
