//! Just enough HTTP for drivers, servers and host pages on this machine: plain sockets, one request a connection.
//!
//! No chunks, no redirects: nobody here sends any. A client library would bring more code than this folder holds.

use std::io::{self, BufRead, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long anybody may take to answer: a driver that starts a browser on a busy machine is the slowest.
const PATIENCE: Duration = Duration::from_mins(1);

/// A request or an answer, as it came.
#[derive(Debug, Default)]
pub(crate) struct Message {
    /// `GET / HTTP/1.1` or `HTTP/1.1 200 OK`.
    first: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// Reads one; `None` when the other side hung up without a word, as browsers do with spare connections.
    pub(crate) fn read(mut from: impl BufRead) -> io::Result<Option<Self>> {
        let mut message = Self::default();
        if from.read_line(&mut message.first)? == 0 {
            return Ok(None);
        }
        loop {
            let mut line = String::new();
            from.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            message.headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        match message.header("content-length").map(str::parse) {
            Some(Ok(length)) => {
                message.body.resize(length, 0);
                from.read_exact(&mut message.body)?;
            }
            Some(Err(_)) => return Err(io::Error::other("a length that is no number")),
            // An answer without a length ends with its connection; a request without one has no body.
            None if message.first.starts_with("HTTP/") => {
                from.read_to_end(&mut message.body)?;
            }
            None => {}
        }
        Ok(Some(message))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The second word of the first line: an answer's status.
    pub(crate) fn status(&self) -> u16 {
        self.word(1).parse().unwrap_or_default()
    }

    /// The second word of the first line, without what follows a question mark: a request's path.
    pub(crate) fn path(&self) -> &str {
        self.word(1).split('?').next().unwrap_or_default()
    }

    /// The first word of a request.
    pub(crate) fn method(&self) -> &str {
        self.word(0)
    }

    /// Sends this request on to somebody else and waits for the whole answer.
    pub(crate) fn send_on(&self, address: &str) -> io::Result<Self> {
        let headers: Vec<(&str, &str)> =
            self.passed_on().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ask(address, self.method(), self.word(1), &headers, &self.body)
    }

    /// This answer as it is sent on.
    pub(crate) fn answered_on(&self) -> io::Result<Vec<u8>> {
        let headers: Vec<(String, String)> = self.passed_on().cloned().collect();
        let mut bytes = Vec::new();
        answer(&mut bytes, self.status(), &headers, &self.body)?;
        Ok(bytes)
    }

    /// The headers that are not about one connection. Nothing is compressed on the way, so that lengths are true.
    fn passed_on(&self) -> impl Iterator<Item = &(String, String)> {
        const OF_ONE_CONNECTION: [&str; 5] =
            ["host", "connection", "keep-alive", "content-length", "accept-encoding"];
        self.headers.iter().filter(|(name, _)| !OF_ONE_CONNECTION.contains(&name.as_str()))
    }

    fn word(&self, index: usize) -> &str {
        self.first.split_whitespace().nth(index).unwrap_or_default()
    }
}

/// Asks and waits for the whole answer.
pub(crate) fn ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Message> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format_header(name, value));
    }
    head.push_str(&format_header("content-length", &body.len().to_string()));
    stream.write_all(&[head.as_bytes(), b"\r\n", body].concat())?;
    Message::read(BufReader::new(stream))?.ok_or_else(|| io::Error::other("hung up without an answer"))
}

/// Writes an answer.
pub(crate) fn answer(
    mut to: impl io::Write,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} -\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format_header(name, value));
    }
    head.push_str(&format_header("content-length", &body.len().to_string()));
    to.write_all(&[head.as_bytes(), b"\r\n", body].concat())
}

fn format_header(name: &str, value: &str) -> String {
    format!("{name}: {value}\r\n")
}
