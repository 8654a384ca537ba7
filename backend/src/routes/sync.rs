//! `POST /v1/communities/{community}/sync`: push and pull in one.
//!
//! The answer is made after everything that was pushed is on the disk. Sending the same again does nothing again, and
//! gives the same receipts.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use cercle_domain::protocol::{MAX_OPS, PAGE_ROWS, SyncAnswer, SyncRequest, VERSION};
use serde::Deserialize;

use super::{body, path::InPath, who::Who};
use crate::app::App;
use crate::clock;
use crate::core::{Ask, RawOp};
use crate::problem::Problem;

pub(super) async fn sync(
    State(app): State<Arc<App>>,
    InPath(community): InPath,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<SyncAnswer>, Problem> {
    let request = parse(&body::read(&headers, body).await?)?;
    if !request.ops.is_empty() {
        who.writes(&app)?;
    }
    let ask = Ask { actor: who.0, community, at: clock::now(), request, limit: PAGE_ROWS };
    Ok(Json(app.writer.sync(ask).await?))
}

/// All that is certain about a request of any version.
#[derive(Deserialize)]
struct AnyVersion {
    v: u32,
}

fn parse(body: &[u8]) -> Result<SyncRequest<RawOp>, Problem> {
    let AnyVersion { v } = serde_json::from_slice(body).map_err(|_| Problem::MalformedJson)?;
    if v != VERSION && v + 1 != VERSION {
        return Err(Problem::UnsupportedVersion);
    }
    let request: SyncRequest<RawOp> = serde_json::from_slice(body).map_err(|_| Problem::MalformedJson)?;
    if request.ops.len() > MAX_OPS {
        return Err(Problem::TooManyOps);
    }
    Ok(request)
}
