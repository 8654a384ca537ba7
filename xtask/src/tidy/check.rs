//! How every rule is tested: on files that stand in the test itself.

use expect_test::Expect;

use super::Rule;
use super::source::Source;

/// What the rule says about these files, a line a fault.
#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect![..]` reads best as the last argument, unborrowed"
)]
pub(super) fn check(rule: Rule, files: &[(&str, &str)], expected: Expect) {
    let sources: Vec<_> = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect();
    let faults: Vec<_> = rule(&sources).iter().map(ToString::to_string).collect();
    expected.assert_eq(&faults.join("\n"));
}
