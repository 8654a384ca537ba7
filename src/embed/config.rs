//! What the host page asks for, read from attributes. Whatever makes no sense is as if it were not there, except for the
//! name of the community, without which there is nothing to show.

use cercle_domain::id::{BadId, CommunityId};
use cercle_domain::topic::Stage;

use crate::text::Locale;

/// What the host page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    /// Which community.
    pub(super) community: CommunityId,
    /// The address of the backend as it was written; without it there is none.
    pub(super) backend: Option<String>,
    /// The language.
    pub(super) locale: Locale,
    /// The only stage to show.
    pub(super) stage: Option<Stage>,
    /// Whether the sign-up is the tab to begin with, rather than the board.
    pub(super) signup_first: bool,
}

impl Config {
    /// Reads the attributes. `languages` are the ones that the element stands among, the nearest first.
    pub(super) fn read(
        attribute: impl Fn(&str) -> Option<String>,
        languages: &[String],
    ) -> Result<Self, BadId> {
        let said =
            |name| attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        Ok(Self {
            community: said("community").unwrap_or_default().parse()?,
            backend: said("backend"),
            locale: Locale::first(languages.iter().map(String::as_str)),
            stage: said("stage").and_then(|name| Stage::named(&name)),
            signup_first: said("view").as_deref() == Some("signup"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(attributes: &[(&str, &str)]) -> Result<Config, BadId> {
        let attribute =
            |name: &str| attributes.iter().find(|(is, _)| *is == name).map(|(_, value)| (*value).to_owned());
        Config::read(attribute, &["fr".to_owned()])
    }

    #[test]
    fn the_name_of_the_community_is_enough() {
        let config = read(&[("community", " artisanat-logiciel ")]).unwrap();
        assert_eq!(config.community.as_str(), "artisanat-logiciel");
        assert_eq!((config.backend, config.stage, config.locale), (None, None, Locale::Fr));
        assert!(!config.signup_first);
    }

    #[test]
    fn without_a_readable_name_there_is_nothing_to_show() {
        for name in ["", "  ", "Artisanat", "../etc", "a b", "<script>", &"a".repeat(65)] {
            assert!(read(&[("community", name)]).is_err(), "{name} was accepted");
        }
        assert!(read(&[]).is_err());
    }

    #[test]
    fn a_value_that_makes_no_sense_is_as_if_it_were_not_there() {
        let plain = read(&[("community", "tests")]).unwrap();
        let odd = [("community", "tests"), ("stage", "Backlog!"), ("view", "upside-down"), ("backend", " ")];
        assert_eq!(read(&odd).unwrap(), plain);
    }

    #[test]
    fn a_stage_a_tab_and_a_backend_are_read() {
        let attributes =
            [("community", "tests"), ("stage", "backlog"), ("view", "signup"), ("backend", "/cercle/")];
        let config = read(&attributes).unwrap();
        assert_eq!((config.stage, config.signup_first), (Some(Stage::Backlog), true));
        assert_eq!(config.backend.as_deref(), Some("/cercle/"));
    }
}
