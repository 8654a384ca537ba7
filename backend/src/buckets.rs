//! How often one person may write: a bucket of tokens each, refilled steadily.
//!
//! Per person and never per address: a whole company may sit behind one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cercle_domain::id::PersonId;

/// Above this many buckets, the full ones are thrown away: a full bucket says nothing.
const TIDY_ABOVE: usize = 10_000;

/// The limits of one person.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests a second in the long run.
    pub per_second: f64,
    /// Requests at once.
    pub burst: f64,
}

impl Default for Rate {
    fn default() -> Self {
        Self { per_second: 10.0, burst: 60.0 }
    }
}

/// Everybody's buckets.
#[derive(Debug)]
pub(crate) struct Buckets {
    rate: Rate,
    buckets: Mutex<HashMap<PersonId, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes one token, or says how long to wait for one.
    pub(crate) fn take(&self, person: PersonId, now: Instant) -> Result<(), Duration> {
        let Rate { per_second, burst } = self.rate;
        let refilled = |bucket: &Bucket| {
            let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.tokens + passed * per_second).min(burst)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > TIDY_ABOVE {
            buckets.retain(|_, bucket| refilled(bucket) < burst);
        }
        let bucket = buckets.entry(person).or_insert(Bucket { tokens: burst, at: now });
        let tokens = refilled(bucket);
        let enough = tokens >= 1.0;
        *bucket = Bucket { tokens: if enough { tokens - 1.0 } else { tokens }, at: now };
        if enough { Ok(()) } else { Err(Duration::from_secs_f64(((1.0 - tokens) / per_second).min(3600.0))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_fine_then_it_is_one_at_a_time_and_others_do_not_notice() {
        let buckets = Buckets::new(Rate { per_second: 2.0, burst: 3.0 });
        let start = crate::clock::steady();
        let (ada, lin) = (PersonId(1), PersonId(2));
        for _ in 0..3 {
            assert_eq!(buckets.take(ada, start), Ok(()));
        }
        assert_eq!(buckets.take(ada, start), Err(Duration::from_millis(500)));
        assert_eq!(buckets.take(lin, start), Ok(()));
        let later = start + Duration::from_millis(500);
        assert_eq!(buckets.take(ada, later), Ok(()));
        assert!(buckets.take(ada, later).is_err());
    }
}
