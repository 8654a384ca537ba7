//! Time, randomness, and the one alarm.

use crate::app::Moment;
use cercle_domain::id::Millis;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub(crate) use browser::BrowserClock;

/// Where moments come from.
pub trait Clock {
    /// Now, with fresh dice from a cryptographic source.
    fn moment(&self) -> Moment;

    /// Resolves to `true` when that time has come (or a little earlier or later), or to `false` if another call has
    /// replaced this one meanwhile: there is one alarm.
    #[expect(async_fn_in_trait, reason = "the widget has one thread")]
    async fn wake_at(&self, at: Millis) -> bool;
}
