//! `GET /v1/communities/{community}/changes?since=&epoch=&limit=&wait=`: what changed, and a long poll where a stream
//! cannot pass.
//!
//! `limit=0` is a knock: no rows, but `more` as soon as there is something new. `wait` is the number of seconds that
//! an answer without news may take, at most 25. The `ETag` names the state that the answer was made from.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use cercle_domain::id::{CommunityId, Epoch, PersonId, Ver};
use cercle_domain::protocol::{PAGE_ROWS, SyncAnswer, SyncRequest, VERSION};
use serde::Deserialize;

use super::wait::{self, Woken};
use super::{path::InPath, who::Who};
use crate::app::App;
use crate::clock;
use crate::core::Ask;
use crate::metrics::Gauge;
use crate::problem::Problem;

/// The longest wait: the shortest limit of the platforms that this has to pass.
const LONGEST_WAIT: u64 = 25;

/// What may stand in the address.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    since: Option<Ver>,
    epoch: Option<Epoch>,
    limit: Option<usize>,
    wait: Option<u64>,
}

pub(super) async fn changes(
    State(app): State<Arc<App>>,
    InPath(community): InPath,
    Who(person): Who,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::BadQuery)?;
    // Waiting starts before the first look, so that no change falls between the two.
    let mut news = app.writer.subscribe(&community);
    let mut answer = look(&app, &community, person, &asked).await?;
    let patience = Duration::from_secs(asked.wait.unwrap_or(0).min(LONGEST_WAIT));
    let seen = headers.get(IF_NONE_MATCH);
    if !patience.is_zero() && (says_nothing(&answer) || is_seen(&answer, seen)?) {
        let waiting = Gauge::enter(&app.metrics, |metrics| &metrics.waiting);
        let mut stopping = app.stopping.clone();
        let woken = wait::beyond(&mut news, answer.cursor, &mut stopping);
        let woken = tokio::time::timeout(patience, woken).await;
        drop(waiting);
        if matches!(woken, Ok(Woken::News | Woken::Restore)) {
            answer = look(&app, &community, person, &asked).await?;
        }
    }
    respond(answer, seen)
}

async fn look(
    app: &App,
    community: &CommunityId,
    person: PersonId,
    asked: &Asked,
) -> Result<SyncAnswer, Problem> {
    let ask = Ask {
        actor: person,
        community: community.clone(),
        at: clock::now(),
        request: SyncRequest { v: VERSION, epoch: asked.epoch, since: asked.since, ops: Vec::new() },
        limit: asked.limit.unwrap_or(PAGE_ROWS),
    };
    Ok(app.writer.sync(ask).await?)
}

fn says_nothing(answer: &SyncAnswer) -> bool {
    answer.rows.is_empty() && !answer.more && !answer.reset
}

/// The name of the state that an answer was made from.
fn tag(answer: &SyncAnswer) -> Result<HeaderValue, Problem> {
    let tag = format!("\"{}-{}\"", answer.epoch, answer.cursor);
    HeaderValue::from_str(&tag).map_err(|_| Problem::Internal)
}

/// Whether the asker has this very answer. The cursor names the whole state on the last page only.
fn is_seen(answer: &SyncAnswer, seen: Option<&HeaderValue>) -> Result<bool, Problem> {
    Ok(!answer.more && seen == Some(&tag(answer)?))
}

fn respond(answer: SyncAnswer, seen: Option<&HeaderValue>) -> Result<Response, Problem> {
    let tag = tag(&answer)?;
    let mut response = if is_seen(&answer, seen)? {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(answer).into_response()
    };
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}
