//! `GET /v1/communities/{community}/events`: a stream of pokes.
//!
//! A poke carries the version of the last change worth looking at, and nothing else: whoever stands below it asks for the
//! changes. The first one comes at once, so that nothing is missed between a sync and the opening of the stream. Looks
//! alone (`topic.shown`) do not poke.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use cercle_domain::id::{CommunityId, PersonId, Ver};
use cercle_domain::protocol::{SyncRequest, VERSION};
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::sync::watch;

use super::wait::{self, Woken};
use super::{path::InPath, who::Who};
use crate::app::App;
use crate::clock;
use crate::core::Ask;
use crate::metrics::Gauge;
use crate::problem::Problem;
use crate::secret::random;

/// Proxies close connections that say nothing for longer than this.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// nginx holds streams back unless told not to.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

pub(super) async fn events(
    State(app): State<Arc<App>>,
    InPath(community): InPath,
    Who(person): Who,
) -> Result<Response, Problem> {
    let mut news = app.writer.subscribe(&community);
    enter(&app, community, person).await?;
    let standing = *news.borrow_and_update();
    let greeting = Event::default().comment("cercle").retry(retry()?);
    let pokes = stream::once(async { greeting })
        .chain(stream::once(async move { poke(standing) }))
        .chain(pokes(&app, news, standing))
        .map(Ok::<_, Infallible>);
    let alive = KeepAlive::new().interval(HEARTBEAT);
    Ok(([UNBUFFERED], Sse::new(pokes).keep_alive(alive)).into_response())
}

/// Makes sure that there is something to listen to. By the time of the answer, the channel knows where it stands.
async fn enter(app: &App, community: CommunityId, person: PersonId) -> Result<(), Problem> {
    let ask = Ask {
        actor: person,
        community,
        at: clock::now(),
        request: SyncRequest { v: VERSION, epoch: None, since: None, ops: Vec::new() },
        limit: 0,
    };
    app.writer.sync(ask).await?;
    Ok(())
}

fn pokes(app: &App, news: watch::Receiver<Ver>, seen: Ver) -> impl Stream<Item = Event> + use<> {
    let open = Gauge::enter(&app.metrics, |metrics| &metrics.streams);
    let stopping = app.stopping.clone();
    stream::unfold((news, stopping, seen, open), |(mut news, mut stopping, seen, open)| async move {
        match wait::beyond(&mut news, seen, &mut stopping).await {
            Woken::News => {
                let seen = *news.borrow_and_update();
                Some((poke(seen), (news, stopping, seen, open)))
            }
            // Whoever opens the stream again is told where things stand.
            Woken::Restore | Woken::TheEnd => None,
        }
    })
}

fn poke(ver: Ver) -> Event {
    // Events without data are not delivered by browsers.
    Event::default().event("poke").id(ver.to_string()).data(ver.to_string())
}

/// When to come back after the stream broke: not everybody at the same moment.
fn retry() -> Result<Duration, Problem> {
    let [a, b] = random().map_err(|_| Problem::Internal)?;
    Ok(Duration::from_millis(1000 + u64::from(u16::from_le_bytes([a, b])) % 4000))
}
