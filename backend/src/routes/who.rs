//! The person that a request comes from.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use cercle_domain::id::PersonId;

use crate::app::App;
use crate::clock;
use crate::problem::Problem;

/// Somebody known.
pub(super) struct Who(pub(super) PersonId);

impl FromRequestParts<Arc<App>> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let principal = app.authenticator.principal(&parts.headers);
        principal
            .map(|principal| Self(principal.person))
            .ok_or(Problem::Unauthorized { challenge: app.authenticator.challenge() })
    }
}

impl Who {
    /// Counts one write of this person.
    pub(super) fn writes(&self, app: &App) -> Result<(), Problem> {
        let too_often = |wait: Duration| Problem::TooManyRequests { seconds: wait.as_secs() + 1 };
        app.buckets.take(self.0, clock::steady()).map_err(too_often)
    }
}
