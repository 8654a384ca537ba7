//! The widget's files.

use axum::http::Method;

use crate::app::{TestApp, problem};

/// A backend that serves a small widget from a folder.
async fn app() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in [
        ("index.html", "<!doctype html>"),
        ("cercle.js", "plain"),
        ("cercle.js.br", "brotli"),
        ("cercle.js.gz", "gzip"),
        ("cercle.0123456789abcdef.js", "plain"),
        ("cercle_bg.wasm", "\0asm"),
    ] {
        std::fs::write(folder.path().join(name), contents).unwrap();
    }
    let app = TestApp::with_options(&format!("--assets {}", folder.path().display())).await;
    (app, folder)
}

#[tokio::test]
async fn any_page_may_load_them_and_they_are_what_they_say() {
    let (app, _folder) = app().await;
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/cercle.js", "text/javascript; charset=utf-8"),
        ("/cercle_bg.wasm", "application/wasm"),
    ] {
        let headers = [("origin", "https://elsewhere.example")];
        let answer = app.send(Method::GET, path, &headers, "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), media_type);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn the_stable_name_is_asked_for_each_time_and_the_immutable_one_is_kept_for_ever() {
    let (app, _folder) = app().await;
    let stable = app.get("/cercle.js").await;
    assert_eq!(stable.header("cache-control"), "no-cache");
    let immutable = app.get("/cercle.0123456789abcdef.js").await;
    assert_eq!(immutable.header("cache-control"), "public, max-age=31536000, immutable");

    let seen = [("if-none-match", stable.header("etag"))];
    let again = app.send(Method::GET, "/cercle.js", &seen, "").await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let other = [("if-none-match", "\"other\"")];
    assert_eq!(app.send(Method::GET, "/cercle.js", &other, "").await.status, 200);
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes_is_sent() {
    let (app, _folder) = app().await;
    let mut tags = std::collections::BTreeSet::new();
    for (accepted, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("identity", ""),
        ("", ""),
    ] {
        let answer = app.send(Method::GET, "/cercle.js", &[("accept-encoding", accepted)], "").await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        let text = if encoding == "br" {
            "brotli"
        } else if encoding == "gzip" {
            "gzip"
        } else {
            "plain"
        };
        assert_eq!(answer.text(), text);
        tags.insert(answer.header("etag").to_owned());
    }
    assert_eq!(tags.len(), 3, "each form has a tag of its own");
}

#[tokio::test]
async fn nothing_else_is_there() {
    let (app, folder) = app().await;
    std::fs::write(folder.path().join("later.js"), "").unwrap();
    for path in [
        "/nothing",
        "/cercle.js.br",
        "/../Cargo.toml",
        "/%2e%2e/cercle.sqlite",
        "//etc/passwd",
        "/v1/nothing",
    ] {
        assert_eq!(app.get(path).await.problem(), problem(404, "not_found"), "{path}");
    }
    let posted = app.send(Method::POST, "/cercle.js", &[], "").await;
    assert_eq!(posted.problem(), problem(405, "method_not_allowed"));
    let head = app.send(Method::HEAD, "/cercle.js", &[], "").await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
}
