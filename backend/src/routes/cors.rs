//! Which pages may ask: those of this origin, and those of the origins that were listed.
//!
//! There are no cookies, so a foreign page has nothing to ride on; the list keeps other pages of an intranet from
//! acting for a person at all. A request without an `Origin` does not come from a page, and is let through.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HOST, ORIGIN, VARY,
};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::problem::Problem;

pub(super) async fn cors(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(ORIGIN).cloned() else {
        return vary(next.run(request).await);
    };
    let listed = app.origins.contains(&origin);
    if !listed && !is_same_origin(&request, &origin) {
        return vary(Problem::ForbiddenOrigin.into_response());
    }
    let mut response = if is_preflight(&request) { preflight() } else { next.run(request).await };
    if listed {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("etag, retry-after");
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    vary(response)
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let headers = [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, if-none-match, last-event-id"),
        (ACCESS_CONTROL_MAX_AGE, "7200"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Whether a page of this very server asks. Behind a proxy that changes the host, the browser's own word counts: pages
/// cannot set `Sec-Fetch-Site`.
fn is_same_origin(request: &Request, origin: &HeaderValue) -> bool {
    let said = |name: &str, value: &str| request.headers().get(name).is_some_and(|said| said == value);
    said("sec-fetch-site", "same-origin")
        || host(request).is_some_and(|host| {
            let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
            origin.is_some_and(|(_, authority)| authority == host)
        })
}

fn host(request: &Request) -> Option<&str> {
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 has no such header.
    named.or_else(|| request.uri().authority().map(Authority::as_str))
}

fn vary(mut response: Response) -> Response {
    response.headers_mut().append(VARY, HeaderValue::from_static("origin"));
    response
}
