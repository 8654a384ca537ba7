//! Why a request has no answer, as `application/problem+json` (RFC 9457).
//!
//! One enum for everything that a route can fail with. Codes are stable: widgets and tests rely on them. Titles are for
//! people and may change. What went wrong inside is for the log of the server, and never in here. A *rejected op* is
//! not a problem: it is an ordinary receipt.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cercle_domain::protocol;

use crate::core::Refusal;
use crate::writer::Unanswered;

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $({ $field:ident: $type:ty })? = $status:ident $code:literal $title:literal,)*) => {
        /// Everything that a route can fail with.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum Problem {
            $($(#[$doc])* $name $({ $field: $type })?,)*
        }

        impl Problem {
            fn parts(&self) -> (StatusCode, &'static str, &'static str) {
                match self {
                    $(Self::$name { .. } => (StatusCode::$status, $code, $title),)*
                }
            }

            /// Every code there is, for the description of the API.
            #[cfg(test)]
            pub(crate) const CODES: &[&str] = &[$($code,)*];
        }
    };
}

problems! {
    /// Not JSON, or not of the form that was asked for.
    MalformedJson = BAD_REQUEST "malformed_json" "The body is not the JSON that is expected here.",
    /// A parameter of the address cannot be read.
    BadQuery = BAD_REQUEST "bad_query" "A parameter of the address cannot be read.",
    /// Not `[a-z0-9-]{1,64}`.
    BadCommunity = BAD_REQUEST "bad_community" "The name of a community has 1 to 64 of a-z, 0-9 and '-'.",
    /// A version of the protocol that is neither this one nor the one before.
    UnsupportedVersion = BAD_REQUEST "unsupported_version" "This version of the protocol is not spoken here.",
    /// More than [`protocol::MAX_OPS`].
    TooManyOps = BAD_REQUEST "too_many_ops" "A request carries at most 100 ops.",
    /// Nobody, or somebody unknown.
    Unauthorized { challenge: &'static str } = UNAUTHORIZED "unauthorized" "This request does not say who sends it.",
    /// A page of an origin that is not on the list.
    ForbiddenOrigin = FORBIDDEN "forbidden_origin" "Pages of this origin are not allowed here.",
    /// One of the ids was used by somebody else. Nothing was done.
    IdInUseByOther = FORBIDDEN "id_in_use_by_other" "Another person used one of these ids.",
    /// Not the code, or used up.
    WrongCode = FORBIDDEN "wrong_code" "The code is wrong, or it was used already.",
    /// There is no such community and none may be made.
    CommunityUnknown = NOT_FOUND "community_unknown" "There is no such community here.",
    /// There is nothing at this address.
    NotFound = NOT_FOUND "not_found" "There is nothing at this address.",
    /// The address is right, the method is not.
    MethodNotAllowed = METHOD_NOT_ALLOWED "method_not_allowed" "This address does not take that method.",
    /// The body did not arrive in time.
    Timeout = REQUEST_TIMEOUT "timeout" "The request took too long to arrive.",
    /// More than [`protocol::MAX_BODY_BYTES`].
    BodyTooLarge = PAYLOAD_TOO_LARGE "body_too_large" "A body has at most 64 KiB.",
    /// A body that is not called JSON.
    NotJson = UNSUPPORTED_MEDIA_TYPE "not_json" "The body must be application/json.",
    /// This person writes too often.
    TooManyRequests { seconds: u64 } = TOO_MANY_REQUESTS "too_many_requests" "That was a lot at once; try again in a moment.",
    /// The store failed. Nothing was acknowledged; everything may be sent again.
    Storage = SERVICE_UNAVAILABLE "storage" "The backend could not store this; try again later.",
    /// Too many requests wait, or the backend is stopping.
    Overloaded = SERVICE_UNAVAILABLE "overloaded" "The backend is busy; try again later.",
    /// A bug.
    Internal = INTERNAL_SERVER_ERROR "internal" "Something went wrong in the backend.",
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title) = self.parts();
        let problem = protocol::Problem {
            kind: "about:blank".to_owned(),
            status: status.as_u16(),
            title: title.to_owned(),
            code: code.to_owned(),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::Unauthorized { challenge } => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
            Self::TooManyRequests { seconds } => {
                headers.insert(RETRY_AFTER, seconds.into());
            }
            Self::Storage | Self::Overloaded => {
                headers.insert(RETRY_AFTER, 2.into());
            }
            _ => {}
        }
        response
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Overloaded => Self::Overloaded,
            Unanswered::Refused(Refusal::CommunityUnknown) => Self::CommunityUnknown,
            Unanswered::Refused(Refusal::IdInUseByOther) => Self::IdInUseByOther,
            Unanswered::Refused(Refusal::WrongCode) => Self::WrongCode,
            Unanswered::Refused(Refusal::Storage(_)) => Self::Storage,
        }
    }
}
