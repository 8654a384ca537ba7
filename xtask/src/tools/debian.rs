//! Debian's packages, where we may install them.

use anyhow::{Result, bail};

use crate::command::{on_path, output, program, run};

/// Installs them as root on Debian and its kin; anywhere else says in one line what to type.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    if !(on_path("apt-get") && is_root()?) {
        bail!("install by hand: {}", packages.join(" "));
    }
    println!("Installing {}, once", packages.join(" "));
    let apt =
        |arguments: &[&str]| run(program("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments));
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-qq", "-y", "--no-install-recommends"], packages].concat())
}

fn is_root() -> Result<bool> {
    Ok(output(program("id").arg("-u"))?.trim() == "0")
}
