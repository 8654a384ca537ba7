//! A backend of its own for each test, and people who talk to it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use cercle_backend::buckets::Rate;
use cercle_backend::core::News;
use cercle_backend::options::Options;
use cercle_backend::server::{self, Server};
use cercle_backend::store::Store;
use cercle_domain::id::{CommunityId, OpId, TopicId};
use cercle_domain::protocol::{Problem, Receipt, SentOp, SyncAnswer};
use cercle_domain::topic::Wording;
use cercle_domain::{Op, Rejection};
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The community of most tests.
pub(crate) const COMMUNITY: &str = "vannerie";
/// Nothing here takes this long, unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running backend in a folder of its own.
pub(crate) struct TestApp {
    pub(crate) folder: TempDir,
    options: Options,
    server: Server,
    news: Arc<Mutex<Vec<News>>>,
    client: Client<HttpConnector, Body>,
}

/// What a test may choose.
pub(crate) struct Setup {
    pub(crate) options: String,
    pub(crate) rate: Rate,
    pub(crate) wrap: fn(Box<dyn Store>) -> Box<dyn Store>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { options: String::new(), rate: Rate { per_second: 1e6, burst: 1e6 }, wrap: |store| store }
    }
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(Setup::default()).await
    }

    pub(crate) async fn with_options(options: &str) -> Self {
        let options = options.to_owned();
        Self::with(Setup { options, ..Setup::default() }).await
    }

    pub(crate) async fn with(setup: Setup) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), setup).await
    }

    pub(crate) async fn in_folder(folder: TempDir, setup: Setup) -> Self {
        let data = folder.path().display();
        let line = format!("--data {data} --port 0 {}", setup.options);
        let options = Options::read(line.split_whitespace().map(str::to_owned), |_| None).unwrap();
        let store = (setup.wrap)(Box::new(server::open(&options).unwrap()));
        let core = server::core(&options, store).unwrap();
        let news: Arc<Mutex<Vec<News>>> = Arc::default();
        let heard = Arc::clone(&news);
        let tell = Box::new(move |news| heard.lock().unwrap().push(news));
        let server = Server::start(&options, setup.rate, core, tell).await.unwrap();
        Self { folder, options, server, news, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Stops in order and gives back the folder.
    pub(crate) async fn stop(self) -> TempDir {
        let stopped = tokio::time::timeout(PATIENCE, self.server.stop()).await;
        assert!(stopped.unwrap(), "the backend came to a bad end");
        self.folder
    }

    pub(crate) fn begin_to_stop(&self) {
        self.server.begin_to_stop();
    }

    /// Starts again on the same file.
    pub(crate) async fn restart(self) -> Self {
        let folder = self.stop().await;
        Self::in_folder(folder, Setup::default()).await
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.server.address)
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// The code that was printed for a community when it was opened.
    pub(crate) fn code(&self, community: &str) -> String {
        let asked: CommunityId = community.parse().unwrap();
        let news = self.news.lock().unwrap();
        let code = news.iter().find_map(|news| match news {
            News::Opened { community, code } if *community == asked => Some(code.to_string()),
            _ => None,
        });
        code.expect("no code was told")
    }

    /// Somebody with a browser of their own.
    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        Person { app: self, key: format!("{name:x<40}"), community: COMMUNITY.to_owned() }
    }

    /// Somebody who entered the code.
    pub(crate) async fn facilitator(&self, name: &str) -> Person<'_> {
        let person = self.person(name);
        person.pull(None).await;
        let code = json!({"code": self.code(COMMUNITY)});
        let answer = person.post("facilitator", &code).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        person
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let response = self.open(method, path, headers, body.to_owned()).await;
        let (parts, body) = response.into_parts();
        let body = tokio::time::timeout(PATIENCE, body.collect()).await;
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.expect("the answer took too long").unwrap().to_bytes(),
        }
    }

    /// An answer whose body is still arriving.
    pub(crate) async fn open(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Response<hyper::body::Incoming> {
        let mut request = Request::builder().method(method).uri(self.address() + path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let response = tokio::time::timeout(PATIENCE, self.client.request(request)).await;
        response.expect("no answer came").unwrap()
    }

    /// A number of `/metrics`.
    pub(crate) async fn metric(&self, name: &str) -> u64 {
        let text = self.get("/metrics").await.text();
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
        line.expect("no such metric").parse().unwrap()
    }

    /// Comes back when a number of `/metrics` is this.
    pub(crate) async fn until(&self, name: &str, value: u64) {
        let there = async { while self.metric(name).await != value {} };
        tokio::time::timeout(PATIENCE, there).await.expect("it never came to that");
    }
}

/// Somebody who talks to a backend.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    app: &'a TestApp,
    pub(crate) key: String,
    pub(crate) community: String,
}

