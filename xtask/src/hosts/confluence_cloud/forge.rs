//! What Forge's own packages say of the app, with no network and no account: whether it takes the manifest, what its linters
//! find, and the content security policy that it will send. The tests in browsers serve the app under that policy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Context, Result, bail};

use super::place::Place;
use super::{MANIFEST, PAGES, pack_into};
use crate::command::program;
use crate::project;
use crate::tools::npm;

/// Packs the app for a backend that is nobody's, has it looked at, and says in which folder the tests find it: `app/`, and
/// `policy.txt`.
pub(crate) fn for_tests() -> Result<PathBuf> {
    let folder = work()?;
    let app = folder.join("app");
    pack_into(&app, &Place::default())?;
    takes(&app, "policy.txt")?;
    refuses(&app)?;
    Ok(folder)
}

/// An app that Forge would refuse is an error, with its reasons.
pub(super) fn takes(app: &Path, policy: &str) -> Result<()> {
    let verdict = verdict(app, policy)?;
    if !verdict.status.success() {
        bail!("Forge would refuse {}:\n{}", app.display(), said(&verdict));
    }
    print!("Forge's own packages take {}: {}", app.display(), said(&verdict));
    Ok(())
}

/// The same app with a permission that Forge does not give must be refused, or nothing was looked at.
fn refuses(app: &Path) -> Result<()> {
    let folder = work()?.join("refused");
    for page in PAGES {
        let page = Path::new("static").join(page);
        fs::create_dir_all(folder.join(&page))?;
        fs::copy(app.join(&page).join("index.html"), folder.join(&page).join("index.html"))?;
    }
    let manifest = fs::read_to_string(app.join(MANIFEST))?.replace("[unsafe-eval]", "[wasm-unsafe-eval]");
    fs::write(folder.join(MANIFEST), manifest)?;
    let verdict = verdict(&folder, "refused.txt")?;
    let said = said(&verdict);
    if verdict.status.success() || !said.contains("'wasm-unsafe-eval'") {
        bail!("Forge's own packages let `wasm-unsafe-eval` pass:\n{said}");
    }
    Ok(())
}

/// The policy goes into a file of this name.
fn verdict(app: &Path, policy: &str) -> Result<Output> {
    let mut node = program("node");
    node.arg("xtask/src/hosts/confluence_cloud/judge.cjs").arg(npm::forge()?).arg(app);
    node.arg(work()?.join(policy)).output().context("cannot run node")
}

fn said(verdict: &Output) -> String {
    [&verdict.stdout, &verdict.stderr].map(|said| String::from_utf8_lossy(said)).concat()
}

fn work() -> Result<PathBuf> {
    let folder = project::target()?.join("forge");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}
