//! What a response of the backend means, or of whatever answers in its place. Pure.

use cercle_domain::protocol::SyncAnswer;
use cercle_domain::read::Object;

use crate::app::json;
use crate::app::reply::RemoteError;

/// A response, read to its end.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// The `Retry-After` header.
    pub(super) retry_after: Option<String>,
    pub(super) body: String,
}

impl Response {
    /// The answer of a sync or of a poll for changes.
    pub(super) fn answer(&self) -> Result<SyncAnswer, RemoteError> {
        self.done()?;
        json::read(&self.body).ok_or(RemoteError::BadAnswer)
    }

    /// Whether it was done.
    ///
    /// An act is given up only where the backend itself says in its own words that it will never take it. A portal
    /// or a firewall that answers in its stead with a page of HTML must not cost anybody a vote, nor may a backend that
    /// speaks a later protocol than this page.
    pub(super) fn done(&self) -> Result<(), RemoteError> {
        // All that counts of a `cercle_domain::protocol::Problem`.
        let code = || json::read::<Object>(&self.body)?.take::<String>("code");
        Err(match self.status {
            200..=299 => return Ok(()),
            401 => RemoteError::Unauthorized,
            408 | 429 | 500..=599 => RemoteError::Later(self.come_back_in()),
            400..=499 => match code().as_deref() {
                Some("forbidden_origin") => RemoteError::ForbiddenOrigin,
                Some("community_unknown") => RemoteError::UnknownCommunity,
                Some("unsupported_version" | "not_found") | None => RemoteError::BadAnswer,
                Some(_) => RemoteError::Refused,
            },
            _ => RemoteError::BadAnswer,
        })
    }

    /// Milliseconds; a date instead of seconds is as good as nothing said.
    fn come_back_in(&self) -> Option<u64> {
        let seconds: u64 = self.retry_after.as_ref()?.trim().parse().ok()?;
        Some(seconds.saturating_mul(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<!doctype html><title>Portail</title>";

    fn problem(code: &str) -> String {
        format!(r#"{{"type":"about:blank","status":400,"title":"No.","code":"{code}"}}"#)
    }

    #[test]
    fn every_status_and_code_means_one_thing() {
        let later = RemoteError::Later(Some(7_000));
        for (status, body, meaning) in [
            (200, HTML.into(), Ok(())),
            (204, String::new(), Ok(())),
            (302, HTML.into(), Err(RemoteError::BadAnswer)),
            (400, problem("malformed_json"), Err(RemoteError::Refused)),
            (400, problem("unsupported_version"), Err(RemoteError::BadAnswer)),
            (400, HTML.into(), Err(RemoteError::BadAnswer)),
            (401, HTML.into(), Err(RemoteError::Unauthorized)),
            (403, problem("forbidden_origin"), Err(RemoteError::ForbiddenOrigin)),
            (403, problem("id_in_use_by_other"), Err(RemoteError::Refused)),
            (403, problem("wrong_code"), Err(RemoteError::Refused)),
            (403, HTML.into(), Err(RemoteError::BadAnswer)),
            (404, problem("community_unknown"), Err(RemoteError::UnknownCommunity)),
            (404, problem("not_found"), Err(RemoteError::BadAnswer)),
            (404, HTML.into(), Err(RemoteError::BadAnswer)),
            (408, problem("timeout"), Err(later)),
            (413, problem("body_too_large"), Err(RemoteError::Refused)),
            (429, problem("too_many_requests"), Err(later)),
            (500, HTML.into(), Err(later)),
            (503, problem("overloaded"), Err(later)),
        ] {
            let response = Response { status, retry_after: Some("7".into()), body };
            assert_eq!(response.done(), meaning, "{response:?}");
        }
    }

    #[test]
    fn a_page_of_html_is_no_answer_even_where_all_is_said_to_be_well() {
        let response = Response { status: 200, retry_after: None, body: HTML.into() };
        assert_eq!(response.answer(), Err(RemoteError::BadAnswer));
    }

    #[test]
    fn an_answer_with_other_types_is_none() {
        let body = r#"{"epoch":"00000000000000000000000000000001","you":7,"cursor":"1","rows":[]}"#;
        let response = Response { status: 200, retry_after: None, body: body.into() };
        assert_eq!(response.answer(), Err(RemoteError::BadAnswer));
    }

    #[test]
    fn a_date_to_come_back_at_is_as_good_as_nothing_said() {
        let retry_after = Some("Wed, 21 Oct 2026 07:28:00 GMT".into());
        let response = Response { status: 503, retry_after, body: String::new() };
        assert_eq!(response.done(), Err(RemoteError::Later(None)));
    }
}
