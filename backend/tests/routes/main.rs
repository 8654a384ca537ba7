//! The backend over real HTTP on a real file: one file a route, or a promise that several routes keep.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod app;
mod faults;

mod sync;
mod changes;
mod events;
mod facilitator;
mod files;
mod embed;
mod origins;
mod operation;

mod erasing;
mod privacy;
mod roles;
mod restarting;
mod storing;
