//! `cargo xtask torture`: long runs in which things go wrong on purpose, each with a table of what came of it.
//!
//! One file a kind. Without numbers they are short.

mod browser; // real browsers: killed, closed, stopped, cut off
pub(crate) mod server; // the real backend: killed, without power, without room

use anyhow::Result;

use crate::args::{Torture, Tortured};

pub(crate) fn run(torture: &Torture) -> Result<()> {
    match &torture.what {
        Tortured::Browser(tortures) => browser::run(tortures, torture),
        Tortured::Server => server::run_trials(torture),
    }
}
