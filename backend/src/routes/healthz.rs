//! `GET /healthz`: 200 when requests are answered.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;

use crate::app::App;
use crate::problem::Problem;

/// A writer that is busy for longer than this is in trouble.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn healthz(State(app): State<Arc<App>>) -> Result<&'static str, Problem> {
    match tokio::time::timeout(PATIENCE, app.writer.ping()).await {
        Ok(Ok(())) => Ok("ok\n"),
        _ => Err(Problem::Overloaded),
    }
}
