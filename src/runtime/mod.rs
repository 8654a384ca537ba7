//! The rim: everything that [`crate::app`] asks of the world, done. The only `async` and the only IO of the widget.
//!
//! One match over [`Effect`] hands each to the store, the backend, the clock or the host page, and says what came of
//! it as [`Reply`]s. Nothing is decided here: no waiting longer after a failure, no trying again what the backend
//! refused. The one exception is the device that will not keep things, see [`store::Keeper`].
//!
//! The rim is generic over four traits, so that flow tests drive the very same code natively. It runs on one thread
//! and on any executor, or on none.

pub mod store; // what this device keeps
pub mod remote; // the backend
pub mod clock; // time and randomness
#[cfg(target_arch = "wasm32")]
mod hints; // between the tabs of one browser
#[cfg(target_arch = "wasm32")]
mod limit; // on waiting
#[cfg(target_arch = "wasm32")]
pub(crate) mod js; // objects and promises

use std::rc::Rc;

use crate::app::effect::HostEvent;
use crate::app::reply::RemoteError;
use crate::app::{Effect, Reply};

use clock::Clock;
use remote::{Heard, Remote, Synced};
use store::{DeviceKey, Keeper, Store};

/// The host page.
pub trait Host {
    /// Tells the page what happened.
    fn announce(&self, event: HostEvent);
    /// Offers the person a file.
    fn save(&self, name: &str, json: &str);
}

/// All there is outside of [`crate::app`].
#[derive(Debug)]
pub struct World<S, R, C, H> {
    store: Keeper<S>,
    remote: Option<R>,
    clock: C,
    host: H,
}

impl<S: Store, R: Remote, C: Clock, H: Host> World<S, R, C, H> {
    /// A world; `None` is one without a backend.
    #[must_use]
    pub fn new(store: S, remote: Option<R>, clock: C, host: H) -> Rc<Self> {
        Rc::new(Self { store: Keeper::new(store, remote.is_some()), remote, clock, host })
    }

    /// The clock, for the [`crate::app::Moment`] that goes with every input.
    pub fn clock(&self) -> &C {
        &self.clock
    }

    /// The host page.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// The device, which may have failed.
    pub fn device(&self) -> &S {
        self.store.device()
    }

    /// The backend, if one was named.
    pub fn remote(&self) -> Option<&R> {
        self.remote.as_ref()
    }

    /// Does one thing and says what came of it, in this order.
    ///
    /// Effects [on the device](is_on_device) are done one after another, in the order in which they were asked for;
    /// the others may take their time side by side.
    pub async fn perform(&self, effect: Effect) -> Vec<Reply> {
        match effect {
            Effect::Load => self.store.load(DeviceKey::roll(|| self.clock.moment().dice)).await,
            Effect::Enqueue(entry) => self.store.enqueue(entry).await,
            Effect::Keep(page) => self.store.keep(page).await,
            Effect::Note(note) => self.store.note(note).await,
            Effect::Discard(places) => self.store.discard(places).await,
            Effect::Wipe => self.store.wipe().await,

            Effect::Sync { request, fresh_token, patience_ms } => {
                let Some((remote, key)) = self.backend() else {
                    return vec![Reply::SyncFailed(RemoteError::Unreachable)];
                };
                vec![match remote.sync(key, &request, fresh_token, patience_ms).await {
                    Ok(Synced::Answered(answer)) => Reply::Answered(answer),
                    Ok(Synced::Busy) => Reply::Busy,
                    Err(error) => Reply::SyncFailed(error),
                }]
            }
            Effect::Listen { epoch, since } => {
                let Some((remote, key)) = self.backend() else { return vec![Reply::ListenFailed] };
                vec![match remote.listen(key, epoch, since).await {
                    Ok(Heard::News) => Reply::Poked,
                    Ok(Heard::Silence) => Reply::Silence,
                    Err(_) => Reply::ListenFailed,
                }]
            }
            Effect::Claim(code) => {
                let Some((remote, key)) = self.backend() else {
                    return vec![Reply::Claimed(Err(RemoteError::Unreachable))];
                };
                vec![Reply::Claimed(remote.claim(key, &code).await)]
            }

            Effect::WakeAt(at) => {
                let woke = self.clock.wake_at(at).await;
                if woke { vec![Reply::Woke] } else { Vec::new() }
            }
            Effect::Announce(event) => {
                self.host.announce(event);
                Vec::new()
            }
            Effect::Save { name, json } => {
                self.host.save(&name, &json);
                Vec::new()
            }
        }
    }

    /// The backend and who we are to it; nobody before the first load, and nobody asks anything then.
    fn backend(&self) -> Option<(&R, DeviceKey)> {
        Some((self.remote.as_ref()?, self.store.key()?))
    }
}

/// Whether an effect is for the device, where order matters.
#[must_use]
pub fn is_on_device(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Load
            | Effect::Enqueue(_)
            | Effect::Keep(_)
            | Effect::Note(_)
            | Effect::Discard(_)
            | Effect::Wipe
    )
}
