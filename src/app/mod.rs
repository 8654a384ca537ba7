//! What happens, and nothing of how. Pure: no browser, no clock, no network, no `async`.
//!
//! An [`Input`] (a person's [`Intent`] or the world's [`Reply`]) and the [`Moment`] it came at go into [`update`],
//! which changes the [`Model`] and says which [`Effect`]s should follow. [`project`] turns the model into a
//! [`Screen`]. The heart is [`replica`]: *shown = fold(apply, confirmed, outbox)*.

pub mod intent; // what people ask for
pub mod effect; // what we ask of the world
pub mod reply; // what the world says
pub mod drafts; // what people are writing
pub mod screen; // what people see
mod model; // what we know
mod replica; // the community as this device has it
mod sync; // how it stands with the backend
mod overview; // every topic with its counts
mod alike; // topics that say nearly the same
mod layout; // an order that does not move under the reader
mod update; // the one function that changes the model
mod file; // a community as a file
pub(crate) mod json; // JSON as text, read

pub use effect::Effect;
pub use intent::Intent;
pub use model::{Model, Setup};
pub use reply::Reply;
pub use screen::{Screen, project};
pub use update::update;

use cercle_domain::id::Millis;

/// What comes in.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Somebody wants something.
    Intent(Intent),
    /// The world says something.
    Reply(Reply),
}

/// When something came in, and the randomness that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The device's clock. For display, waiting and soft expiry; no order depends on it.
    pub now: Millis,
    /// 128 fresh bits from a cryptographic source: ids are made from them.
    pub dice: u128,
}
