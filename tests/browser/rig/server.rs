//! The real backend on a folder of its own: started, killed in the middle of things, started again where it was.

use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::process::Process;

/// The one community of most tests.
pub(crate) const COMMUNITY: &str = "atelier";

pub(crate) struct Server {
    process: Option<Process>,
    pub(crate) address: SocketAddr,
    origins: Vec<String>,
    /// Pages that may hold it in a frame.
    framing: Vec<String>,
    sample: bool,
    data: TempDir,
}

impl Server {
    /// A fresh one that takes requests from pages of these origins.
    pub(crate) fn start(origins: &[String], sample: bool) -> Self {
        Self::set_up(origins, &[], sample)
    }

    /// A fresh one whose frames pages of these origins may hold.
    pub(crate) fn framed_by(framing: &[String]) -> Self {
        Self::set_up(&[], framing, false)
    }

    fn set_up(origins: &[String], framing: &[String], sample: bool) -> Self {
        let data = tempfile::tempdir().expect("a machine has a place for temporary files");
        let mut server = Self {
            process: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            origins: origins.to_vec(),
            framing: framing.to_vec(),
            sample,
            data,
        };
        server.start_again();
        server
    }

    /// Kills it, as a machine that loses its power would.
    pub(crate) fn stop(&mut self) {
        self.process = None;
    }

    /// Starts it on the same data and, from the second time on, on the same port.
    pub(crate) fn start_again(&mut self) {
        let mut command = Command::new(program().expect("$CERCLE_BACKEND names the server's program"));
        command.arg("--data").arg(self.data.path()).args(["--port", &self.address.port().to_string()]);
        if let Some(assets) = env::var_os("CERCLE_ASSETS") {
            command.arg("--assets").arg(assets);
        }
        for origin in &self.origins {
            command.args(["--origin", origin]);
        }
        if !self.framing.is_empty() {
            command.args(["--frame-ancestors", &self.framing.join(" ")]);
        }
        if self.sample {
            command.arg("--sample");
        }
        let process = Process::start(&mut command);
        let address = process.line("listening on http://");
        self.address = address.parse().expect("the server says where it listens");
        self.process = Some(process);
    }

    /// What the attribute `backend` holds.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Something that happens on the server while pages that wait for it at its address cannot reach it.
    pub(crate) fn meanwhile(&mut self, act: impl FnOnce(&Self)) {
        let address = self.address;
        self.stop();
        self.address.set_port(0);
        self.start_again();
        act(self);
        self.stop();
        self.address = address;
        self.start_again();
    }

    /// The code that it printed when the community was opened.
    #[track_caller]
    pub(crate) fn printed_code(&self) -> String {
        let process = self.process.as_ref().expect("a server that runs");
        code_in(&process.line(CODE))
    }

    /// A fresh code, as whoever runs the server would make it.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        let mut command = Command::new(program().expect("$CERCLE_BACKEND names the server's program"));
        let making = Process::start(command.args(["code", COMMUNITY, "--data"]).arg(self.data.path()));
        code_in(&making.line(CODE))
    }
}

/// What stands before a code.
const CODE: &str = "community atelier: whoever enters the code ";

fn code_in(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_owned()
}

/// The program that `cargo xtask test browser` built; without it there is nothing to test.
pub(crate) fn program() -> Option<PathBuf> {
    env::var_os("CERCLE_BACKEND").map(PathBuf::from)
}
