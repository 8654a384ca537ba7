//! What whoever runs this may choose: one table for the command line, the environment and `--help`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// One option.
struct Known {
    name: &'static str,
    /// What its value is called; none for a switch.
    value: Option<&'static str>,
    help: &'static str,
}

const fn option(name: &'static str, value: &'static str, help: &'static str) -> Known {
    Known { name, value: Some(value), help }
}

const fn switch(name: &'static str, help: &'static str) -> Known {
    Known { name, value: None, help }
}

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    option("data", "DIR", "Where to keep the communities (cercle.sqlite); made if it is not there. [cercle-data]"),
    option("host", "ADDRESS", "The address to listen on; 0.0.0.0 is every one of this machine. [127.0.0.1]"),
    option("port", "N", "The port to listen on; 0 picks a free one. [8080]"),
    option("origin", "ORIGIN", "A page origin that may use the API, such as https://intranet.example. Repeatable."),
    option("frame-ancestors", "LIST", "Who may frame /embed pages, as in a content security policy. ['self']"),
    option("community", "ID", "Serve this community and no others. Repeatable; without it, any may be opened."),
    option("max-communities", "N", "How many communities may be opened. [1000]"),
    switch("no-device-keys", "Do not accept people by the random key of their browser."),
    option("assets", "DIR", "Serve the widget's files from here instead of those built in."),
    switch("sample", "Fill the community artisanat-logiciel with a sample, if it has no topics."),
    switch("help", "Show this."),
    switch("version", "Show the version."),
];

const USAGE: &str = "\
Cercle: backlog boards and volunteer sign-ups for communities of practice.

Usage:
  cercle-backend [serve] [OPTIONS]
  cercle-backend code COMMUNITY [--data DIR]    make a new code that makes somebody a facilitator
  cercle-backend backup FILE [--data DIR]       copy the database into a file, also while it is served
  cercle-backend restore FILE [--data DIR]      put a backup in its place, also while it is served

Options (each also as an environment variable: --max-communities is CERCLE_MAX_COMMUNITIES;
repeatable ones take a list with commas, switches take 1 or 0):
";

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Serve.
    Serve,
    /// Make a new code for this community.
    Code(String),
    /// Copy the database into this file.
    Backup(PathBuf),
    /// Put the copy in this file in the place of the database.
    Restore(PathBuf),
    /// Say how this is used.
    Help,
    /// Say which version this is.
    Version,
}

/// Everything that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What to do.
    pub command: Command,
    /// The folder of the database.
    pub data: PathBuf,
    /// The address to listen on.
    pub host: String,
    /// The port to listen on.
    pub port: u16,
    /// Other origins whose pages may ask.
    pub origins: Vec<String>,
    /// Who may frame embed pages.
    pub frame_ancestors: String,
    /// The only communities there may be; none is any.
    pub communities: Vec<String>,
    /// How many communities may be opened.
    pub max_communities: usize,
    /// Whether people may be known by a device key.
    pub device_keys: bool,
    /// The folder of the widget's files.
    pub assets: Option<PathBuf>,
    /// Whether to fill in the sample.
    pub sample: bool,
}

/// A choice that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} (--help shows what there is)")]
pub struct BadOption(String);

impl Options {
    /// Reads the command line, and the environment for what the command line does not say.
    pub fn read(
        arguments: impl IntoIterator<Item = String>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, BadOption> {
        let (command, mut said) = command_line(arguments)?;
        for known in KNOWN {
            if !said.contains_key(known.name)
                && let Some(value) = environment(&variable(known.name)).filter(|value| !value.is_empty())
            {
                said.insert(known.name, value.split(',').map(|one| one.trim().to_owned()).collect());
            }
        }
        Self::choose(command, said)
    }

    fn choose(command: Command, mut said: BTreeMap<&'static str, Vec<String>>) -> Result<Self, BadOption> {
        let mut all = |name: &str| said.remove(name).unwrap_or_default();
        let mut last = |name: &str| all(name).pop();
        let on = |value: Option<String>| {
            value.is_some_and(|value| !["", "0", "false", "no"].contains(&value.as_str()))
        };
        let command = match () {
            () if on(last("help")) => Command::Help,
            () if on(last("version")) => Command::Version,
            () => command,
        };
        Ok(Self {
            command,
            data: last("data").unwrap_or_else(|| "cercle-data".to_owned()).into(),
            host: last("host").unwrap_or_else(|| "127.0.0.1".to_owned()),
            port: number("port", last("port"), 8080)?,
            frame_ancestors: last("frame-ancestors").unwrap_or_else(|| "'self'".to_owned()),
            max_communities: number("max-communities", last("max-communities"), 1000)?,
            device_keys: !on(last("no-device-keys")),
            assets: last("assets").map(PathBuf::from),
            sample: on(last("sample")),
            origins: all("origin").into_iter().map(origin).collect::<Result<_, _>>()?,
            communities: all("community"),
        })
    }

    /// What `--help` says.
    #[must_use]
    pub fn help() -> String {
        KNOWN.iter().fold(USAGE.to_owned(), |mut text, known| {
            let call = match known.value {
                Some(value) => format!("--{} {value}", known.name),
                None => format!("--{}", known.name),
            };
            // Writing to a String cannot fail.
            writeln!(text, "  {call:<26} {}", known.help).ok();
            text
        })
    }
}

fn command_line(
    arguments: impl IntoIterator<Item = String>,
) -> Result<(Command, BTreeMap<&'static str, Vec<String>>), BadOption> {
    let mut said: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut words = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let Some(argument) = argument.strip_prefix("--") else {
            words.push(argument);
            continue;
        };
        let (name, given) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument, None),
        };
        let known = KNOWN.iter().find(|known| known.name == name);
        let known = known.ok_or_else(|| BadOption(format!("there is no option --{name}")))?;
        let value = match known.value {
            None => given.unwrap_or_else(|| "1".to_owned()),
            Some(value) => given
                .or_else(|| arguments.next())
                .ok_or_else(|| BadOption(format!("--{name} needs a {value}")))?,
        };
        said.entry(known.name).or_default().push(value);
    }
    let command = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["serve"] => Command::Serve,
        ["code", community] => Command::Code(community.to_owned()),
        ["backup", file] => Command::Backup(file.into()),
        ["restore", file] => Command::Restore(file.into()),
        _ => return Err(BadOption(format!("cannot make sense of: {}", words.join(" ")))),
    };
    Ok((command, said))
}

