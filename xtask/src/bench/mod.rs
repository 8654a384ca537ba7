//! `cargo xtask bench`: what the widget costs the page that it stands on.
//!
//! One file a measure. Nothing here is timed inside a test, where a busy machine would make it lie.

pub(crate) mod size;
mod speed;

use anyhow::Result;

use crate::widget;

pub(crate) fn run() -> Result<()> {
    widget::build()?;
    let size = size::check();
    speed::measure()?;
    size
}
