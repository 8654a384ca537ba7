//! The only place that knows what time it is.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cercle_domain::id::Millis;

/// The time of day, for display and soft expiry.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn now() -> Millis {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Millis(u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX))
}

/// A clock that nobody sets, for measuring how long something took.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub(crate) fn steady() -> Instant {
    Instant::now()
}
