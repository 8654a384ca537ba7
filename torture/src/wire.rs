//! One push over HTTP, on a connection of its own: whoever is cut off keeps nothing of it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A server that says nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// Status and body of an answer that came whole.
pub(crate) fn exchange(address: SocketAddr, key: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "POST /v1/communities/vannerie/sync HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: Device {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let status = head.split(' ').nth(1)?.parse().ok()?;
    (length == Some(body.len())).then(|| (status, body.to_owned()))
}
