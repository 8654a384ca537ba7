//! Names of things: 128 random bits for what people make, a short slug for a community, a counter for versions.
//!
//! The randomness itself comes from outside: this crate only carries and prints it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::readable;

/// A text that is not the name it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct BadId(pub &'static str);

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident, $label:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(hex(self.0, &mut [0; 32]))
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            /// Reads 32 lower-case hexadecimal digits, the only spelling there is.
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse_hex(text).map(Self).ok_or(BadId($label))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(hex(self.0, &mut [0; 32]))
            }
        }

        readable!($name by |text| text.parse().ok());
    };
}

random_id!(
    /// A topic, named by the device that proposed it.
    TopicId,
    "topic id"
);
random_id!(
    /// One act of one person. Repeating an act repeats its id, which is how it is done once.
    OpId,
    "op id"
);
random_id!(
    /// A person as the backend knows them: a one-way hash of a device key or of a directory's subject.
    PersonId,
    "person id"
);
random_id!(
    /// One incarnation of the backend's database; a restored backup is another.
    Epoch,
    "epoch"
);

/// By hand: `{:032x}` takes several times as long, and ids are most of what travels.
fn hex(number: u128, text: &mut [u8; 32]) -> &str {
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    for (digits, byte) in text.chunks_exact_mut(2).zip(number.to_be_bytes()) {
        digits.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    str::from_utf8(text).unwrap_or_default()
}

fn parse_hex(text: &str) -> Option<u128> {
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (text.len() == 32 && text.bytes().all(lower_hex)).then(|| u128::from_str_radix(text, 16).ok())?
}

/// The name of a community in addresses and attributes: `[a-z0-9-]{1,64}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CommunityId(String);

impl CommunityId {
    /// The text of the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommunityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CommunityId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(allowed);
        fits.then(|| Self(text.to_owned())).ok_or(BadId("community id"))
    }
}

readable!(CommunityId by |text| text.parse().ok());

/// The version of a row, and the cursor of a reader: the community's counter when the row last changed.
///
/// A string on the wire, because JavaScript's numbers end at 2⁵³.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ver(pub u64);

impl fmt::Display for Ver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Ver {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        text.parse().map(Self).map_err(|_| BadId("version"))
    }
}

impl Serialize for Ver {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

readable!(Ver by |text| text.parse().ok());

/// Milliseconds since 1970 in UTC. For display and soft expiry only: no order and no rule depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

readable!(Millis(_));

impl Millis {
    /// One day.
    pub const DAY: u64 = 24 * 60 * 60 * 1000;

    /// The day this moment falls on, counted from 1970 in UTC.
    #[must_use]
    pub fn day(self) -> u64 {
        self.0 / Self::DAY
    }

    /// How long ago `earlier` was, zero if it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        let id = TopicId(0xfeed);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_has_one_spelling_only() {
        let upper = TopicId(0xfeed).to_string().to_uppercase();
        for text in ["", "feed", "+0000000000000000000000000000feed", upper.as_str()] {
            assert!(text.parse::<TopicId>().is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn a_community_id_is_a_short_slug() {
        assert!("artisanat-logiciel".parse::<CommunityId>().is_ok());
        let long = "a".repeat(65);
        for text in ["", "Artisanat", "a b", "../etc", "é", long.as_str()] {
            assert!(text.parse::<CommunityId>().is_err(), "{text} was accepted");
        }
    }
}
