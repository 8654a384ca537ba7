//! What the backend keeps when everything is taken from it: its process, its power, its disk.
//!
//! Five trials, each with a seed. [`kills`] kills the real program while real clients push; [`power`] plays the core on
//! a disk that forgets what was not synced; [`room`] fills a real file system; [`races`] has everybody do the same at once; [`restores`]
//! puts older backups in place. In all of them people do things and
//! remember what was acknowledged, and a naive [`model`], which knows nothing of the rules of the backend, says what must
//! be in the database then. `cargo xtask torture server` runs them and prints one table.
//!
//! What is not shown: a disk that breaks its promises. One that says *synced* and has not can lose anything.

pub mod kills; // the process
pub mod power; // the power
pub mod room; // the disk
pub mod races; // nothing but the moment
pub mod restores; // the last minute
pub mod model; // what must be there
pub mod acts; // what people do
pub mod chance; // what a seed decides
pub mod figures; // what came of it
mod wire; // one push
