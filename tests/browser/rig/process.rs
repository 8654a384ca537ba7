//! A program that runs beside the tests and ends with them, with all that it started in turn.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::wait::until;

pub(crate) struct Process {
    name: String,
    child: Child,
    /// Every line it has printed so far.
    printed: Arc<Mutex<Vec<String>>>,
}

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let spawned = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A driver's browsers, and xvfb-run's server, belong to the same group.
            .process_group(0)
            .spawn();
        let mut child = spawned.unwrap_or_else(|problem| panic!("cannot start {name}: {problem}"));
        let printed = Arc::default();
        follow(child.stdout.take(), &printed);
        follow(child.stderr.take(), &printed);
        Self { name, child, printed }
    }

    /// What follows `prefix` on the first line that begins with it.
    #[track_caller]
    pub(crate) fn line(&self, prefix: &str) -> String {
        until(format_args!("{} prints `{prefix}…`", self.name), || {
            let printed = self.printed();
            let rest = printed.iter().find_map(|line| line.trim_start().strip_prefix(prefix));
            rest.map(|rest| rest.trim().to_owned())
                .ok_or_else(|| format!("it printed:\n{}", printed.join("\n")))
        })
    }

    /// Kills it with all that it started, and waits until none of them is left that could still write something.
    pub(crate) fn kill(self) {
        let group = self.child.id();
        drop(self);
        until(format_args!("all of {group} are dead"), || match living(group).as_slice() {
            [] => Ok(()),
            some => Err(format!("{some:?} live")),
        });
    }

    /// Asks it to end, as a system that shuts down does, and waits until it has.
    pub(crate) fn quit(self) {
        let group = self.child.id();
        let asked = pid(group).map(|pid| kill_process(pid, Signal::TERM));
        assert!(asked.is_some_and(|asked| asked.is_ok()), "{} cannot be asked to end", self.name);
        until(format_args!("{} ended", self.name), || match living(group).as_slice() {
            [] => Ok(()),
            some => Err(format!("{some:?} live")),
        });
    }

    /// The processes that belong to it and are alive.
    pub(crate) fn family(&self) -> Vec<u32> {
        living(self.child.id())
    }

    /// Every line so far.
    pub(crate) fn printed(&self) -> Vec<String> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Gone at once: what it had not made durable by now it must not miss.
impl Drop for Process {
    fn drop(&mut self) {
        let killed = pid(self.child.id()).map(|group| kill_process_group(group, Signal::KILL));
        if killed.is_some_and(|killed| killed.is_ok()) {
            drop(self.child.wait());
        }
    }
}

fn pid(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}

/// Sends a signal to one process.
pub(crate) fn signal(process: u32, signal: Signal) {
    let sent = pid(process).map(|pid| kill_process(pid, signal));
    assert!(sent.is_some_and(|sent| sent.is_ok()), "{process} takes no signal");
}

/// The processes of a group that are not merely waiting to be buried.
fn living(group: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter(|process| status(*process).is_some_and(|(state, of)| of == group && state != "Z"))
        .collect()
}

/// How long a process has worked, in ticks of the system's clock.
pub(crate) fn worked(process: u32) -> u64 {
    let told = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind_name = told.rsplit_once(')').map_or("", |(_, words)| words);
    behind_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// The state of a process and its group, from `/proc/<pid>/stat`, where they stand behind the name.
fn status(process: u32) -> Option<(String, u32)> {
    let told = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut words = told.rsplit_once(')')?.1.split_whitespace();
    let state = words.next()?.to_owned();
    Some((state, words.nth(1)?.parse().ok()?))
}

fn follow(output: Option<impl Read + Send + 'static>, printed: &Arc<Mutex<Vec<String>>>) {
    let Some(output) = output else { return };
    let printed = Arc::clone(printed);
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            printed.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
}
