//! The secret by which a backend knows this device again: 256 random bits, made at the first load.

use std::fmt;
use std::str::FromStr;

use cercle_domain::digest::Fnv;
use cercle_domain::id::{BadId, PersonId};
use cercle_domain::readable;
use serde::{Serialize, Serializer};

/// The secret of one device in one community.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DeviceKey([u128; 2]);

impl DeviceKey {
    /// A new key from dice that give 128 bits a throw.
    pub fn roll(mut dice: impl FnMut() -> u128) -> Self {
        Self([dice(), dice()])
    }

    /// Who we are until a backend has said, and for good without one.
    #[must_use]
    pub fn person(self) -> PersonId {
        let half = |salt: u64| u128::from(Fnv::default().u64(salt).u128(self.0[0]).u128(self.0[1]).finish());
        PersonId(half(1) << 64 | half(2))
    }
}

/// 64 lower-case hexadecimal digits, as in the `Authorization` header.
impl fmt::Display for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}{:032x}", self.0[0], self.0[1])
    }
}

/// Never the secret itself: debug output ends up in consoles and reports.
impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKey(…)")
    }
}

impl FromStr for DeviceKey {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        const BAD: BadId = BadId("device key");
        // The halves are spelled like other ids of 128 bits, and checked like them.
        let half = |text: &str| text.parse::<PersonId>().map(|id| id.0).map_err(|_| BAD);
        let (high, low) = text.split_at_checked(32).ok_or(BAD)?;
        Ok(Self([half(high)?, half(low)?]))
    }
}

impl Serialize for DeviceKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

readable!(DeviceKey by |text| text.parse().ok());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key = DeviceKey([7, u128::MAX]);
        assert_eq!(key.to_string().len(), 64);
        assert_eq!(key.to_string().parse(), Ok(key));
        for text in ["", "7", &"g".repeat(64), &"0".repeat(65), &"é".repeat(32)] {
            assert!(text.parse::<DeviceKey>().is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn a_key_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", DeviceKey([7, 8])), "DeviceKey(…)");
    }

    #[test]
    fn another_key_is_another_person() {
        let people = [DeviceKey([1, 2]), DeviceKey([2, 1]), DeviceKey([1, 1])].map(DeviceKey::person);
        assert!(people[0] != people[1] && people[1] != people[2] && people[0] != people[2]);
    }
}
