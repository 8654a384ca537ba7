//! Pieces of a screen that know nothing of communities: each could stand in any widget.

pub(super) mod element; // elements, and what changes in them
pub(super) mod list; // a list whose items stay themselves
pub(super) mod dialog; // what floats above everything
pub(super) mod field; // a label, its input, what is wrong with it
pub(super) mod form; // what is sent together
pub(super) mod focus; // where the keyboard is, inside a shadow root
pub(super) mod icon; // drawings
pub(super) mod menu; // a button with a menu
pub(super) mod sight; // what came in sight
pub(super) mod tokens; // a list of short texts, typed one by one
