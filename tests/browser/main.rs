//! The widget in three real engines, from a stranger's page, against the real server.
//!
//! Every test is a sentence in [`visits`]; what drives the browsers is in [`rig`]. A test looks for things as people
//! do, by role and name, and waits for conditions. `cargo xtask test browser` builds all that is needed and runs this.

mod rig;
mod screens;
mod visits;
mod shots;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    match env::var_os("CERCLE_SHOTS") {
        Some(folder) => shots::take(folder.as_ref()),
        None => rig::run::run(&visits::all()),
    }
}
