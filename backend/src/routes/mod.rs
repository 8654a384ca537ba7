//! What can be asked over HTTP. One file an endpoint; this one is the table of contents.

mod body;
mod changes;
mod cors;
mod events;
mod facilitator;
mod files;
mod embed;
mod metrics;
mod guard;
mod healthz;
mod openapi;
mod path;
mod sync;
mod wait;
mod who;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::app::App;
pub(crate) use embed::policy as embed_policy;

/// Every address there is.
pub(crate) fn router(app: Arc<App>) -> Router {
    // What the widget asks, in the name of a person.
    let api = Router::new()
        .route("/v1/communities/{community}/sync", post(sync::sync))
        .route("/v1/communities/{community}/changes", get(changes::changes))
        .route("/v1/communities/{community}/events", get(events::events))
        .route("/v1/communities/{community}/facilitator", post(facilitator::claim))
        // How to ask it.
        .route("/v1/openapi.json", get(openapi::openapi))
        .method_not_allowed_fallback(guard::method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&app), cors::cors))
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(Arc::clone(&app), guard::count));

    // What whoever runs this asks.
    let operation = Router::new()
        .route("/healthz", get(healthz::healthz))
        .route("/metrics", get(metrics::metrics))
        .method_not_allowed_fallback(guard::method_not_allowed);

    // What a page loads.
    let pages = Router::new()
        .route("/embed.css", get(embed::style))
        .route("/embed.js", get(embed::script))
        .route("/embed/{community}", get(embed::page))
        .method_not_allowed_fallback(guard::method_not_allowed)
        .fallback(files::file);

    api.merge(operation).merge(pages).layer(from_fn(guard::no_panic)).with_state(app)
}
