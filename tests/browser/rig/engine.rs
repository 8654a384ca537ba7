//! The three engines: what drives each of them, and what it takes to start one that is nobody's own.

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Why it cannot be tested here, if it cannot.
    pub(crate) fn missing(self) -> Option<String> {
        let all = match self {
            Self::Chromium => vec![on_path("chromedriver"), chromium()],
            Self::Firefox => vec![geckodriver(), firefox()],
            Self::WebKit => vec![on_path("WebKitWebDriver"), on_path("xvfb-run"), mini_browser()],
        };
        let needs = match self {
            Self::Chromium => "chromium and chromedriver",
            Self::Firefox => "firefox-esr, and geckodriver in $GECKODRIVER or on the path",
            Self::WebKit => "WebKitWebDriver, WebKitGTK's MiniBrowser and xvfb-run",
        };
        all.contains(&None).then(|| format!("{self} needs {needs}"))
    }

    /// The program that speaks WebDriver on this port.
    pub(crate) fn driver(self, port: u16) -> Command {
        match self {
            Self::Chromium => {
                let mut command = Command::new("chromedriver");
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new(geckodriver().unwrap_or_default());
                command.args(["--port", &port.to_string()]);
                command
            }
            // Without a screen of its own it would open windows on somebody's.
            Self::WebKit => {
                let mut command = Command::new("xvfb-run");
                command.args(["-a", "-s", "-screen 0 1600x1200x24", "WebKitWebDriver"]);
                command.arg(format!("--port={port}"));
                command
            }
        }
    }

    /// A browser with a fresh profile that shows no window, asks nobody for updates and keeps quiet.
    pub(crate) fn capabilities(self) -> Value {
        let wanted = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": { "binary": chromium(), "args": QUIET_CHROMIUM },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "args": ["-headless"] },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
            }),
        };
        let mut wanted = wanted;
        wanted["acceptInsecureCerts"] = json!(true);
        json!({ "capabilities": { "alwaysMatch": wanted } })
    }
}

/// The arguments of a Chromium that shows no window, asks nobody for updates and keeps quiet.
const QUIET_CHROMIUM: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The same for a Firefox that nobody drives, and that does not take being killed for a reason to ask questions.
const QUIET_FIREFOX: &str = "\
user_pref(\"app.update.enabled\", false);
user_pref(\"browser.aboutwelcome.enabled\", false);
user_pref(\"browser.sessionstore.resume_from_crash\", false);
user_pref(\"browser.shell.checkDefaultBrowser\", false);
user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);
user_pref(\"toolkit.startup.max_resumed_crashes\", -1);
";

/// A browser without a driver, on a profile that outlives it.
impl Engine {
    /// Opens this address; `extra` is for the engine alone.
    pub(crate) fn undriven(self, profile: &Path, extra: &[&str], address: &str) -> Command {
        match self {
            Self::Chromium => {
                let mut command = Command::new(chromium().unwrap_or_default());
                command.args(QUIET_CHROMIUM).args(["--window-size=1280,900", "--hide-crash-restore-bubble"]);
                command.arg(format!("--user-data-dir={}", profile.display())).args(extra).arg(address);
                command
            }
            Self::Firefox => {
                let written = fs::write(profile.join("user.js"), QUIET_FIREFOX);
                written.unwrap_or_else(|problem| panic!("{}: {problem}", profile.display()));
                let mut command = Command::new(firefox().unwrap_or_default());
                command.args(["-headless", "-no-remote", "-width", "1280", "-height", "900", "-profile"]);
                command.arg(profile).args(extra).arg(address);
                command
            }
            Self::WebKit => panic!("MiniBrowser keeps its data where it likes"),
        }
    }

    /// What an undriven one says about itself.
    pub(crate) fn own_version(self) -> String {
        let program = match self {
            Self::Chromium => chromium(),
            Self::Firefox => firefox(),
            Self::WebKit => mini_browser(),
        };
        let said = Command::new(program.unwrap_or_default()).arg("--version").output();
        let said =
            said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        let number = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        said.split_whitespace().find(number).unwrap_or("of no known version").to_owned()
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

fn chromium() -> Option<PathBuf> {
    on_path("chromium").or_else(|| on_path("google-chrome"))
}

fn firefox() -> Option<PathBuf> {
    on_path("firefox-esr").or_else(|| on_path("firefox"))
}

fn geckodriver() -> Option<PathBuf> {
    let named = env::var_os("GECKODRIVER").map(PathBuf::from);
    named.filter(|path| path.is_file()).or_else(|| on_path("geckodriver"))
}

/// Not on the path: distributions keep it beside the library, `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`.
fn mini_browser() -> Option<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(Path::new);
    let mut folders: Vec<PathBuf> = libraries.into_iter().flat_map(below).collect();
    folders.extend(
        libraries[0]
            .is_dir()
            .then(|| below(libraries[0]))
            .into_iter()
            .flatten()
            .flat_map(|path| below(&path)),
    );
    let engines = folders
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit")));
    engines.map(|folder| folder.join("MiniBrowser")).find(|path| path.is_file())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file())
}
