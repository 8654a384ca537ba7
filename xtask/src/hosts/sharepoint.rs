//! Under construction.

use std::path::PathBuf;

use anyhow::{Result, bail};

pub(super) fn pack() -> Result<PathBuf> {
    bail!("not there yet")
}
