//! All sentences, by name. Their words stand in [`super::fr`] and [`super::en`].

use cercle_domain::Rejection;
use cercle_domain::member::Size;
use cercle_domain::rules::limits as most;
use cercle_domain::topic::Stage;

use super::shape::{Counted, Phrase};
use crate::app::effect::Trouble;
use crate::app::screen::{Mark, Saying};

macro_rules! sentences {
    ($($name:ident: $shape:ty,)*) => {
        /// Every sentence, in one language.
        #[expect(missing_docs, reason = "a sentence's name and the two languages beside each other say it all")]
        pub struct Text {
            $(pub $name: $shape,)*
        }

        #[cfg(test)]
        impl Text {
            /// Calls `see` with every wording of every sentence.
            pub(super) fn each(&self, see: &mut dyn FnMut(&str, &str)) {
                $(tests::Wordings::each(&self.$name, &mut |wording| see(stringify!($name), wording));)*
            }
        }
    };
}

type Plain = &'static str;

sentences! {
    // Everywhere
    direction: Plain,
    loading: Plain,
    unnamed: Plain,
    close: Plain,
    cancel: Plain,
    save: Plain,
    edit: Plain,
    optional: Plain,
    add: Plain,
    remove: Phrase<1>,
    actions: Phrase<1>,
    stage: fn(Stage) -> Plain,
    size: fn(Size) -> Plain,
    size_means: fn(Size) -> Plain,
    size_of: fn(Size) -> Plain,
    mark: fn(Mark) -> Plain,
    votes: Counted,
    votes_word: Counted,

    // The head of the widget
    propose: Plain,
    votes_left: Counted,
    votes_placed: Plain,
    other_actions: Plain,
    my_commitments: Plain,
    export_all: Plain,
    export_mine: Plain,
    import: Plain,
    facilitate: Plain,
    settings: Plain,
    board: Plain,
    join_tab: Plain,

    // The board
    find: Plain,
    search: Plain,
    stage_label: Plain,
    all_stages: Plain,
    skill_label: Plain,
    all_skills: Plain,
    mine: Plain,
    ranking: Plain,
    ranking_waits: Plain,
    topics_word: Counted,
    news: Counted,
    empty: fn(Stage) -> Plain,
    nothing: Plain,
    show_all: Plain,
    welcome: Plain,
    welcome_example: Plain,
    propose_first: Plain,

    // A topic on the board
    vote_for: Phrase<2>,
    tally_hidden: Plain,
    skills_wanted: Plain,
    volunteers: Counted,
    wants_host: Plain,
    follow: Plain,
    unfollow: Plain,
    move_to: Plain,
    move_title: Plain,
    merge_with: Plain,
    why_short: Phrase<2>,
    why_short_people: Counted,
    why_short_early: Plain,

    // A topic in full
    proposed: Plain,
    proposed_by: Phrase<1>,
    vote: Plain,
    vote_here: Phrase<1>,
    why_here: Plain,
    why: Phrase<4>,
    why_people: Counted,
    why_place: Counted,
    why_early: Counted,
    who_can_help: Plain,
    could_help: Plain,
    lend_a_hand: Plain,
    step_back: Plain,
    join_to_help: Plain,
    brings_together: Plain,
    unmerge: Plain,
    unmerge_this: Phrase<1>,
    merged_into: Phrase<1>,
    edit_title: Plain,
    title: Plain,
    text: Plain,
    conflict: Plain,
    conflict_kept: Plain,
    keep_mine: Plain,
    take_theirs: Plain,

    // Proposing
    question: Plain,
    question_hint: Plain,
    similar: Plain,
    similar_found: Counted,
    its_mine: Plain,
    its_mine_for: Phrase<1>,
    have_voted: Plain,
    a_little_more: Plain,
    skills_helpful: Plain,
    on_the_board: Plain,
    can_host: Plain,
    go_on: Plain,
    propose_it: Plain,

    // Signing up, and one's own part
    join_title: Plain,
    profile_title: Plain,
    name: Plain,
    name_hint: Plain,
    give: Plain,
    offers: Plain,
    offers_sought: Plain,
    wants: Plain,
    wants_offered: Plain,
    join: Plain,
    joined: Plain,
    joined_free: Plain,
    where_to_help: Plain,
    looks_for: Phrase<1>,
    no_commitments: Plain,
    still_asked: Plain,
    still_up: Plain,
    pass: Plain,
    you_here: Plain,
    you_share: Phrase<1>,
    you_learn: Phrase<1>,
    leave: Plain,
    erase: Plain,
    erase_says: Plain,
    stay: Plain,
    erase_me: Plain,

    // Small dialogs
    facilitate_title: Plain,
    facilitate_says: Plain,
    code: Plain,
    facilitate_do: Plain,
    settings_title: Plain,
    community_name: Plain,
    community_purpose: Plain,
    vote_cap: Plain,
    no_cap: Plain,
    hide_tallies: Plain,
    cadence: Plain,
    merge_title: Phrase<1>,
    merge_here: Plain,
    merge_into: Phrase<1>,
    import_title: Plain,
    import_says: Plain,
    import_do: Plain,

    // What happened
    waiting: Counted,
    trouble: fn(Trouble) -> Plain,
    try_again: Plain,
    refusal: fn(Rejection) -> Plain,
    refused_about: Phrase<1>,
    text_kept: Plain,
    take_up: Plain,
    let_go: Plain,
    said: fn(Saying) -> Plain,

    // Before the widget can speak for itself
    bad_community: Plain,
    broken: Plain,
}

/// The numbers that fill the holes of a refusal, in their order.
#[must_use]
pub fn limits(code: Rejection) -> &'static [usize] {
    match code {
        Rejection::TitleLength => &[most::TITLE],
        Rejection::TextLength => &[most::TEXT],
        Rejection::NameLength => &[most::NAME],
        Rejection::Skills => &[most::SKILLS, most::SKILL],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape::{Plural, fill};
    use super::super::{Locale, Text};
    use super::*;

    const TROUBLES: [Trouble; 10] = [
        Trouble::MemoryOnly,
        Trouble::Unreadable,
        Trouble::Unreachable,
        Trouble::BadAnswer,
        Trouble::Unauthorized,
        Trouble::UnknownCommunity,
        Trouble::ForbiddenOrigin,
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
                let sentence = (locale.text().refusal)(*code);
                assert_eq!(sentence.matches('{').count(), limits(*code).len(), "{sentence}");
            }
            let skills = (locale.text().refusal)(Rejection::Skills);
            let filled = fill(skills, &["12", "40"]);
            assert!(filled.contains("12") && filled.contains("40"), "{filled}");
        }
    }
}
