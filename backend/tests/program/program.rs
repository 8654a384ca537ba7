//! The program on a folder of its own, and a person who talks to it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Nothing here takes this long, unless it hangs.
const PATIENCE: Duration = Duration::from_mins(1);
/// Who acts where it does not matter who does.
const ADA: &str = "ada";

/// A folder for a database and for backups.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.file("data/cercle.sqlite")
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Ended {
        // One that serves although it should refuse would never end.
        let mut command = Command::new("timeout");
        command.arg(PATIENCE.as_secs().to_string()).arg(env!("CARGO_BIN_EXE_cercle-backend"));
        command.current_dir(self.0.path()).args(["--data", "data"]).args(words);
        Ended(command.output().unwrap())
    }

    pub(crate) fn serve(&self) -> Served {
        let program = env!("CARGO_BIN_EXE_cercle-backend");
        Served::start(Command::new(program).args(["--port", "0", "--data"]).arg(self.file("data")))
    }
}

impl Place {
    /// Serves, and gives what it complained of before it did.
    pub(crate) fn serve_and_hear(&self) -> (Served, String) {
        let complaints = self.file("complaints");
        let program = env!("CARGO_BIN_EXE_cercle-backend");
        let mut command = Command::new(program);
        command.args(["--port", "0", "--data"]).arg(self.file("data"));
        let served = Served::with_complaints(&mut command, File::create(&complaints).unwrap().into());
        (served, std::fs::read_to_string(complaints).unwrap())
    }
}

/// What came of a run.
pub(crate) struct Ended(Output);

impl Ended {
    /// What it printed, having succeeded.
    #[track_caller]
    pub(crate) fn well(&self) -> String {
        assert!(self.0.status.success(), "{}", String::from_utf8_lossy(&self.0.stderr));
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// What it complained of, having failed.
    #[track_caller]
    pub(crate) fn badly(&self) -> String {
        assert_eq!(self.0.status.code(), Some(1), "{}", String::from_utf8_lossy(&self.0.stdout));
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }
}

/// The program, serving. Killed when dropped.
pub(crate) struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::with_complaints(command, Stdio::null())
    }

    fn with_complaints(command: &mut Command, complaints: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(complaints).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it listens").unwrap();
        let address = first.strip_prefix("listening on http://").unwrap().parse().unwrap();
        // Somebody has to read what else it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn ask(&self, who: &str, method: &str, path: &str, body: &str) -> (u16, Value) {
        let (status, body) = self.exchange(who, method, &format!("/v1/communities/vannerie/{path}"), body);
        (status, serde_json::from_str(&body).unwrap())
    }

    fn exchange(&self, who: &str, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Authorization: Device {:a<40}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            who,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    /// How many long polls are waiting.
    pub(crate) fn waiting(&self) -> usize {
        let (_, metrics) = self.exchange(ADA, "GET", "/metrics", "");
        let waiting = metrics.lines().find_map(|line| line.strip_prefix("cercle_waiting "));
        waiting.unwrap().parse().unwrap()
    }

    /// Does something under an id and says what came of it: the status, and the outcome or the code of the problem.
    pub(crate) fn act(&self, who: &str, id: u128, t: &str, a: &Value) -> (u16, String) {
        let op = json!({"id": format!("{id:032x}"), "t": t, "a": a});
        let (status, answer) = self.ask(who, "POST", "sync", &json!({"v": 1, "ops": [op]}).to_string());
        let said = answer.pointer("/receipts/0/s").or(answer.get("code")).and_then(Value::as_str);
        (status, said.unwrap_or_default().to_owned())
    }

    /// Proposes a topic.
    pub(crate) fn propose(&self, id: u128, title: &str) -> (u16, String) {
        let wording = json!({"title": title, "text": "", "wants": []});
        self.act(ADA, id, "topic.propose", &json!({"topic": format!("{id:032x}"), "wording": wording}))
    }

    /// What `changes` answers.
    pub(crate) fn changes(&self, query: &str) -> Value {
        let (status, answer) = self.ask(ADA, "GET", &format!("changes?{query}"), "");
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// The titles of all topics.
    pub(crate) fn titles(&self) -> Vec<String> {
        let rows = self.changes("");
        let title = |row: &Value| Some(row.pointer("/1/is/wording/title")?.as_str()?.to_owned());
        let mut titles: Vec<_> = rows["rows"].as_array().unwrap().iter().filter_map(title).collect();
        titles.sort();
        titles
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
