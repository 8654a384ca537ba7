//! Who asks.
//!
//! Every request says so in its `Authorization` header; there are no cookies. An [`Authenticator`] turns that into a
//! [`Principal`]. There is one so far, for keys that a device made up; tokens of a company's directory will be another
//! behind the same trait. An authenticator answers from memory: one that needs keys from elsewhere fetches them by
//! itself.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use cercle_domain::id::PersonId;

use crate::secret::Secret;

/// Somebody who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Principal {
    /// As communities know them.
    pub(crate) person: PersonId,
}

/// Tells who sent a request.
pub(crate) trait Authenticator: Send + Sync {
    /// The sender; `None` if this does not know them.
    fn principal(&self, headers: &HeaderMap) -> Option<Principal>;

    /// What `WWW-Authenticate` says to those whom it does not know.
    fn challenge(&self) -> &'static str;
}

/// `Authorization: Device <key>`: a random key that a browser made and keeps. Whoever has it is that person.
///
/// The store never sees the key, only a one-way hash of it.
pub(crate) struct DeviceKeys(pub(crate) Secret);

impl Authenticator for DeviceKeys {
    fn principal(&self, headers: &HeaderMap) -> Option<Principal> {
        let key = credentials(headers, "Device")?;
        let long_enough = (32..=128).contains(&key.len());
        let letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (long_enough && letters).then(|| Principal { person: self.0.person("device", key) })
    }

    fn challenge(&self) -> &'static str {
        "Device"
    }
}

/// Knows nobody: what is left when device keys are switched off and nothing else is set up.
pub(crate) struct Nobody;

impl Authenticator for Nobody {
    fn principal(&self, _: &HeaderMap) -> Option<Principal> {
        None
    }

    fn challenge(&self) -> &'static str {
        "Bearer"
    }
}

/// What follows the name of a scheme in the `Authorization` header.
fn credentials<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (name, credentials) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(header: &str) -> Option<Principal> {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, header.parse().unwrap())]);
        DeviceKeys(Secret::new([7; 32])).principal(&headers)
    }

    #[test]
    fn the_same_key_is_the_same_person_and_another_key_another() {
        let key = |letter: &str| format!("Device {}", letter.repeat(32));
        assert_eq!(who(&key("a")), who(&key("a").replace("Device", "device")));
        assert_ne!(who(&key("a")), who(&key("b")));
    }

    #[test]
    fn what_is_no_key_is_nobody() {
        for header in [
            String::new(),
            "Device".to_owned(),
            format!("Device {}", "a".repeat(31)),
            format!("Device {}", "a".repeat(129)),
            format!("Device {}", "é".repeat(32)),
            format!("Device {} {}", "a".repeat(32), "b".repeat(32)),
            format!("Bearer {}", "a".repeat(32)),
        ] {
            assert_eq!(who(&header), None, "{header} was accepted");
        }
    }
}
