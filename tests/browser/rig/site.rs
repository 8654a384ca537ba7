//! A stranger's site: host pages, the widget's files as any web server would hand them out, and backends that lie.
//!
//! It answers under every name that ends in `.localhost`, and each name is an origin of its own: a fresh device.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::http::{self, Message};
use super::tls::Tls;

/// What the host page notices: events of the widget, and everything that goes wrong.
const RECORDER: &str = include_str!("recorder.js");

/// Answers requests whose path begins with a prefix.
type Answers = Arc<dyn Fn(&Message) -> Answer + Send + Sync>;

/// What the site sends.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into() }
    }
}

#[derive(Clone)]
pub(crate) struct Site {
    port: u16,
    secure_port: u16,
    shelves: Arc<Mutex<BTreeMap<String, Answers>>>,
}

impl Site {
    pub(crate) fn open() -> Self {
        let ((open, port), (secure, secure_port)) = (listener(), listener());
        let site = Self { port, secure_port, shelves: Arc::default() };
        site.listen(open, Self::serve);
        let tls = Tls::new();
        site.listen(secure, move |site, stream| drop(tls.over(stream).map(|stream| site.serve(stream))));
        site.put("/recorder.js", |_| Answer::new(200, "text/javascript", RECORDER));
        site.put_folder("/", "CERCLE_ASSETS");
        site.put_folder("/elsewhere/", "CERCLE_ASSETS");
        site.put_folder("/contract/", "CERCLE_CONTRACT");
        site.put_folder("/front-end/", "CERCLE_FRONT_END");
        site
    }

    /// The origin under one name.
    pub(crate) fn origin(&self, name: &str) -> String {
        format!("http://{name}.localhost:{}", self.port)
    }

    /// The same by https, with a certificate that nobody else vouches for.
    pub(crate) fn secure_origin(&self, name: &str) -> String {
        format!("https://{name}.localhost:{}", self.secure_port)
    }

    /// Answers every path that begins so, unless a longer beginning fits too.
    pub(crate) fn put(&self, prefix: &str, answers: impl Fn(&Message) -> Answer + Send + Sync + 'static) {
        self.shelves().insert(prefix.to_owned(), Arc::new(answers));
    }

    /// One of the widget's files.
    pub(crate) fn file(name: &str) -> Answer {
        let folder = env::var_os("CERCLE_ASSETS").map(PathBuf::from).unwrap_or_default();
        let bytes = fs::read(folder.join(name)).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        Answer::new(200, "application/wasm", bytes)
    }

    /// One of the widget's scripts.
    pub(crate) fn script(name: &str) -> Answer {
        Answer::new(200, "text/javascript", Self::file(name).body)
    }

    fn put_folder(&self, prefix: &'static str, variable: &str) {
        let Some(folder) = env::var_os(variable).map(PathBuf::from) else { return };
        self.put(prefix, move |request| {
            let name = request.path().trim_start_matches(prefix);
            let kind = match name.rsplit('.').next() {
                Some("js") => "text/javascript",
                Some("wasm") => "application/wasm",
                Some("html") => "text/html; charset=utf-8",
                _ => "application/octet-stream",
            };
            // Names come from our own pages; nobody else can reach this port for long enough to climb out of the folder.
            match fs::read(folder.join(name)) {
                Ok(bytes) => Answer::new(200, kind, bytes),
                Err(_) => nothing(),
            }
        });
    }

    fn listen(&self, listener: TcpListener, serve: impl Fn(&Self, TcpStream) + Clone + Send + 'static) {
        let site = self.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (site, serve) = (site.clone(), serve.clone());
                thread::spawn(move || serve(&site, stream));
            }
        });
    }

    fn serve(&self, mut stream: impl Read + Write) {
        // A browser that hangs up in the middle is no concern of the site's.
        let Ok(Some(request)) = Message::read(BufReader::new(&mut stream)) else { return };
        let answers = {
            let shelves = self.shelves();
            let fitting = shelves.iter().filter(|(prefix, _)| request.path().starts_with(prefix.as_str()));
            fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, answers)| Arc::clone(answers))
        };
        let answer = answers.map_or_else(nothing, |answers| answers(&request));
        drop(http::answer(&mut stream, answer.status, &answer.headers, &answer.body));
    }

    fn shelves(&self) -> MutexGuard<'_, BTreeMap<String, Answers>> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a machine has free ports");
    let port = listener.local_addr().expect("a listener has an address").port();
    (listener, port)
}

fn nothing() -> Answer {
    Answer::new(404, "text/plain", "nothing here")
}
