//! Whole flows without a browser: the real client on the memory store, the real core of the backend, a clock moved by
//! hand. Nothing sleeps; a flow runs until nothing is left to do.

mod desk; // a person at a device
mod office; // the backend
mod words; // what people say in these tests

mod voting;
mod proposing;
mod working_offline;
mod tending;
mod editing;
mod signing_up;
mod holding_still;
mod several_tabs;
mod without_backend;
mod bad_answers;
mod converging;
