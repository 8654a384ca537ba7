//! The widget in three real engines, from a stranger's page, against the real server.
//!
//! Every test is a sentence in [`visits`]; what drives the browsers is in [`rig`]. A test looks for things as people
//! do, by role and name, and waits for conditions. `cargo xtask test browser` builds all that is needed and runs this.

mod rig;
mod screens;
mod looks;
mod visits;
mod shots;
mod bench;
mod profile;
mod torture;

use std::env;
use std::process::ExitCode;

/// Nothing more on the command line runs every test, words run those whose names contain one of them; `shots FOLDER`
/// takes pictures, `bench` measures,
/// `profile FILE` says what a board does without and `torture WHAT` does to it what no test would.
fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["shots", folder] => shots::take(folder.as_ref()),
        ["bench"] => bench::run(),
        ["profile", file] => profile::write(file.as_ref()),
        ["torture", ref what @ ..] => torture::run(what),
        _ => rig::run::run(&visits::all(), &words),
    }
}
