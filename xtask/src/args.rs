//! What was asked for on the command line, parsed once into types.
//!
//! Written by hand: a library for arguments would take longer to compile than the rest of this crate.

use std::path::PathBuf;

use crate::record::Record;

/// One thing that xtask can do.
#[derive(Debug, PartialEq)]
pub(crate) enum Verb {
    Start(Start),
    /// With the packages for these hosts.
    Dist(Vec<Host>),
    /// Every part, or only the one that was named.
    Test(Option<Part>),
    Bench,
    Profile,
    /// With the simulator's own options.
    Sim(Vec<String>, Record),
    Torture(Torture),
    Tidy,
    Docs,
    Help,
}

/// A host whose pages take packages rather than files.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum Host {
    SharePoint,
    ConfluenceCloud,
}

/// How the server is to be started.
#[derive(Debug, PartialEq)]
pub(crate) struct Start {
    pub(crate) port: u16,
    pub(crate) data: PathBuf,
    pub(crate) sample: bool,
}

/// What is to be done to it, and how.
#[derive(Debug, PartialEq)]
pub(crate) struct Torture {
    pub(crate) what: Tortured,
    /// As they were given: whoever tortures knows what they mean.
    pub(crate) options: Vec<String>,
    pub(crate) record: Record,
}

/// What can be tortured.
#[derive(Debug, PartialEq)]
pub(crate) enum Tortured {
    /// With these.
    Browser(&'static [&'static str]),
    Server,
}

/// A part of the tests that can be run alone.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum Part {
    Checks,
    Native,
    Size,
    Browser,
}

pub(crate) const USAGE: &str = "\
cargo xtask <verb>

  start [--port 8080] [--data DIR] [--sample]   build everything and serve it; --sample fills the board
  test [checks|native|size|browser]             every check and test, or one part
  dist [--sharepoint] [--confluence-cloud]      all that is shipped, into dist/; packages for hosts if asked for
  bench                                         what it weighs, against the budget, and how fast it is
  profile                                       what a board does without at first, see xtask/src/widget/split.rs
  sim [--histories 10000] [--seed 1] [--minutes N] [--record]
                                                whole histories with everything that can go wrong, judged
  torture browser|network|server [--cycles N] [--seed S] [--record]
                                                kill, close, stop, cut off: nothing may be lost, doubled or stuck;
                                                also one of kills, closes, tabs (browser), cuts, pushes (network);
                                                cuts [--minutes N] begins nothing more when the time is up;
                                                --record writes what came of it into RELIABILITY.md
  tidy                                          the rules of this repository alone
  docs                                          write the tables in README.md anew from their sources";

/// Reads the words that follow `cargo xtask`.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Verb, String> {
    let mut words = words.into_iter();
    let Some(verb) = words.next() else {
        return Ok(Verb::Help);
    };
    match verb.as_str() {
        "start" => parse_start(words).map(Verb::Start),
        "test" => {
            let part = words.next().map(|word| parse_part(&word)).transpose()?;
            nothing_after(words).map(|()| Verb::Test(part))
        }
        "dist" => words.map(|word| parse_host(&word)).collect::<Result<_, _>>().map(Verb::Dist),
        "bench" => nothing_after(words).map(|()| Verb::Bench),
        "profile" => nothing_after(words).map(|()| Verb::Profile),
        "sim" => {
            let (options, record) = recorded(words);
            Ok(Verb::Sim(options, record))
        }
        "torture" => parse_torture(words).map(Verb::Torture),
        "tidy" => nothing_after(words).map(|()| Verb::Tidy),
        "docs" => nothing_after(words).map(|()| Verb::Docs),
        "help" | "--help" | "-h" => Ok(Verb::Help),
        unknown => Err(format!("there is no verb `{unknown}`")),
    }
}

fn parse_host(word: &str) -> Result<Host, String> {
    match word {
        "--sharepoint" => Ok(Host::SharePoint),
        "--confluence-cloud" => Ok(Host::ConfluenceCloud),
        unknown => Err(format!("`dist` does not know `{unknown}`")),
    }
}

fn parse_start(mut words: impl Iterator<Item = String>) -> Result<Start, String> {
    let mut start = Start { port: 8080, data: PathBuf::from("data"), sample: false };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--port" => {
                let port = value()?;
                start.port = port.parse().map_err(|_| format!("`{port}` is not a port"))?;
            }
            "--data" => start.data = value()?.into(),
            "--sample" => start.sample = true,
            unknown => return Err(format!("`start` does not know `{unknown}`")),
        }
    }
    Ok(start)
}

