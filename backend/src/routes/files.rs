//! The widget's files, for any page of any origin: they are public and carry no credentials.
//!
//! A page editor pastes the stable name, which is asked for anew each time and answered with 304 while nothing
//! changed. A name that carries its contents' fingerprint may be kept for ever.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::assets::{Asset, Encoding};
use crate::problem::Problem;

/// Pages that isolate themselves may load them, too.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(super) async fn file(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let asset = app.assets.get(path).ok_or(Problem::NotFound)?;
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Problem::MethodNotAllowed);
    }
    let (bytes, encoding) = choose(asset, request.headers());
    let tag = asset.tag(encoding);
    let seen = request.headers().get_all(IF_NONE_MATCH).iter();
    let unchanged = seen
        .filter_map(|seen| seen.to_str().ok())
        .flat_map(|seen| seen.split(','))
        .any(|seen| seen.trim().trim_start_matches("W/") == tag);

    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::from_str(&tag).map_err(|_| Problem::Internal)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(asset.caching()));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.media_type()));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}

/// The smallest form that the browser takes.
fn choose(asset: &Asset, headers: &HeaderMap) -> (Bytes, Option<Encoding>) {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    let accepted: Vec<&str> = accepted
        .filter_map(|names| names.to_str().ok())
        .flat_map(|names| names.split(','))
        .filter_map(|name| {
            let (name, quality) = name.split_once(";q=").unwrap_or((name, "1"));
            let refused = quality.trim().parse() == Ok(0.0);
            (!refused).then(|| name.trim())
        })
        .collect();
    Encoding::ALL
        .into_iter()
        .filter(|encoding| accepted.contains(&encoding.name()))
        .find_map(|encoding| Some((asset.encoded(encoding)?, Some(encoding))))
        .unwrap_or_else(|| (asset.plain(), None))
}
