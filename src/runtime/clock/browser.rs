//! The browser's clock and dice.

use std::cell::RefCell;

use cercle_domain::id::Millis;
use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Clock;
use crate::app::Moment;
use crate::runtime::js::{promise, resolve, timer};

/// Browsers count the wait in 31 bits; whoever is woken early looks at the clock and asks again.
const LONGEST_WAIT: u32 = i32::MAX.unsigned_abs();

/// The browser's clock, with one alarm.
#[derive(Debug, Default)]
pub(crate) struct BrowserClock {
    alarm: RefCell<Option<Alarm>>,
}

impl BrowserClock {
    /// Puts the alarm off: whoever waits for it is told that it will not ring.
    pub(crate) fn stop(&self) {
        drop(self.alarm.take());
    }
}

impl Clock for BrowserClock {
    fn moment(&self) -> Moment {
        Moment { now: now(), dice: dice() }
    }

    async fn wake_at(&self, at: Millis) -> bool {
        let wait = u32::try_from(at.since(now())).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        let (ringing, ring) = promise();
        let timer = timer(wait, ring.clone());
        drop(self.alarm.replace(Some(Alarm { ring, _timer: timer })));
        JsFuture::from(ringing).await.is_ok_and(|rang| rang.is_truthy())
    }
}

/// An alarm that is set. Dropped, it is put off.
#[derive(Debug)]
struct Alarm {
    ring: Function,
    _timer: Timeout,
}

impl Drop for Alarm {
    fn drop(&mut self) {
        resolve(&self.ring, &JsValue::FALSE);
    }
}

fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::disallowed_methods,
        reason = "the one place that looks at the clock; whole milliseconds since 1970, far below 2^53"
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
