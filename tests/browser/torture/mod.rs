//! What no test would do to a browser: kill it, close it in the middle of a click, lie to it on the wire, stop one of its
//! tabs. Long runs with figures, `cargo xtask torture browser` and `cargo xtask torture network`.
//!
//! One file a torture. All look from outside: at what the widget showed, and at what the server has in the end. A table
//! says what came of it, and anything lost, doubled or stuck is a failure.

mod kills; // SIGKILL while a page votes offline
mod closes; // a tab closed within 50 ms of a click
mod cuts; // a network that fails, and heals
mod pushes; // the same with many who send without a browser
mod tabs; // one of four tabs is stopped

mod board; // topics without end
mod dice; // chance that repeats
mod report; // one honest table
mod page; // a page that obeys
mod told; // what pages tell at once

use std::process::ExitCode;
use std::time::{Duration, Instant};

use report::Report;

use crate::rig::server;
use crate::rig::site::Site;

/// What was asked for on the command line.
pub(crate) struct Order {
    /// How often; each torture has a number of its own without.
    cycles: Option<usize>,
    seed: u64,
    /// When nothing more is begun.
    end: Option<Instant>,
    /// The only engine, by a name that the torture knows.
    engine: Option<String>,
}

impl Order {
    /// Whether the time is up.
    #[expect(clippy::disallowed_methods, reason = "a run may be ended by the clock")]
    fn is_over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    fn wants(&self, engine: &str) -> bool {
        self.engine.as_ref().is_none_or(|only| only == engine)
    }
}

/// `kills|closes|tabs|cuts|pushes [--cycles N] [--seed S] [--engine NAME]`; `cuts` also takes `--minutes N`.
pub(crate) fn run(words: &[&str]) -> ExitCode {
    let order = parse(words);
    let (what, order) = match order {
        Ok(order) => order,
        Err(problem) => {
            println!("{problem}");
            return ExitCode::from(2);
        }
    };
    if server::program().is_none() {
        println!("nothing to torture: $CERCLE_BACKEND names no server");
        return ExitCode::FAILURE;
    }
    let site = Site::open();
    let torture: fn(&Site, &Order, &mut Report) = match what {
        "kills" => kills::run,
        "closes" => closes::run,
        "cuts" => cuts::run,
        "pushes" => pushes::run,
        "tabs" => tabs::run,
        unknown => {
            println!("there is no torture `{unknown}`");
            return ExitCode::from(2);
        }
    };
    let mut report = Report::on(what, order.seed);
    torture(&site, &order, &mut report);
    if report.end() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::disallowed_methods, reason = "a run may be ended by the clock")]
fn parse<'a>(words: &[&'a str]) -> Result<(&'a str, Order), String> {
    let Some((what, options)) = words.split_first() else {
        return Err("torture what?".to_owned());
    };
    let mut order = Order { cycles: None, seed: 1, end: None, engine: None };
    let number = |number: &str| number.parse().map_err(|_| format!("`{number}` is no number"));
    for option in options.chunks(2) {
        match *option {
            ["--cycles", cycles] => {
                order.cycles = Some(cycles.parse().map_err(|_| format!("`{cycles}` is no number"))?);
            }
            ["--seed", seed] => order.seed = number(seed)?,
            ["--minutes", minutes] if *what == "cuts" => {
                order.end = Some(Instant::now() + Duration::from_secs(60 * number(minutes)?));
            }
            ["--engine", engine] => order.engine = Some(engine.to_owned()),
            _ => return Err(format!("`{}` was not expected here", option.join(" "))),
        }
    }
    Ok((what, order))
}
