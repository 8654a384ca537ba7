//! The browser's clock and dice.

use std::cell::Cell;

use cercle_domain::id::Millis;
use gloo_timers::future::TimeoutFuture;

use super::Clock;
use crate::app::Moment;

/// Browsers count the wait in 31 bits; whoever is woken early looks at the clock and asks again.
const LONGEST_WAIT: u32 = i32::MAX.unsigned_abs();

/// The browser's clock, with one alarm.
#[derive(Debug, Default)]
pub(crate) struct BrowserClock {
    alarms: Cell<u64>,
}

impl Clock for BrowserClock {
    fn moment(&self) -> Moment {
        Moment { now: now(), dice: dice() }
    }

    async fn wake_at(&self, at: Millis) -> bool {
        let alarm = self.alarms.get() + 1;
        self.alarms.set(alarm);
        let wait = u32::try_from(at.since(now())).unwrap_or(LONGEST_WAIT);
        TimeoutFuture::new(wait.min(LONGEST_WAIT)).await;
        // A replaced alarm still rings, but nobody hears it.
        self.alarms.get() == alarm
    }
}

fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole milliseconds since 1970, far below 2^53"
    )]
    Millis(js_sys::Date::now() as u64)
}

fn dice() -> u128 {
    let mut bytes = [0; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let rolled = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    // Every browser that runs WebAssembly has it, on plain http too. Without it ids could clash: better not to start.
    rolled.expect("the browser has no source of randomness");
    u128::from_le_bytes(bytes)
}
