//! The Cercle widget: a backlog board and a volunteer sign-up for communities of practice.
//!
//! A person acts; the view sends an [`app::Intent`]; [`app::update`] decides and records an op;
//! `cercle_domain::apply` folds it into the community; the runtime makes it durable and sends it on;
//! [`app::project`] turns the result into a [`app::Screen`], which is all that views ever see.
//!
//! Start with [`app`]. Nothing there can touch a browser, a clock or a network.

#[cfg(any(target_arch = "wasm32", test))]
pub mod embed; // how a host page meets us
pub mod app; // what happens
pub mod runtime; // making it so
#[cfg(target_arch = "wasm32")]
mod view; // what a person sees
pub mod text; // every sentence a person reads