/// `max-communities` is `CERCLE_MAX_COMMUNITIES` in the environment.
fn variable(name: &str) -> String {
    format!("CERCLE_{}", name.to_uppercase().replace('-', "_"))
}

fn number<N: std::str::FromStr>(name: &str, value: Option<String>, otherwise: N) -> Result<N, BadOption> {
    value.map_or(Ok(otherwise), |value| {
        value.parse().map_err(|_| BadOption(format!("--{name} {value} is not a number that fits")))
    })
}

/// Exactly what a browser sends as `Origin`; no pattern, no `null`.
fn origin(text: String) -> Result<String, BadOption> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    if rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(host)) {
        Ok(text)
    } else {
        Err(BadOption(format!("--origin {text} is not like https://intranet.example")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, environment: &[(&str, &str)]) -> Result<Options, BadOption> {
        let environment: BTreeMap<_, _> = environment.iter().copied().collect();
        Options::read(line.split_whitespace().map(str::to_owned), |name| {
            environment.get(name).map(|value| (*value).to_owned())
        })
    }

    #[test]
    fn with_nothing_said_it_serves_this_machine_alone() {
        let options = read("", &[]).unwrap();
        assert_eq!(
            (options.command, options.host.as_str(), options.port),
            (Command::Serve, "127.0.0.1", 8080)
        );
        assert!(options.device_keys && !options.sample);
    }

    #[test]
    fn every_option_may_come_from_the_environment_and_the_command_line_wins() {
        let environment = [
            ("CERCLE_PORT", "9000"),
            ("CERCLE_ORIGIN", "https://a.example, https://b.example"),
            ("CERCLE_NO_DEVICE_KEYS", "1"),
            ("CERCLE_SAMPLE", "0"),
            ("CERCLE_MAX_COMMUNITIES", "7"),
        ];
        let options = read("--port=9001", &environment).unwrap();
        assert_eq!((options.port, options.max_communities), (9001, 7));
        assert_eq!(options.origins, ["https://a.example", "https://b.example"]);
        assert!(!options.device_keys && !options.sample);
    }

    #[test]
    fn what_can_be_repeated_adds_up_and_the_help_names_every_option() {
        let options = read("serve --community a --community b --data d --sample", &[]).unwrap();
        assert_eq!(options.communities, ["a", "b"]);
        let help = Options::help();
        assert!(KNOWN.iter().all(|known| help.contains(&format!("--{}", known.name))));
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for line in [
            "--colour red",
            "--port",
            "--port many",
            "--port 70000",
            "dance",
            "code",
            "backup",
            "restore a b",
            "--origin *",
            "--origin null",
            "--origin https://a.example/",
            "--origin https://*.example",
        ] {
            assert!(read(line, &[]).is_err(), "{line} was accepted");
        }
    }

    #[test]
    fn a_code_is_made_for_one_community() {
        assert_eq!(read("code vannerie", &[]).unwrap().command, Command::Code("vannerie".to_owned()));
    }

    #[test]
    fn a_backup_is_made_in_a_file_and_restored_from_one() {
        assert_eq!(read("backup a.sqlite", &[]).unwrap().command, Command::Backup("a.sqlite".into()));
        assert_eq!(read("--data d restore a", &[]).unwrap().command, Command::Restore("a".into()));
    }
}
