//! How both sides notice that they differ: a number over the versions of all rows that a person may see.
//!
//! The sum of one hash a row, so that a row can be added or taken away without looking at the others and order does
//! not matter. It covers keys and versions rather than contents: versions of the widget that know other fields still
//! agree. It finds mistakes, it is no protection against forgery; FNV-1a (Fowler, Noll, Vo) with a final mix
//! (`fmix64` of `MurmurHash3`) is enough for that and weighs nothing.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::id::Ver;
use crate::readable;
use crate::row::Key;

/// A sum over rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digest(pub u64);

impl Digest {
    /// The sum with this row in it.
    #[must_use]
    pub fn with(self, key: &Key, ver: Ver) -> Self {
        Self(self.0.wrapping_add(row(key, ver)))
    }

    /// The sum without this row.
    #[must_use]
    pub fn without(self, key: &Key, ver: Ver) -> Self {
        Self(self.0.wrapping_sub(row(key, ver)))
    }

    /// The sum over both sets of rows.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

fn row(key: &Key, ver: Ver) -> u64 {
    let mut hash = Fnv::default();
    hash.bytes(key.kind().name().as_bytes());
    match *key {
        Key::Community => &mut hash,
        Key::Facilitator(person) | Key::Member(person) | Key::Voter(person) => hash.u128(person.0),
        Key::Topic(topic) | Key::Exposure(topic) | Key::Tally(topic) => hash.u128(topic.0),
        Key::Vote(person, topic) | Key::Follow(person, topic) => hash.u128(person.0).u128(topic.0),
        Key::Volunteering(topic, person) => hash.u128(topic.0).u128(person.0),
    };
    hash.u64(ver.0).finish()
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

readable!(Digest by |text| u64::from_str_radix(text, 16).ok().map(Self));

/// FNV-1a over 64 bits, with a final mix. The same on every platform.
#[derive(Debug, Clone)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Takes in some bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    /// Takes in a number.
    pub fn u64(&mut self, number: u64) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }

    /// Takes in a long number.
    pub fn u128(&mut self, number: u128) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }

    /// The hash so far.
    #[must_use]
    pub fn finish(&self) -> u64 {
        let mut hash = self.0;
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 33)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TopicId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_rows_does_not_matter_and_taking_one_away_undoes_adding_it(
            rows in proptest::collection::vec((any::<u128>(), any::<u64>()), 0..20),
            extra in any::<(u128, u64)>(),
        ) {
            let add = |digest: Digest, (topic, ver): &(u128, u64)| digest.with(&Key::Topic(TopicId(*topic)), Ver(*ver));
            let forth = rows.iter().fold(Digest::default(), add);
            let back = rows.iter().rev().fold(Digest::default(), add);
            prop_assert_eq!(forth, back);
            let key = Key::Topic(TopicId(extra.0));
            prop_assert_eq!(forth.with(&key, Ver(extra.1)).without(&key, Ver(extra.1)), forth);
            prop_assert_ne!(forth.with(&key, Ver(extra.1)), forth);
        }
    }
}
