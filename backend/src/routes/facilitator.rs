//! `POST /v1/communities/{community}/facilitator`: whoever knows the code becomes a facilitator, once.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use cercle_domain::id::OpId;
use serde::Deserialize;

use super::{body, path::InPath, who::Who};
use crate::app::App;
use crate::clock;
use crate::problem::Problem;
use crate::secret::{Code, random};
use crate::writer::Claim;

#[derive(Deserialize)]
struct Entered {
    code: String,
}

pub(super) async fn claim(
    State(app): State<Arc<App>>,
    InPath(community): InPath,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    let body = body::read(&headers, body).await?;
    let Entered { code } = serde_json::from_slice(&body).map_err(|_| Problem::MalformedJson)?;
    who.writes(&app)?;
    let claim = Claim {
        actor: who.0,
        at: clock::now(),
        op: OpId(u128::from_ne_bytes(random().map_err(|_| Problem::Internal)?)),
        code: app.secret.code(&community, &Code::typed(&code)),
        community,
    };
    app.writer.claim(claim).await?;
    Ok(StatusCode::NO_CONTENT)
}
