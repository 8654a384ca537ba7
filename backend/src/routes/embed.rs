//! `GET /embed/{community}?lang=&theme=&view=&stage=`: the widget in a page of its own, for places that only take a frame.
//!
//! A strict content security policy, no inline script or style, nothing from anywhere else. What stands in the address
//! becomes an attribute only if it is what it should be.

mod words;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::IntoResponse;
use cercle_domain::topic::Stage;
use serde::Deserialize;

use self::words::{Words, words};
use super::path::InPath;
use crate::app::App;
use crate::problem::Problem;

/// What may stand in the address. Anything unexpected is as if it were not there.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wishes {
    lang: Option<String>,
    theme: Option<String>,
    view: Option<String>,
    stage: Option<String>,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    InPath(community): InPath,
    wishes: Result<Query<Wishes>, QueryRejection>,
    asked: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let wishes = wishes.map(|Query(wishes)| wishes).unwrap_or_default();
    let lang = wishes.lang.filter(|lang| is_language(lang));
    let theme = wishes.theme.filter(|theme| ["auto", "light", "dark"].contains(&theme.as_str()));
    let view = wishes.view.filter(|view| ["board", "signup"].contains(&view.as_str()));
    let stage = wishes.stage.filter(|stage| Stage::named(stage).is_some());
    let Words { lang: spoken, not_started, apart } = words(lang.as_deref(), &asked);
    let apart = if is_apart(&asked) {
        format!("<p class=\"apart\" lang=\"{spoken}\">{apart}</p>\n")
    } else {
        String::new()
    };
    let attribute = |name: &str, value: &Option<String>| {
        value.as_ref().map_or_else(String::new, |value| format!(" {name}=\"{value}\""))
    };
    let page = format!(
        "<!doctype html>\n<html{html_lang}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{community}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/embed.css\">\n\
         <script type=\"module\" src=\"/cercle.js\"></script>\n\
         <script type=\"module\" src=\"/embed.js\"></script>\n</head>\n<body>\n\
         <cercle-community community=\"{community}\" backend=\"/\"{lang}{theme}{view}{stage}><p lang=\"{spoken}\">{not_started}</p></cercle-community>\n{apart}</body>\n</html>\n",
        html_lang = attribute("lang", &lang),
        lang = attribute("lang", &lang),
        theme = attribute("theme", &theme),
        view = attribute("view", &view),
        stage = attribute("stage", &stage),
    );
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, app.embed_policy.clone()),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (VARY, HeaderValue::from_static("accept-language, sec-fetch-dest, sec-fetch-site")),
    ];
    Ok((headers, page))
}

/// Whether this is a frame in a page of another site, whose storage browsers keep apart. They say so themselves (Fetch
/// Metadata), where the backend is reached by https.
fn is_apart(asked: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| asked.get(name).is_some_and(|said| said == value);
    says("sec-fetch-dest", "iframe") && says("sec-fetch-site", "cross-site")
}

/// `fr`, `pt-BR`, `zh-Hant-TW`.
fn is_language(text: &str) -> bool {
    let part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 35 && text.split('-').all(part)
}

pub(super) async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("embed/embed.css"))
}

pub(super) async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", include_str!("embed/embed.js"))
}

/// A file of this page. A frame in a sandbox has an origin that is nobody's, and loads its modules across origins.
fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    let headers: [(HeaderName, &str); 4] = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, text)
}

/// The content security policy of the page, for these framing pages.
pub(crate) fn policy(frame_ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; object-src 'none'; \
         require-trusted-types-for 'script'; frame-ancestors {frame_ancestors}"
    )
}
