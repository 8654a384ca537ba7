//! The tests that drive real engines against the real server, from a stranger's page.
//!
//! They find what they need in their environment, so that nothing about this machine is written into them:
//! `CERCLE_ASSETS` the widget, `CERCLE_BACKEND` the server's program, `CERCLE_CONTRACT` the stores' suite,
//! `CERCLE_AXE` the accessibility checker, `CERCLE_SPPKG` the packages for SharePoint, unpacked, `CERCLE_FORGE` the macro for
//! Confluence Cloud, packed, and its policy, `CERCLE_PACKAGE` the package for npm, `CERCLE_FRONT_END` pages built with
//! it, `GECKODRIVER` Firefox's driver. The other drivers are on the path.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::front_end;
use super::report::Report;
use crate::command::{self, cargo};
use crate::hosts::{confluence_cloud, sharepoint};
use crate::project;
use crate::tools::{cargo_tool, engines, npm};
use crate::widget::{self, contract};

const SERVER: &str = "cercle-backend";

pub(super) fn run(report: &mut Report) {
    report.suite("browser tests", || {
        let mut tests = prepare(Server::ForTests)?;
        tests.env("CERCLE_SPPKG", sharepoint::unpacked()?);
        tests.env("CERCLE_FORGE", confluence_cloud::for_tests()?);
        let site = front_end::built()?;
        tests.env("CERCLE_PACKAGE", site.package).env("CERCLE_FRONT_END", site.pages);
        Ok(tests)
    });
}

/// Which server the browsers meet.
#[derive(Clone, Copy)]
pub(crate) enum Server {
    /// Built quickly.
    ForTests,
    /// Built to be quick.
    ForMeasuring,
}

/// Has everything at hand before the first browser starts.
pub(crate) fn prepare(server: Server) -> Result<Command> {
    widget::build()?;
    let mut tests = against(&project::dist_widget(), server)?;
    tests.env("CERCLE_CONTRACT", contract::build()?);
    tests.env("CERCLE_AXE", npm::axe()?);
    Ok(tests)
}

/// The tests, for the widget in this folder.
pub(crate) fn against(assets: &Path, server: Server) -> Result<Command> {
    engines::ensure_installed()?;
    let mut build = cargo(["build", "--package", SERVER]);
    let folder = match server {
        Server::ForTests => "debug",
        Server::ForMeasuring => {
            build.arg("--release");
            "release"
        }
    };
    command::run(&mut build)?;
    let server = project::target()?.join(folder).join(project::program(SERVER));

    let mut tests = cargo(["test", "--package", "cercle", "--test", "browser", "--no-fail-fast"]);
    tests.env("CERCLE_ASSETS", assets);
    tests.env("CERCLE_BACKEND", server);
    tests.env("GECKODRIVER", cargo_tool::geckodriver()?);
    Ok(tests)
}
