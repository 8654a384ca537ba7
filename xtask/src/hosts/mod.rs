//! The widget as hosts want it that take packages rather than files. Each is made from what stands in `dist/widget/`.

pub(crate) mod npm_package;
pub(crate) mod sharepoint;
pub(crate) mod confluence_cloud;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::args::Host;
use crate::project;

/// Makes the package for a host in `dist/` and says where it is.
pub(crate) fn pack(host: Host) -> Result<PathBuf> {
    match host {
        Host::SharePoint => sharepoint::pack(),
        Host::ConfluenceCloud => confluence_cloud::pack(),
    }
}

/// The template of the user macro for Confluence Data Center, among what is shipped: there is nothing to build.
pub(crate) fn user_macro() -> Result<PathBuf> {
    let file = project::dist().join("confluence-data-center/cercle.vm");
    fs::create_dir_all(project::dist().join("confluence-data-center"))?;
    fs::copy(project::root().join("embed/confluence-data-center/cercle.vm"), &file)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
