//! `GET /healthz`: 200 when requests are answered.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::response::IntoResponse;

use crate::app::App;
use crate::problem::Problem;

/// A writer that is busy for longer than this is in trouble.
const PATIENCE: Duration = Duration::from_secs(5);

/// Any page may read it: one that is not on the list of origins finds out by it that the backend is there.
const ANYBODY: [(HeaderName, &str); 1] = [(ACCESS_CONTROL_ALLOW_ORIGIN, "*")];

pub(super) async fn healthz(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Problem> {
    match tokio::time::timeout(PATIENCE, app.writer.ping()).await {
        Ok(Ok(())) => Ok((ANYBODY, "ok\n")),
        _ => Err(Problem::Overloaded),
    }
}
