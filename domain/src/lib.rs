//! The vocabulary and the rules of a community of practice, compiled into both the widget and the backend.
//!
//! A community is a set of rows by key, a [`Slice`]. People act through an [`Op`]; [`apply`] is the one place where an
//! op changes rows, and it says the same on both sides of the network, so that what a person sees at once is what
//! the backend will say.
//!
//! Nothing here knows a clock, randomness, a network, a database or a browser: time and identity arrive as data in
//! a [`Stamp`].
//!
//! Where to start: [`op`] for what people can do, [`rules`] for what that changes, [`row`] for what there is.

#![forbid(unsafe_code)]

pub mod community; // the settings of one circle of people
pub mod id; // names of things
pub mod member; // people, sizes, skills
pub mod topic; // what is worked on, and its stages
pub mod row; // every kind of thing a community holds, by key
pub mod slice; // the rows one actor may see
pub mod op; // everything a person can do
pub mod role; // who may do what
pub mod rejection; // why something was not done
pub mod rules; // check and apply: the only place where rows change
pub mod ranking; // how topics are ranked, and why
pub mod shuffle; // the fair order before the ranking
pub mod similar; // topics that say nearly the same
pub mod digest; // how both sides notice that they differ
pub mod protocol; // what travels between widget and backend
pub mod read; // how what was written as JSON is read
pub mod planted; // mistakes on purpose, for tests of the tests

pub use op::{Op, Stamp};
pub use rejection::Rejection;
pub use row::{Key, Row};
pub use rules::{apply, check};
pub use slice::Slice;
