//! `cargo xtask start`: build everything and serve it, in the foreground.

use std::process::Command;

use anyhow::{Result, anyhow};

use crate::args::Start;
use crate::command::{self, cargo};
use crate::{project, widget};

/// Ends only with the server, or before it when something cannot be built.
pub(crate) fn run(start: &Start) -> Result<()> {
    widget::build()?;
    command::run(&mut cargo(["build", "--release", "--package", "cercle-backend"]))?;

    let mut server =
        Command::new(project::target()?.join("release").join(project::program("cercle-backend")));
    server.arg("--data").arg(&start.data).arg("--port").arg(start.port.to_string());
    server.arg("--assets").arg(project::dist_widget());
    if start.sample {
        server.arg("--sample");
    }
    println!("\nCercle: http://localhost:{}/   data: {}   stop: Ctrl-C\n", start.port, start.data.display());
    become_it(&mut server)
}

/// Becomes the server rather than its parent, so that a signal sent to us is a signal sent to it.
#[cfg(unix)]
fn become_it(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    Err(anyhow!(server.exec()).context("cannot run the server"))
}

#[cfg(not(unix))]
fn become_it(server: &mut Command) -> Result<()> {
    command::run(server)
}
