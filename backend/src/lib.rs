//! The server of Cercle.
//!
//! A request becomes an [`core::Ask`]; the one thread of the `writer` plays all that wait on the [`core::Core`], which
//! holds every community whole in memory and lets the [`store`] commit them together; only then are they answered.
//! `routes` is the table of contents of what can be asked over HTTP.
//!
//! The rules of a community are not here: they live in `cercle_domain`, compiled into both sides.

#![forbid(unsafe_code)]

pub mod core; // communities in memory: order, answers
pub mod store; // communities on disk
mod writer; // the one thread that owns the core
mod wakes; // who waits for a change
mod routes; // what can be asked over HTTP
mod app; // what every route may use
mod problem; // why a request has no answer
mod identity; // who asks
pub mod secret; // one-way names and codes
pub mod buckets; // how often one person may write
mod assets; // the widget's files
mod metrics; // numbers for whoever runs this
pub mod clock; // the only place that knows the time
pub mod options; // what whoever runs this may choose
pub mod sample; // a community to look at
pub mod server; // starting and stopping

pub use writer::Tell;
