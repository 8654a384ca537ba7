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
#[expect(clippy::disallowed_methods, reason = "real browsers live in real time")]
pub(crate) fn until<T>(what: impl Display, mut look: impl FnMut() -> Result<T, String>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match look() {
            Ok(seen) => return seen,
            Err(instead) if Instant::now() > deadline => {
                panic!("waited {} s until {what}\n  but {instead}", PATIENCE.as_secs())
            }
            Err(_) => thread::park_timeout(PAUSE),
        }
    }
}
