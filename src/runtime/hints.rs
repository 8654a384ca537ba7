//! Hints between the tabs and elements of one browser: something changed in a database, look again.
//!
//! A hint carries nothing and proves nothing. Where one is lost, or the browser has no channels, the next look finds
//! the change all the same.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

/// A channel of hints. Its own hints are not heard on it.
#[derive(Debug)]
pub(crate) struct Hints {
    channel: BroadcastChannel,
    /// Stops hearing when dropped.
    _hearing: EventListener,
}

impl Hints {
    /// The channel of this name, if the browser has channels.
    pub(crate) fn on(name: &str, heard: impl Fn() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let hearing = EventListener::new(&channel, "message", move |_| heard());
        Some(Self { channel, _hearing: hearing })
    }

    /// Tells the others. A channel that is closed has nobody to tell.
    pub(crate) fn give(&self) {
        drop(self.channel.post_message(&JsValue::NULL));
    }
}

impl Drop for Hints {
    fn drop(&mut self) {
        self.channel.close();
    }
}
