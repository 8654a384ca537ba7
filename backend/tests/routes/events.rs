//! `GET /v1/communities/{community}/events`.

use axum::http::Method;
use cercle_domain::Op;
use cercle_domain::id::TopicId;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::app::{Person, TestApp, propose};

/// A stream, and what has been read of it.
struct Stream(Incoming, String);

impl Stream {
    async fn open(app: &TestApp, person: &Person<'_>) -> Self {
        let authorization = person.authorization();
        let headers = [("authorization", authorization.as_str())];
        let response = app.open(Method::GET, &person.path("events"), &headers, "").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Self(response.into_body(), String::new())
    }

    /// The next event or comment; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        while !self.1.contains("\n\n") {
            let frame = self.0.frame().await?.unwrap();
            self.1 += std::str::from_utf8(frame.data_ref().unwrap()).unwrap();
        }
        let (event, rest) = self.1.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        self.1 = rest;
        Some(event)
    }
}

#[tokio::test]
async fn every_change_pokes_with_its_version_and_nothing_else() {
    let app = TestApp::start().await;
    let (ada, lin) = (app.person("ada"), app.person("lin"));
    ada.act(1, propose(1, "Revues de code")).await.unwrap();
    let mut stream = Stream::open(&app, &lin).await;
    let greeting = stream.next().await.unwrap();
    assert!(greeting.starts_with(": ") && greeting.contains("retry: "), "{greeting}");
    assert_eq!(stream.next().await.unwrap(), "event: poke\nid: 1\ndata: 1");

    ada.act(2, propose(2, "Ateliers")).await.unwrap();
    assert_eq!(stream.next().await.unwrap(), "event: poke\nid: 2\ndata: 2");
    // A look does not poke, and one that is rejected or changes nothing does not either.
    ada.act(3, Op::Shown { topics: vec![TopicId(1)] }).await.unwrap();
    ada.act(4, propose(2, "Ateliers")).await.unwrap();
    ada.act(5, propose(3, "")).await.unwrap_err();
    ada.act(6, propose(3, "Lectures")).await.unwrap();
    assert_eq!(stream.next().await.unwrap(), "event: poke\nid: 4\ndata: 4");
}

#[tokio::test]
async fn another_community_pokes_nobody_here() {
    let app = TestApp::start().await;
    let (ada, mut lin) = (app.person("ada"), app.person("lin"));
    let mut stream = Stream::open(&app, &ada).await;
    stream.next().await.unwrap();
    assert_eq!(stream.next().await.unwrap(), "event: poke\nid: 0\ndata: 0");
    lin.community = "poterie".to_owned();
    lin.act(1, propose(1, "Émaux")).await.unwrap();
    lin.act(2, propose(2, "Fours")).await.unwrap();
    ada.act(3, propose(3, "Revues de code")).await.unwrap();
    assert_eq!(stream.next().await.unwrap(), "event: poke\nid: 1\ndata: 1");
}

#[tokio::test]
async fn stopping_ends_streams_and_waits_at_once() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    let before = ada.pull(None).await;
    let mut stream = Stream::open(&app, &ada).await;
    let authorization = ada.authorization();
    let query = ada.path(&format!("changes?wait=25&since={}&epoch={}", before.cursor, before.epoch));
    let headers = [("authorization", authorization.as_str())];
    let waiting = app.open(Method::GET, &query, &headers, "");
    let (waited, ()) = tokio::join!(waiting, async {
        app.until("cercle_waiting", 1).await;
        app.until("cercle_streams", 1).await;
        app.begin_to_stop();
    });
    assert_eq!(waited.status(), 200);
    while stream.next().await.is_some() {}
    app.stop().await;
}
