//! Waiting for something to become true: the only way in which these tests wait.

use std::fmt::Display;
use std::thread;
use std::time::{Duration, Instant};

/// How long a person would wait before they call it broken, on a machine that does three things at once.
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks. Browsers cannot be asked to tell us, so we look again; a pause leaves them the processor.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks until there is something to see; fails with the last thing that was seen instead.
#[track_caller]
pub(crate) fn until<T>(what: impl Display, look: impl FnMut() -> Result<T, String>) -> T {
    match within(PATIENCE, look) {
        Ok(seen) => seen,
        Err(instead) => panic!("waited {} s until {what}\n  but {instead}", PATIENCE.as_secs()),
    }
}

/// The same with a limit of its own; what was seen instead is an answer.
#[expect(clippy::disallowed_methods, reason = "real browsers live in real time")]
pub(crate) fn within<T>(limit: Duration, mut look: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let deadline = Instant::now() + limit;
    loop {
        match look() {
            Ok(seen) => return Ok(seen),
            Err(instead) if Instant::now() > deadline => return Err(instead),
            Err(_) => thread::park_timeout(PAUSE),
        }
    }
}

/// Lets time pass. No test waits like this: it is for killing something at a moment that the clock alone chooses.
#[expect(clippy::disallowed_methods, reason = "the moment is what is tried out")]
pub(crate) fn at_a_moment(after: Duration) {
    let moment = Instant::now() + after;
    while let Some(left) = moment.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        thread::park_timeout(left);
    }
}
