//! `cargo xtask dist`: everything that is shipped, in `dist/`.
//!
//! `dist/widget/` is for a web server of one's own; `dist/cercle-backend` has the same files inside and
//! needs nothing beside it.

use std::fs;

use anyhow::{Context, Result};

use crate::args::Host;
use crate::bench::size;
use crate::command::{self, cargo};
use crate::{hosts, project, widget};

const SERVER: &str = "cercle-backend";

pub(crate) fn run(wanted: &[Host]) -> Result<()> {
    let immutables = widget::build()?;
    let package = hosts::npm_package::assemble()?;
    let mut build = cargo(["build", "--release", "--package", SERVER]);
    // Read by the server's build script, which puts every file of the folder into the binary.
    command::run(build.env("CERCLE_WIDGET_DIR", project::dist_widget()))?;
    let program = project::program(SERVER);
    let server = project::dist().join(&program);
    fs::copy(project::target()?.join("release").join(&program), &server).context("cannot copy the server")?;

    let macro_file = hosts::user_macro()?;
    let packages = wanted.iter().map(|host| hosts::pack(*host)).collect::<Result<Vec<_>>>()?;

    println!("\n{}", size::measure()?);
    for file in immutables {
        println!("{}  {}", file.path, file.integrity);
    }
    println!("{}", package.display());
    println!("{}", macro_file.display());
    println!("dist/{program}  {} bytes", fs::metadata(&server)?.len());
    for package in packages {
        println!("{}", package.display());
    }
    Ok(())
}