impl Person<'_> {
    pub(crate) fn authorization(&self) -> String {
        format!("Device {}", self.key)
    }

    pub(crate) fn path(&self, end: &str) -> String {
        format!("/v1/communities/{}/{end}", self.community)
    }

    pub(crate) async fn get(&self, end: &str) -> Answer {
        self.get_with(end, &[]).await
    }

    pub(crate) async fn get_with(&self, end: &str, headers: &[(&str, &str)]) -> Answer {
        let authorization = self.authorization();
        let headers = [&[(AUTHORIZATION.as_str(), authorization.as_str())], headers].concat();
        self.app.send(Method::GET, &self.path(end), &headers, "").await
    }

    pub(crate) async fn post(&self, end: &str, body: &Value) -> Answer {
        self.post_text(end, &body.to_string()).await
    }

    pub(crate) async fn post_text(&self, end: &str, body: &str) -> Answer {
        let authorization = self.authorization();
        let headers =
            [(AUTHORIZATION.as_str(), authorization.as_str()), (CONTENT_TYPE.as_str(), "application/json")];
        self.app.send(Method::POST, &self.path(end), &headers, body).await
    }

    /// Does things, in this order, each under the id beside it.
    pub(crate) async fn push(&self, ops: &[(u128, Op)]) -> Answer {
        let ops: Vec<SentOp> = ops.iter().map(|(id, op)| SentOp { id: OpId(*id), op: op.clone() }).collect();
        self.post("sync", &json!({"v": 1, "ops": ops})).await
    }

    /// Does one thing and says why not, if not.
    pub(crate) async fn act(&self, id: u128, op: Op) -> Result<(), Rejection> {
        let answer = self.push(&[(id, op)]).await.sync();
        answer.receipts[0].code.map_or(Ok(()), Err)
    }

    /// Everything this person may see.
    pub(crate) async fn pull(&self, since: Option<&SyncAnswer>) -> SyncAnswer {
        let since = since.map(|answer| format!("since={}&epoch={}", answer.cursor, answer.epoch));
        self.get(&format!("changes?{}", since.unwrap_or_default())).await.sync()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The answer of `sync` and `changes`.
    pub(crate) fn sync(&self) -> SyncAnswer {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn receipts(&self) -> Vec<Receipt> {
        self.sync().receipts
    }

    /// The status and code of a problem.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!((problem.status, problem.kind.as_str()), (self.status.as_u16(), "about:blank"));
        (problem.status, problem.code)
    }
}

/// `(403, "forbidden")`, to compare problems with.
pub(crate) fn problem(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

pub(crate) fn propose(topic: u128, title: &str) -> Op {
    Op::Propose { topic: TopicId(topic), wording: Wording { title: title.to_owned(), ..Wording::default() } }
}

pub(crate) fn vote(topic: u128) -> Op {
    Op::Vote { topic: TopicId(topic), on: true }
}

pub(crate) fn join(name: &str) -> Op {
    let profile = json!({"t": "member.join", "a": {"name": name, "size": "quarter", "offers": ["osier"]}});
    serde_json::from_value(profile).unwrap()
}

/// Kinds and ids of the rows of an answer, one a line.
pub(crate) fn keys(answer: &SyncAnswer) -> String {
    answer.rows.iter().fold(String::new(), |mut keys, row| {
        let gone = if row.row.is_none() { " (gone)" } else { "" };
        writeln!(keys, "{} {}{gone}", row.key.kind().name(), row.key).unwrap();
        keys
    })
}
