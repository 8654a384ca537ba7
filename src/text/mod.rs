//! Every sentence a person reads, one file a language.
//!
//! A language is one [`Text`]: leave a sentence out and it does not compile. What grammar and custom decide (ordinals,
//! dates, lists, large numbers) comes from the browser's `Intl` through [`voice::Voice`], which weighs nothing.
//! A further language is one more file, one more variant of [`Locale`] with its plurals, and no change elsewhere.

pub mod shape; // sentences with holes, sentences that count
mod sentences; // all of them, by name
mod fr;
mod en;
#[cfg(target_arch = "wasm32")]
mod intl; // what the browser knows about a language
#[cfg(target_arch = "wasm32")]
pub mod voice; // a language, ready to speak

pub use sentences::{Later, Text, limits};

use shape::Plural;

/// A language that Cercle speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    /// French.
    Fr,
    /// English, for everybody whose own language is not here.
    #[default]
    En,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language that a BCP 47 tag asks for (`fr`, `fr-CA`, `EN_gb`), if Cercle speaks it.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The first language among these tags that Cercle speaks, else English.
    #[must_use]
    pub fn first<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(Self::of).unwrap_or_default()
    }

    /// Its tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The plural that it counts this many with: the rules of CLDR for whole numbers, a line a language. To ask the browser
    /// for them would take every card of a board out of WebAssembly and back.
    #[must_use]
    pub fn plural(self, number: usize) -> Plural {
        match (self, number) {
            (Self::Fr, 0 | 1) | (Self::En, 1) => Plural::One,
            (Self::Fr, _) if number.is_multiple_of(1_000_000) => Plural::Many,
            _ => Plural::Other,
        }
    }

    /// Its sentences.
    #[must_use]
    pub fn text(self) -> &'static Text {
        match self {
            Self::Fr => &fr::TEXT,
            Self::En => &en::TEXT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_language_alone() {
        for tag in ["fr", "FR", "fr-CA", "fr_BE", " fr-Latn-FR"] {
            assert_eq!(Locale::of(tag), Some(Locale::Fr), "{tag}");
        }
        assert_eq!(Locale::of("en-GB"), Some(Locale::En));
        assert_eq!(Locale::of("français"), None);
        assert_eq!(Locale::of(""), None);
    }

    #[test]
    fn the_first_language_that_is_spoken_here_wins_and_english_is_for_everybody_else() {
        assert_eq!(Locale::first(["de", "fr-FR", "en"]), Locale::Fr);
        assert_eq!(Locale::first(["", "pt-BR"]), Locale::En);
    }
}
