//! The widget as hosts want it that take packages rather than files. Each is made from what stands in `dist/widget/`.

pub(crate) mod npm_package;
pub(crate) mod sharepoint;
pub(crate) mod confluence_cloud;

use std::path::PathBuf;

use anyhow::Result;

use crate::args::Host;

/// Makes the package for a host in `dist/` and says where it is.
pub(crate) fn pack(host: Host) -> Result<PathBuf> {
    match host {
        Host::SharePoint => sharepoint::pack(),
        Host::ConfluenceCloud => confluence_cloud::pack(),
    }
}
