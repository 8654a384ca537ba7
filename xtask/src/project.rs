//! Where the things of this project are.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    let member = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let mut root = PathBuf::from(member);
    root.pop();
    root
}

/// Cargo's target folder: the one that this very program was built into, wherever the person's configuration puts it.
pub(crate) fn target() -> Result<PathBuf> {
    let program = env::current_exe().context("cannot tell where xtask itself is")?;
    let target = program.ancestors().nth(2).context("xtask does not run out of a target folder")?;
    Ok(target.to_owned())
}

/// What is shipped: the widget's files and the server.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The widget's files as a server serves them.
pub(crate) fn dist_widget() -> PathBuf {
    dist().join("widget")
}

/// The file that a program is compiled into on this system.
pub(crate) fn program(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// In CI nothing may be skipped: what is missing there is a failure.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}
