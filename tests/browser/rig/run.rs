//! Runs visits one after the other, engine by engine, and tells how they went in the words of libtest.
//!
//! libtest itself would start them in threads of its own; here a browser is kept from one test to the next, and two
//! engines at once would only steal each other's processor.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use super::browser::Browser;
use super::engine::Engine;
use super::page::Page;
use super::server;
use super::site::Site;
use super::visit::{Browsers, Visit};

pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Visit),
    /// The engines that can do what it takes.
    pub(crate) engines: &'static [Engine],
}

/// The tests of one file: each by its name, which is its sentence; after `in`, the only engines that can.
macro_rules! visits {
    ($($name:ident $(in [$($engine:ident),*])?,)*) => {
        pub(crate) const VISITS: &[$crate::rig::run::Test] = &[$($crate::rig::run::Test {
            name: concat!(module_path!(), "::", stringify!($name)),
            run: $name,
            engines: $crate::rig::run::engines!($([$($engine),*])?),
        }),*];
    };
}
macro_rules! engines {
    () => { &$crate::rig::engine::Engine::ALL };
    ([$($engine:ident),*]) => { &[$($crate::rig::engine::Engine::$engine),*] };
}
pub(crate) use {engines, visits};

thread_local! {
    /// The test that runs, and its browsers.
    static SCENE: RefCell<Option<(String, Rc<Browsers>)>> = RefCell::default();
    /// What the last panic said, and what the pages showed while everything still stood.
    static LAST_WORDS: RefCell<String> = RefCell::default();
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    /// Passed, but not at once.
    repeated: Vec<String>,
    ignored: usize,
    filtered: usize,
}

/// Runs every test whose full name contains one of these words, or all of them.
#[expect(clippy::disallowed_methods, reason = "a person wants to know how long it took")]
pub(crate) fn run(tests: &[&Test], words: &[String]) -> ExitCode {
    panic::set_hook(Box::new(|info| LAST_WORDS.set(format!("{info}\n{}", last_sight()))));
    let began = Instant::now();
    let mut tally = Tally::default();
    if server::program().is_none() {
        println!(
            "NOTICE no browser tests: `cargo xtask test browser` builds what they need, and says where it is"
        );
        tally.ignored = tests.len();
    } else {
        let site = Site::open();
        for engine in Engine::ALL {
            run_in(engine, tests, words, &site, &mut tally);
        }
    }
    if !tally.repeated.is_empty() {
        println!(
            "\nNOTICE {} passed at the second try:\n    {}",
            tally.repeated.len(),
            tally.repeated.join("\n    ")
        );
    }
    let verdict = if tally.failed.is_empty() { "ok" } else { "FAILED" };
    if !tally.failed.is_empty() {
        println!("\nfailures:\n    {}", tally.failed.join("\n    "));
    }
    println!(
        "\ntest result: {verdict}. {} passed; {} failed; {} ignored; 0 measured; {} filtered out; finished in {:.2}s\n",
        tally.passed,
        tally.failed.len(),
        tally.ignored,
        tally.filtered,
        began.elapsed().as_secs_f32()
    );
    if tally.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::disallowed_methods, reason = "a person wants to know how long it took")]
fn run_in(engine: Engine, tests: &[&Test], words: &[String], site: &Site, tally: &mut Tally) {
    let named = |test: &Test| format!("{engine}::{}", test.name.trim_start_matches("browser::visits::"));
    let wanted =
        |test: &&&Test| words.is_empty() || words.iter().any(|word| named(test).contains(word.as_str()));
    let (able, unable): (Vec<&Test>, Vec<&Test>) =
        tests.iter().partition(|test| test.engines.contains(&engine));
    let chosen: Vec<&&Test> = able.iter().filter(wanted).collect();
    tally.filtered += able.len() - chosen.len();
    for test in unable.iter().filter(wanted) {
        println!("test {} ... ignored, {engine} cannot", named(test));
        tally.ignored += 1;
    }
    if chosen.is_empty() {
        return;
    }
    if let Some(missing) = engine.missing() {
        if env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false") {
            println!("test {engine} ... FAILED\n{missing}");
            tally.failed.push(engine.to_string());
        } else {
            println!("NOTICE {missing}; its tests are skipped");
            tally.ignored += chosen.len();
        }
        return;
    }
    let browsers = Rc::new(Browsers::of(engine));
    let chosen_twice = chosen.len();
    for (number, test) in chosen.into_iter().enumerate() {
        let name = named(test);
        let began = Instant::now();
        let at_once = passes(test, &name, &Visit::new(&browsers, site, number), &browsers);
        // Drivers lose a click now and then on a busy machine. What fails twice, in browsers of its own, fails; what fails
        // once is named at the end.
        let passed =
            at_once || passes(test, &name, &Visit::new(&browsers, site, number + chosen_twice), &browsers);
        if passed && !at_once {
            tally.repeated.push(name.clone());
        }
        let took = began.elapsed().as_secs_f32();
        if passed {
            println!("test {name} ... ok ({took:.1} s)");
            tally.passed += 1;
        } else {
            println!("test {name} ... FAILED ({took:.1} s)");
            tally.failed.push(name);
        }
    }
}

/// Whether a test passes. If not, what was seen is printed and its browsers are given up.
fn passes(test: &Test, name: &str, visit: &Visit, browsers: &Rc<Browsers>) -> bool {
    SCENE.set(Some((name.to_owned(), Rc::clone(browsers))));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        (test.run)(visit);
        visit.left_no_faults();
    }));
    if outcome.is_ok() {
        browsers.tidy();
        browsers.started().iter().for_each(|browser| browser.leave());
    } else {
        println!("NOTICE {name} did not pass:\n{}", indented(&LAST_WORDS.take()));
        browsers.forget();
    }
    outcome.is_ok()
}

/// What somebody who looks into a failure wants to see of every page.
fn last_sight() -> String {
    let Some((name, browsers)) = SCENE.take() else { return String::new() };
    let sights = browsers.started().into_iter().enumerate();
    sights.map(|(index, browser)| sight(&browser, &format!("{name}-{index}"))).collect()
}

fn sight(browser: &Rc<Browser>, name: &str) -> String {
    let page = Page::new(browser);
    let heard = page.heard().map_or_else(|problem| problem, |lines| lines.join("\n  "));
    let recorded = browser.run("return JSON.stringify(window.recorder ?? null)", &[]);
    let recorded =
        recorded.map_or_else(|problem| problem, |told| told.as_str().unwrap_or_default().to_owned());
    let picture = browser.picture().and_then(|picture| keep(name, &picture));
    let picture = picture.map_or_else(|problem| problem, |path| path.display().to_string());
    format!("on the page:\n  {heard}\nthe host page noticed: {recorded}\npicture: {picture}\n")
}

fn keep(name: &str, picture: &[u8]) -> Result<PathBuf, String> {
    let tests = env::current_exe().map_err(|problem| problem.to_string())?;
    let folder = tests.ancestors().nth(3).ok_or("there is no target folder")?.join("browser");
    let path = folder.join(format!("{}.png", name.replace("::", "-")));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, picture));
    written.map(|()| path).map_err(|problem| problem.to_string())
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |text, line| text + "    " + line + "\n")
}
