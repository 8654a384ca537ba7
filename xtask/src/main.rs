//! `cargo xtask <verb>`: everything that this project does besides being compiled.
//!
//! One file, or one folder, a verb. What several verbs need stands below them: [`widget`] makes the
//! bundle, [`hosts`] wraps it for pages that take packages, [`tools`] finds or installs what that takes, [`command`] runs it, [`record`] keeps what it printed, [`project`] says where
//! things are. There is no second runner: what CI runs is `cargo xtask test`.

mod args;
mod start;
mod dist;
mod test;
mod bench;
mod sim;
mod profile;
mod torture;
mod tidy;
mod docs;

mod widget;
mod hosts;
mod tools;
mod command;
mod record;
mod project;

use std::process::ExitCode;

use args::Verb;

fn main() -> ExitCode {
    let verb = match args::parse(std::env::args().skip(1)) {
        Ok(verb) => verb,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    let outcome = match verb {
        Verb::Start(start) => start::run(&start),
        Verb::Dist(hosts) => dist::run(&hosts),
        Verb::Test(part) => test::run(part),
        Verb::Bench => bench::run(),
        Verb::Sim(options, record) => sim::run(&options, record),
        Verb::Profile => profile::run(),
        Verb::Torture(torture) => torture::run(&torture),
        Verb::Tidy => tidy::run(),
        Verb::Docs => docs::run(),
        Verb::Help => {
            println!("{}", args::USAGE);
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}
