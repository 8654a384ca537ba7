//! JSON as text, from wherever it comes: the one place that reads it.

use cercle_domain::read::{Read, Value};

/// What the text says; `None` if it is no JSON, or not of this form.
pub(crate) fn read<T: Read>(text: &str) -> Option<T> {
    T::read(tree(text)?)
}

/// By itself, so that whoever reads something more brings no more of serde along.
fn tree(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}
