//! The secret of a database and what is made with it: one-way names of people, hashes of facilitators' codes.

use std::fmt;

use cercle_domain::id::{CommunityId, Epoch, PersonId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::store::{CodeHash, Identity};

/// The key of every one-way hash. Never printed, never sent.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// The secret in these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// 64 lower-case hexadecimal digits, for the store.
    #[must_use]
    pub(crate) fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads what [`Self::to_hex`] wrote.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The person behind a subject of some directory, as far as this database knows them. `realm` keeps the subjects of
    /// different directories apart.
    #[must_use]
    pub fn person(&self, realm: &str, subject: &str) -> PersonId {
        let hash = self.hash(&[realm, subject]);
        PersonId(hash[..16].iter().fold(0, |id, byte| id << 8 | u128::from(*byte)))
    }

    /// What the store keeps of a code.
    #[must_use]
    pub fn code(&self, community: &CommunityId, code: &Code) -> CodeHash {
        CodeHash(hex(&self.hash(&["code", community.as_str(), &code.0])))
    }

    fn hash(&self, parts: &[&str]) -> [u8; 32] {
        // An HMAC takes a key of any length; there is no error to be had.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!());
        mac.update(parts.join(":").as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16);
    let digits = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.flatten().collect()
}

/// A code that makes whoever enters it a facilitator, once: 80 random bits in letters that are hard to confuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// The code in these random bytes.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(random.iter().map(|byte| char::from(Self::LETTERS[usize::from(byte % 32)])).collect())
    }

    /// The code as somebody typed it: case, spaces and dashes do not matter.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_uppercase())
                .collect(),
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The identity of a database that is just being made.
pub fn identity() -> Result<Identity, getrandom::Error> {
    Ok(Identity { epoch: Epoch(u128::from_ne_bytes(random()?)), secret: Secret::new(random()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = Secret::new([0xab; 32]);
        assert_eq!(Secret::from_hex(&secret.to_hex()).unwrap().0, secret.0);
        assert!(Secret::from_hex("ab").is_none());
    }

    #[test]
    fn a_code_may_be_typed_as_people_type() {
        let code = Code::new([7, 33, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]);
        assert_eq!(code.to_string(), "HBCD-EFGH-JKLM-NPQ9");
        assert_eq!(Code::typed(" hbcd efgh-jklmnpq9 "), code);
    }

    #[test]
    fn another_secret_another_realm_or_another_community_is_another_name() {
        let (one, other) = (Secret::new([1; 32]), Secret::new([2; 32]));
        assert_ne!(one.person("device", "k"), other.person("device", "k"));
        assert_ne!(one.person("device", "k"), one.person("directory", "k"));
        let code = Code::new([0; 16]);
        let (a, b) = ("a".parse().unwrap(), "b".parse().unwrap());
        assert_ne!(one.code(&a, &code), one.code(&b, &code));
    }
}
