//! What every sentence keeps to, in every language.

use super::*;
use crate::text::Locale;
use crate::text::shape::{Plural, fill};

const TROUBLES: [Trouble; 15] = [
    Trouble::MemoryOnly,
    Trouble::Unreadable,
    Trouble::Lost,
    Trouble::Unreachable,
    Trouble::BadAnswer,
    Trouble::Unauthorized,
    Trouble::UnknownCommunity,
    Trouble::ForbiddenOrigin,
    Trouble::BadAddress,
    Trouble::Insecure,
    Trouble::Policy,
    Trouble::LocalNetwork,
    Trouble::WrongCode,
    Trouble::BadFile,
    Trouble::Diverged,
];
const SAYINGS: [Saying; 14] = [
    Saying::Proposed,
    Saying::Voted,
    Saying::VoteWithdrawn,
    Saying::Volunteered,
    Saying::SteppedBack,
    Saying::Joined,
    Saying::Left,
    Saying::Edited,
    Saying::Merged,
    Saying::Facilitates,
    Saying::Settled,
    Saying::Moved(Stage::Backlog),
    Saying::Refused(Rejection::Skills),
    Saying::Trouble(Trouble::MemoryOnly),
];
const PLURALS: [Plural; 3] = [Plural::One, Plural::Many, Plural::Other];

/// Something that can be worded, perhaps in several ways.
pub(super) trait Wordings {
    fn each(&self, see: &mut dyn FnMut(&str));
}

impl Wordings for Plain {
    fn each(&self, see: &mut dyn FnMut(&str)) {
        see(self);
    }
}
impl<const HOLES: usize> Wordings for Phrase<HOLES> {
    fn each(&self, see: &mut dyn FnMut(&str)) {
        for hole in 0..HOLES {
            assert!(self.0.contains(&format!("{{{hole}}}")), "{} lacks {{{hole}}}", self.0);
        }
        assert_eq!(self.0.matches('{').count(), HOLES, "{}", self.0);
        see(self.0);
    }
}
impl Wordings for Counted {
    fn each(&self, see: &mut dyn FnMut(&str)) {
        PLURALS.map(self.0).into_iter().for_each(see);
    }
}

impl Wordings for fn() -> &'static Later {
    fn each(&self, see: &mut dyn FnMut(&str)) {
        self().each(&mut |_, wording| see(wording));
    }
}

macro_rules! worded_for {
    ($($what:ty: $all:expr,)*) => {
        $(impl Wordings for fn($what) -> Plain {
            fn each(&self, see: &mut dyn FnMut(&str)) {
                $all.iter().map(|what| self(*what)).for_each(see);
            }
        })*
    };
}
worded_for! {
    Stage: Stage::ALL,
    Size: Size::ALL,
    Mark: [Mark::Pending, Mark::Kept, Mark::Saved],
    Trouble: TROUBLES,
    Rejection: Rejection::ALL,
    Saying: SAYINGS,
}

fn wordings(text: &Text) -> Vec<(String, String)> {
    let mut all = Vec::new();
    text.each(&mut |name, wording| all.push((name.to_owned(), wording.to_owned())));
    all
}

#[test]
fn no_sentence_is_empty_or_ragged() {
    for locale in [Locale::Fr, Locale::En] {
        for (name, wording) in wordings(locale.text()) {
            assert!(!wording.trim().is_empty(), "{name} says nothing in {locale:?}");
            assert_eq!(wording.trim(), wording, "{name}");
            assert!(!wording.contains("  "), "{name}: {wording}");
            assert!(!wording.contains(['\'', '"']), "{name} has typewriter quotes: {wording}");
            assert!(!wording.contains("..."), "{name} has three points for …: {wording}");
        }
    }
}

#[test]
fn french_has_a_no_break_space_wherever_it_wants_one() {
    for (name, wording) in wordings(Locale::Fr.text()) {
        let letters: Vec<char> = wording.chars().collect();
        for pair in letters.windows(2) {
            let tall = matches!(pair[1], ':' | ';' | '?' | '!' | '»');
            assert!(!tall || pair[0] == '\u{a0}', "{name}: {wording}");
            assert!(pair[0] != '«' || pair[1] == '\u{a0}', "{name}: {wording}");
        }
    }
}

#[test]
fn nothing_hurries_blames_or_counts_against_anyone() {
    let unkind = |locale| match locale {
        Locale::Fr => [
            "encore",
            "plus que",
            "vous n’avez",
            "vous devez",
            "dépêch",
            "vite",
            "oubli",
            "absent",
            "échou",
            "erreur",
            "échec",
            "invalide",
            "interdit",
            "·e",
        ]
        .as_slice(),
        Locale::En => &[
            "hurry",
            " only ",
            "you have not",
            "you haven’t",
            "you must",
            "don’t forget",
            "forgot",
            "fail",
            "error",
            "invalid",
            "forbidden",
            "no-show",
            "still have",
        ],
    };
    for locale in [Locale::Fr, Locale::En] {
        for (name, wording) in wordings(locale.text()) {
            for word in unkind(locale) {
                assert!(!wording.to_lowercase().contains(word), "{name} says {word:?}: {wording}");
            }
        }
    }
}

#[test]
fn both_languages_say_the_same_number_of_things_and_never_the_same_words_by_mistake() {
    let (fr, en) = (wordings(Locale::Fr.text()), wordings(Locale::En.text()));
    assert_eq!(fr.len(), en.len());
    // Short words that both languages share, and the direction of both.
    let shared = |wording: &str| wording.chars().filter(|c| c.is_alphabetic()).count() <= 11;
    for ((name, fr), (_, en)) in fr.iter().zip(&en) {
        assert!(fr != en || shared(fr), "{name} is {fr} in both languages");
    }
}

#[test]
fn a_refusal_names_its_limits() {
    for locale in [Locale::Fr, Locale::En] {
        for code in Rejection::ALL {
            let sentence = (locale.text().later().refusal)(*code);
            assert_eq!(sentence.matches('{').count(), limits(*code).len(), "{sentence}");
        }
        let skills = (locale.text().later().refusal)(Rejection::Skills);
        let filled = fill(skills, &["12", "40"]);
        assert!(filled.contains("12") && filled.contains("40"), "{filled}");
    }
}

#[test]
fn every_code_that_a_page_may_hear_is_explained() {
    let page = include_str!("../../../docs/hosts.md");
    for code in TROUBLES.map(Trouble::code).into_iter().chain(["bad_community", "broken"]) {
        assert!(page.contains(&format!("`{code}`")), "{code} is not in docs/hosts.md");
    }
}
