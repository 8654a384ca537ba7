//! Which pages may use the API.

use axum::http::Method;

use crate::app::{Answer, TestApp, problem};

const LISTED: &str = "https://intranet.example";

async fn asked_from(app: &TestApp, method: Method, headers: &[(&str, &str)]) -> Answer {
    let authorization = app.person("ada").authorization();
    let own = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    let headers = [own.as_slice(), headers].concat();
    app.send(method, "/v1/communities/vannerie/sync", &headers, r#"{"v":1}"#).await
}

#[tokio::test]
async fn a_listed_origin_may_ask_and_read_the_answer() {
    let app = TestApp::with_options(&format!("--origin {LISTED}")).await;
    let preflight = [
        ("origin", LISTED),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    let allowed = asked_from(&app, Method::OPTIONS, &preflight).await;
    assert_eq!(allowed.status, 204);
    assert_eq!(allowed.header("access-control-allow-origin"), LISTED);
    assert!(allowed.header("access-control-allow-headers").contains("authorization"));
    assert_eq!(allowed.header("access-control-allow-credentials"), "");

    let answer = asked_from(&app, Method::POST, &[("origin", LISTED)]).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, LISTED));
    assert_eq!(answer.header("vary"), "origin");
}

#[tokio::test]
async fn any_other_origin_is_refused_and_never_reflected() {
    let app = TestApp::with_options(&format!("--origin {LISTED}")).await;
    for origin in [
        "https://evil.example",
        "null",
        "http://intranet.example",
        "https://intranet.example:8443",
        "https://intranet.example.evil.example",
        "https://sub.intranet.example",
    ] {
        for method in [Method::POST, Method::OPTIONS] {
            let headers = [("origin", origin), ("access-control-request-method", "POST")];
            let answer = asked_from(&app, method, &headers).await;
            assert_eq!(answer.problem(), problem(403, "forbidden_origin"), "{origin}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
    }
}

#[tokio::test]
async fn pages_of_this_server_may_ask_even_behind_a_proxy_that_changes_its_name() {
    let app = TestApp::start().await;
    let own = app.address();
    for headers in [
        [("origin", own.as_str()), ("x-nothing", "")],
        [("origin", "https://cercle.example"), ("sec-fetch-site", "same-origin")],
    ] {
        assert_eq!(asked_from(&app, Method::POST, &headers).await.status, 200);
    }
    let other = [("origin", "https://cercle.example"), ("sec-fetch-site", "same-site")];
    assert_eq!(asked_from(&app, Method::POST, &other).await.status, 403);
}

#[tokio::test]
async fn no_answer_of_the_api_is_a_page_or_kept_by_anybody() {
    let app = TestApp::start().await;
    let ada = app.person("ada");
    for answer in [
        ada.get("changes").await,
        ada.get("nothing").await,
        app.get("/v1/openapi.json").await,
        ada.get("sync").await,
    ] {
        if answer.status == 404 {
            continue;
        }
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'; sandbox"
        );
    }
}
