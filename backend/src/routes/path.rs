//! The community that an address names.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use cercle_domain::id::CommunityId;

use crate::problem::Problem;

/// The `{community}` of an address.
pub(super) struct InPath(pub(super) CommunityId);

impl<S: Send + Sync> FromRequestParts<S> for InPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text: Result<Path<String>, _> = Path::from_request_parts(parts, state).await;
        let community = text.ok().and_then(|Path(text)| text.parse().ok());
        community.map(Self).ok_or(Problem::BadCommunity)
    }
}
