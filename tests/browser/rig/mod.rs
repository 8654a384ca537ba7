//! What drives the browsers; nothing in here is a test.

#[macro_use]
pub(crate) mod run; // one test after the other
pub(crate) mod visit; // one test in one engine
pub(crate) mod page; // what a person meets
pub(crate) mod thing; // one of the things there
pub(crate) mod board; // what people do with the widget

pub(crate) mod server; // the real backend
pub(crate) mod proxy; // a network that fails
pub(crate) mod person; // somebody at another device
pub(crate) mod site; // a stranger's site
mod tls; // the same by https

pub(crate) mod engine; // three engines
pub(crate) mod browser; // one browser
pub(crate) mod process; // a program beside us
pub(crate) mod http; // plain sockets
pub(crate) mod wait; // the only way to wait
pub(crate) mod figures; // what stands under a table of figures
