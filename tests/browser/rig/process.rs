//! A program that runs beside the tests and ends with them, with all that it started in turn.

use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustix::process::{Pid, Signal, kill_process_group};

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

    /// Every line so far.
    pub(crate) fn printed(&self) -> Vec<String> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Gone at once: what it had not made durable by now it must not miss.
impl Drop for Process {
    fn drop(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let killed = group.map(|group| kill_process_group(group, Signal::KILL));
        if killed.is_some_and(|killed| killed.is_ok()) {
            drop(self.child.wait());
        }
    }
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
