//! What a long run printed, kept where people look for it: between two marks in RELIABILITY.md, word for word, under the
//! command that anybody can run again, the machine and the day.
//!
//! Nothing in those places is written by hand, and what went wrong is written like everything else.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, Result, ensure};

use crate::command::{output, program, shown};
use crate::docs::between;
use crate::project;

const PAGE: &str = "RELIABILITY.md";

/// Whether to keep what a run prints.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum Record {
    Yes,
    No,
}

/// Runs it to its end as `cargo xtask <name> <options>`; what it prints goes where ours goes, and onto the page.
pub(crate) fn run(command: &mut Command, name: &str, options: &[String], record: Record) -> Result<()> {
    let head =
        format!("$ cargo xtask {}\n{}\n\n", [&[name.to_owned()], options].concat().join(" "), machine()?);
    print!("{head}");
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {}", shown(command)))?;
    let printed = child.stdout.take().context("what is printed cannot be read")?;
    let mut told = head;
    for line in BufReader::new(printed).lines() {
        let line = line?;
        println!("{line}");
        told.push_str(&line);
        told.push('\n');
    }
    let status = child.wait()?;
    if record == Record::Yes {
        keep(&place(name, options), told.trim_end())?;
    }
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(())
}

/// A run of one engine alone has a place of its own, and so has one that goes on where another ended.
fn place(name: &str, options: &[String]) -> String {
    let part = options.iter().skip_while(|option| !["--engine", "--first"].contains(&option.as_str())).nth(1);
    part.map_or_else(|| name.to_owned(), |part| format!("{name} {part}"))
}

fn keep(name: &str, told: &str) -> Result<()> {
    let path = project::root().join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    ensure!(page.contains(&from) && page.contains(&to), "{PAGE} has no place for `{name}`");
    let page = between(&page, &from, &to, &format!("```text\n{told}\n```\n"));
    fs::write(&path, page).with_context(|| format!("cannot write {PAGE}"))
}

/// The day, the code, and what it runs on.
fn machine() -> Result<String> {
    let told = |path, name| {
        let told = fs::read_to_string(path).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
        line.map_or("unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (model, memory) = (told("/proc/cpuinfo", "model name"), told("/proc/meminfo", "MemTotal"));
    let day = output(program("date").args(["--utc", "--iso-8601"]))?;
    let code = output(program("git").args(["describe", "--always", "--dirty", "--exclude=*"]))?;
    Ok(format!("{}, commit {}, {model}, {cores} cores, memory {memory}", day.trim(), code.trim()))
}
