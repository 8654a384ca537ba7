//! The real program, started and killed.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context as _, Result};

/// Killed when dropped, without a word of warning.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts the program on a folder and waits until it listens.
    pub(crate) fn start(program: &Path, data: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--data"]).arg(data).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("cannot run {}", program.display()))?;
        let output = child.stdout.take().context("its output is ours")?;
        let mut lines = BufReader::new(output).lines();
        let first = lines.next().context("the server ended before it listened")??;
        let address =
            first.strip_prefix("listening on http://").context("the server says where it listens")?;
        let address = address.parse()?;
        // Somebody has to read what else it says.
        thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself is no worse than one that was killed; both show in what they kept.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}
