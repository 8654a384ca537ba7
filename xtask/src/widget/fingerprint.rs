//! What a file's contents are called: in its immutable address, and in a page's `integrity` attribute.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

/// The SHA-384 of some contents.
pub(super) struct Fingerprint(Vec<u8>);

impl Fingerprint {
    pub(super) fn of(contents: &[u8]) -> Self {
        Self(Sha384::digest(contents).to_vec())
    }

    /// The name with the first 64 bits before its ending: `cercle.js` -> `cercle.0123456789abcdef.js`.
    pub(super) fn named(&self, name: &str) -> String {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut named = format!("{stem}.");
        for byte in &self.0[..8] {
            write!(named, "{byte:02x}").expect("writing to a string cannot fail");
        }
        named + "." + ending
    }

    /// The value of an `integrity` attribute.
    pub(super) fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_written_as_browsers_read_it() {
        // Checked with `openssl dgst -sha384`.
        let fingerprint = Fingerprint::of(b"cercle\n");
        assert_eq!(fingerprint.named("cercle.js"), "cercle.59255150c3c36718.js");
        assert_eq!(
            fingerprint.integrity(),
            "sha384-WSVRUMPDZxio7/hwp9hO0qfA+uImU6xO7jV4/GkE7HChQfKbysWjp9y/vkn2XWdB"
        );
    }
}