fn parse_torture(mut words: impl Iterator<Item = String>) -> Result<Torture, String> {
    let what = words.next().ok_or("torture what?")?;
    let what = match what.as_str() {
        "browser" => Tortured::Browser(&["kills", "closes", "tabs"]),
        "network" => Tortured::Browser(&["cuts", "pushes"]),
        "kills" => Tortured::Browser(&["kills"]),
        "closes" => Tortured::Browser(&["closes"]),
        "tabs" => Tortured::Browser(&["tabs"]),
        "cuts" => Tortured::Browser(&["cuts"]),
        "pushes" => Tortured::Browser(&["pushes"]),
        "server" => Tortured::Server,
        unknown => return Err(format!("`torture` does not know `{unknown}`")),
    };
    let (options, record) = recorded(words);
    for option in options.chunks(2) {
        match option {
            [word, _] if word == "--minutes" && what == Tortured::Browser(&["cuts"]) => {}
            [word, ..] if word == "--minutes" => {
                return Err("`--minutes` needs a number, and is for `cuts` alone".to_owned());
            }
            [word, ..] if !["--cycles", "--seed", "--engine"].contains(&word.as_str()) => {
                return Err(format!("`torture` does not know `{word}`"));
            }
            [word] => return Err(format!("`{word}` needs a value")),
            _ => {}
        }
    }
    Ok(Torture { what, options, record })
}

/// Whether what comes of it is to be kept, and the other options.
fn recorded(words: impl Iterator<Item = String>) -> (Vec<String>, Record) {
    let (flags, options): (Vec<String>, _) = words.partition(|word| word == "--record");
    (options, if flags.is_empty() { Record::No } else { Record::Yes })
}

fn parse_part(word: &str) -> Result<Part, String> {
    match word {
        "checks" => Ok(Part::Checks),
        "native" => Ok(Part::Native),
        "size" => Ok(Part::Size),
        "browser" => Ok(Part::Browser),
        unknown => Err(format!("`test` has no part `{unknown}`")),
    }
}

fn nothing_after(mut words: impl Iterator<Item = String>) -> Result<(), String> {
    words.next().map_or(Ok(()), |word| Err(format!("`{word}` was not expected here")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Verb, String> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn start_has_defaults_for_everything() {
        let start = Start { port: 8080, data: "data".into(), sample: false };
        assert_eq!(parsed("start"), Ok(Verb::Start(start)));
    }

    #[test]
    fn start_takes_its_options_in_any_order() {
        let start = Start { port: 9000, data: "elsewhere".into(), sample: true };
        assert_eq!(parsed("start --sample --data elsewhere --port 9000"), Ok(Verb::Start(start)));
    }

    #[test]
    fn packages_for_hosts_are_asked_for() {
        assert_eq!(parsed("dist --sharepoint"), Ok(Verb::Dist(vec![Host::SharePoint])));
    }

    #[test]
    fn a_part_of_the_tests_can_be_named() {
        assert_eq!(parsed("test"), Ok(Verb::Test(None)));
        assert_eq!(parsed("test browser"), Ok(Verb::Test(Some(Part::Browser))));
    }

    #[test]
    fn the_simulator_is_handed_its_own_options() {
        let options = ["--seed", "7"].map(String::from).into();
        assert_eq!(parsed("sim --record --seed 7"), Ok(Verb::Sim(options, Record::Yes)));
    }

    #[test]
    fn a_torture_is_named_and_its_options_are_handed_on() {
        let options = ["--cycles", "200", "--seed", "7"].map(String::from).to_vec();
        let torture = Torture { what: Tortured::Browser(&["tabs"]), options, record: Record::No };
        assert_eq!(parsed("torture tabs --cycles 200 --seed 7"), Ok(Verb::Torture(torture)));
    }

    #[test]
    fn no_verb_at_all_is_a_question() {
        assert_eq!(parsed(""), Ok(Verb::Help));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, problem) in [
            ("deploy", "there is no verb `deploy`"),
            ("start --port", "`--port` needs a value"),
            ("start --port many", "`many` is not a port"),
            ("start --colour", "`start` does not know `--colour`"),
            ("test everything", "`test` has no part `everything`"),
            ("torture", "torture what?"),
            ("torture people", "`torture` does not know `people`"),
            ("torture network --cycles", "`--cycles` needs a value"),
            ("torture network --minutes 5", "`--minutes` needs a number, and is for `cuts` alone"),
            ("dist now", "`dist` does not know `now`"),
            ("tidy now", "`now` was not expected here"),
        ] {
            assert_eq!(parsed(line), Err(problem.to_owned()));
        }
    }
}
