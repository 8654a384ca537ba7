//! `cargo xtask profile`: observes in a browser what a board does without.

use anyhow::Result;

use crate::test::browser::{self, Server};
use crate::widget::split;

pub(crate) fn run() -> Result<()> {
    let mut tests = browser::against(&split::marked()?, Server::ForTests)?;
    tests.args(["--", "profile"]);
    split::keep_list(tests)
}
