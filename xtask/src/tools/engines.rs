//! The three browser engines that the widget is tested in, each with the driver that WebDriver needs.
//!
//! Finding out *which* is missing is all that happens here; skipping is the browser tests' own business,
//! and in CI nothing is skipped.

use anyhow::{Result, bail};

use super::debian;
use crate::command::on_path;
use crate::project;

struct Engine {
    name: &'static str,
    /// One program of each line must be on the path.
    programs: &'static [&'static [&'static str]],
    /// Debian's packages that bring them.
    packages: &'static [&'static str],
}

const ENGINES: [Engine; 3] = [
    Engine {
        name: "Chromium",
        programs: &[&["chromium", "google-chrome"], &["chromedriver"]],
        packages: &["chromium", "chromium-driver"],
    },
    Engine { name: "Firefox", programs: &[&["firefox-esr", "firefox"]], packages: &["firefox-esr"] },
    Engine {
        name: "WebKitGTK",
        programs: &[&["WebKitWebDriver"], &["xvfb-run"], &["xauth"]],
        packages: &["webkit2gtk-driver", "xvfb", "xauth"],
    },
];

/// Installs the engines that are missing where we may. What is missing afterwards is a failure in CI and
/// a notice elsewhere.
pub(crate) fn ensure_installed() -> Result<()> {
    let missing = missing(on_path);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().flat_map(|engine| engine.packages).copied().collect();
    let Err(problem) = debian::install(&packages) else {
        return Ok(());
    };
    let names: Vec<_> = missing.iter().map(|engine| engine.name).collect();
    let notice = format!("no tests in {}: {problem:#}", names.join(", "));
    if project::in_ci() {
        bail!(notice);
    }
    println!("NOTICE {notice}");
    Ok(())
}

fn missing(is_there: impl Fn(&str) -> bool) -> Vec<&'static Engine> {
    let complete =
        |engine: &&Engine| engine.programs.iter().all(|any_of| any_of.iter().any(|name| is_there(name)));
    ENGINES.iter().filter(|engine| !complete(engine)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing_with(programs: &[&str]) -> Vec<&'static str> {
        missing(|name| programs.contains(&name)).iter().map(|engine| engine.name).collect()
    }

    #[test]
    fn an_engine_without_its_driver_is_missing() {
        let programs = ["chromium", "firefox", "WebKitWebDriver", "xvfb-run", "xauth"];
        assert_eq!(missing_with(&programs), ["Chromium"]);
    }

    #[test]
    fn either_name_of_a_browser_will_do() {
        let programs = ["google-chrome", "chromedriver", "firefox-esr"];
        assert_eq!(missing_with(&programs), ["WebKitGTK"]);
    }
}
