//! Where a packed app belongs: the backend that it speaks to, and the id under which it was registered with Forge.
//!
//! In the sources stand an address and an id that are nobody's; packing writes what the environment says in their place.

use std::env;

use anyhow::{Result, ensure};

const BACKEND: &str = "https://cercle.example.org";
const APP: &str = "ari:cloud:ecosystem::app/00000000-0000-4000-8000-000000000000";
const NO_TOKEN: &str = "<meta name=\"cercle-token\" content=\"\">";

/// The variables that say so.
const BACKEND_IS: &str = "CERCLE_CONFLUENCE_BACKEND";
const APP_IS: &str = "CERCLE_CONFLUENCE_APP";
const TOKEN_IS: &str = "CERCLE_CONFLUENCE_TOKEN";

/// What was not said stays what it is in the sources.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Place {
    backend: Option<String>,
    app: Option<String>,
    /// A path at the backend that gives tokens, if there is one.
    token: Option<String>,
}

impl Place {
    /// As the environment says.
    pub(super) fn wanted() -> Result<Self> {
        Self::read(|name| env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn read(said: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let place = Self { backend: said(BACKEND_IS), app: said(APP_IS), token: said(TOKEN_IS) };
        for (name, value, fits, like) in [
            (BACKEND_IS, &place.backend, is_address as fn(&str) -> bool, "https://cercle.example.org"),
            (APP_IS, &place.app, is_app, APP),
            (TOKEN_IS, &place.token, is_path, "/path/of/tokens"),
        ] {
            if let Some(value) = value {
                ensure!(fits(value), "{name} is {value:?}, which is not like {like}");
            }
        }
        Ok(place)
    }

    pub(super) fn written_into(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if let Some(backend) = &self.backend {
            text = text.replace(BACKEND, backend);
        }
        if let Some(app) = &self.app {
            text = text.replace(APP, app);
        }
        if let Some(token) = &self.token {
            text = text.replace(NO_TOKEN, &NO_TOKEN.replace("\"\"", &format!("{token:?}")));
        }
        text
    }

    /// Says what is still nobody's.
    pub(super) fn remind(&self) {
        for (name, value, what) in [
            (BACKEND_IS, &self.backend, "the backend's address is nobody's"),
            (APP_IS, &self.app, "the app's id is nobody's"),
        ] {
            if value.is_none() {
                println!(
                    "confluence-cloud: {what}; set {name}, or write it into the folder: docs/confluence.md"
                );
            }
        }
    }
}

/// `https://host`, perhaps with a port. No path: in a content security policy it would stand for itself alone.
fn is_address(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
    text.strip_prefix("https://").is_some_and(|host| {
        host.starts_with(|first: char| first.is_ascii_alphanumeric()) && host.bytes().all(plain)
    })
}

fn is_app(text: &str) -> bool {
    let prefix = APP.trim_end_matches(|character: char| character == '-' || character.is_ascii_hexdigit());
    text.strip_prefix(prefix)
        .is_some_and(|id| id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()))
}

fn is_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/~".contains(&byte);
    text.starts_with('/') && !text.starts_with("//") && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &'static str, value: &'static str) -> Result<Place> {
        Place::read(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn what_the_environment_says_stands_in_the_files() {
        let place = said(BACKEND_IS, "https://cercle.intranet.example:8443").expect("an address");
        let manifest = "baseUrl: https://cercle.example.org\npattern: https://cercle.example.org/embed/*";
        assert_eq!(
            place.written_into(manifest),
            "baseUrl: https://cercle.intranet.example:8443\npattern: https://cercle.intranet.example:8443/embed/*"
        );
        let place = said(TOKEN_IS, "/tokens").expect("a path");
        assert_eq!(place.written_into(NO_TOKEN), "<meta name=\"cercle-token\" content=\"/tokens\">");
    }

    #[test]
    fn what_was_not_said_stays_as_it_is() {
        assert_eq!(Place::default().written_into(BACKEND), BACKEND);
    }

    #[test]
    fn what_is_no_address_no_app_and_no_path_is_named() {
        for (name, value) in [
            (BACKEND_IS, "http://cercle.example.org"),
            (BACKEND_IS, "https://"),
            (BACKEND_IS, "https://cercle.example.org/"),
            (BACKEND_IS, "https://example.org/cercle"),
            (BACKEND_IS, "https://a.example\" onload=\""),
            (BACKEND_IS, "https://a.example\nscopes: [all]"),
            (APP_IS, "00000000-0000-4000-8000-000000000000"),
            (APP_IS, "ari:cloud:ecosystem::app/mine"),
            (TOKEN_IS, "tokens"),
            (TOKEN_IS, "//elsewhere.example/tokens"),
        ] {
            let problem = said(name, value).expect_err(value).to_string();
            assert!(problem.contains(name) && problem.contains("which is not like"), "{problem}");
        }
    }
}
