//! The rules of a community: [`check`] says whether an op may be done, [`apply`] does it.
//!
//! Both are total: any op on any rows gives an answer, never a panic. They know no clock, no randomness, no IO, no
//! float and no unordered map, so that both sides of the network come to the same rows.

mod apply;
mod check;
pub mod limits;
#[cfg(test)]
mod properties;

pub use apply::apply;
pub use check::check;

use crate::row::Key;

/// The keys whose rows an op changed, sorted, each once; empty when everything was as wanted already.
pub type Changed = Vec<Key>;
