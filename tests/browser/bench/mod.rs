//! How fast it is, in real browsers, on this machine. Never part of a test: a busy machine would make it lie.
//!
//! One file a measure. Each takes its times in the page itself, from real clicks, and gives them back as [`Times`].

mod board;
mod cold;
mod loading;
mod vote;
mod elsewhere;

use std::fmt;
use std::process::ExitCode;

use crate::rig::engine::Engine;
use crate::rig::figures::{machine, percentile};
use crate::rig::server;
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit};

/// How many topics the board has.
const TOPICS: usize = 1_000;

/// What was measured, in milliseconds.
struct Times {
    what: &'static str,
    /// What it should be at most, at the 95th percentile, where that was promised.
    at_most: Option<f64>,
    each: Vec<f64>,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most) = (percentile(&self.each, 0.5), percentile(&self.each, 0.95));
        write!(f, "{:<58}{:>6}{half:>9.1}{most:>9.1}", self.what, self.each.len())?;
        match self.at_most {
            Some(at_most) if most > at_most => write!(f, "{at_most:>9.0}  ABOVE"),
            Some(at_most) => write!(f, "{at_most:>9.0}"),
            None => Ok(()),
        }
    }
}

/// Measures in every engine that is there, and prints a table.
pub(crate) fn run() -> ExitCode {
    if server::program().is_none() {
        println!("nothing to measure: $CERCLE_BACKEND names no server");
        return ExitCode::FAILURE;
    }
    println!("{}, {} topics", machine(), TOPICS);
    let site = Site::open();
    // WebKitGTK draws into a screen that nobody sees, at its own pace.
    for engine in [Engine::Chromium, Engine::Firefox] {
        if let Some(missing) = engine.missing() {
            println!("NOTICE not measured: {missing}");
            continue;
        }
        measure(engine, &site);
    }
    ExitCode::SUCCESS
}

fn measure(engine: Engine, site: &Site) {
    let browsers = Browsers::of(engine);
    let visit = Visit::new(&browsers, site, 0);
    let server = board::filled(&visit);
    let without_us = vote::without_us(&visit);
    let page = board::page(&visit, &server);
    let header = ["times", "p50 ms", "p95 ms", "at most"];
    println!(
        "\n{:<58}{:>6}{:>9}{:>9}{:>9}",
        format!("{engine} {}", page.browser.version),
        header[0],
        header[1],
        header[2],
        header[3]
    );
    println!("{without_us}");
    for times in vote::measure(&page) {
        println!("{times}");
    }
    println!("{}", elsewhere::measure(&visit, &server, &page));
    for times in cold::measure(&visit, server) {
        println!("{times}");
    }
    if engine == Engine::Chromium {
        for times in loading::measure(site) {
            println!("{times}");
        }
    }
}
