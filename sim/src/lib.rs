//! The simulator: whole histories of Cercle, with everything that can go wrong, played in memory and judged.
//!
//! A [`Plan`] is drawn by lot from a seed and a number. [`play`] plays it: the real pure client, the real rules, the real
//! core of the backend, and between them a world that drops, repeats, delays, crashes and forgets as the plan says. Then
//! the faults stop, everything heals, and the judge looks for what must never be. A plan that fails is made [`smaller`]
//! until every line of it is needed, and is kept as a regression.
//!
//! What is deliberately absent: a clock, a thread or chance within a history; any client or server of our own.

mod plan;
mod world;
mod oracle;
mod judge;
mod counts;
mod shrink;

use std::path::PathBuf;

use cercle_backend::store::StoreError;

pub use counts::Counts;
pub use judge::{Fault, Judgement};
pub use plan::{Act, Blow, Crash, Fate, Line, Loss, Plan, Shape, Version};
pub use shrink::smaller;

/// What came of one history.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What is not as it should be; nothing, if all is well.
    pub faults: Vec<Fault>,
    /// How often what happened.
    pub counts: Counts,
    /// How many milliseconds of the world's time it took from the end of the faults until everything was at rest.
    pub healed_after: u64,
}

/// Plays a history and judges it.
pub fn play(plan: &Plan) -> Result<Outcome, StoreError> {
    let folder = plan.shape.sqlite.then(tempfile::tempdir).transpose().map_err(StoreError::new)?;
    let path = folder.as_ref().map(|folder| PathBuf::from(folder.path()));
    let mut world = world::World::new(plan, path)?;
    world.play()?;
    let faults = judge::judge(&mut world)?;
    let healed_after = world.records.healed_after.unwrap_or(u64::MAX);
    Ok(Outcome { faults, counts: std::mem::take(&mut world.records.counts), healed_after })
}
