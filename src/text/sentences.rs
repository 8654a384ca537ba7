//! All sentences, by name. Their words stand in [`super::fr`] and [`super::en`].

use cercle_domain::Rejection;
use cercle_domain::member::Size;
use cercle_domain::rules::limits as most;
use cercle_domain::topic::Stage;

use super::shape::{Counted, Phrase};
use crate::app::effect::Trouble;
use crate::app::screen::{Mark, Saying};

macro_rules! sentences {
    ($($(#[$doc:meta])* $of:ident { $($name:ident: $shape:ty,)* })*) => {$(
        $(#[$doc])*
        #[expect(missing_docs, reason = "a sentence's name and the two languages beside each other say it all")]
        pub struct $of {
            $(pub $name: $shape,)*
        }

        #[cfg(test)]
        impl $of {
            /// Calls `see` with every wording of every sentence.
            pub(super) fn each(&self, see: &mut dyn FnMut(&str, &str)) {
                $(tests::Wordings::each(&self.$name, &mut |wording| see(stringify!($name), wording));)*
            }
        }
    )*};
}

type Plain = &'static str;

sentences! {
    /// What a board says, in one language.
    Text {
        // Everywhere
        direction: Plain,
        unnamed: Plain,
        actions: Phrase<1>,
        stage: fn(Stage) -> Plain,
        mark: fn(Mark) -> Plain,
        votes: Counted,
        votes_word: Counted,

        // The head of the widget
        propose: Plain,
        votes_left: Counted,
        votes_placed: Plain,
        other_actions: Plain,
        my_commitments: Plain,
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
        welcome: Plain,
        welcome_example: Plain,
        question: Plain,
        propose_first: Plain,

        // A topic on the board
        vote_for: Phrase<2>,
        tally_hidden: Plain,
        skills_wanted: Plain,
        volunteers: Counted,
        wants_host: Plain,
        move_title: Plain,
        why_short: Phrase<2>,
        why_short_people: Counted,
        why_short_early: Plain,
        why_place: Counted,

        // What happened
        waiting: Counted,
        unreachable: Plain,
        try_again: Plain,
        voted: Plain,
        vote_withdrawn: Plain,

        // What is said once somebody opens something, or something is in the way
        later: fn() -> &'static Later,
    }

    /// What a board never says by itself: nothing needs it before somebody opens something, or something is in the way.
    Later {
        // Everywhere
        close: Plain,
        cancel: Plain,
        save: Plain,
        edit: Plain,
        optional: Plain,
        add: Plain,
        remove: Phrase<1>,
        size: fn(Size) -> Plain,
        size_means: fn(Size) -> Plain,
        size_of: fn(Size) -> Plain,

        // The board
        nothing: Plain,
        show_all: Plain,

        // The head of the widget
        export_all: Plain,
        export_mine: Plain,
        import: Plain,
        facilitate: Plain,
        settings: Plain,

        // A topic on the board
        follow: Plain,
        unfollow: Plain,
        move_to: Plain,
        merge_with: Plain,

        // A topic in full
        proposed: Plain,
        proposed_by: Phrase<1>,
        vote: Plain,
        vote_here: Phrase<1>,
        why_here: Plain,
        why: Phrase<4>,
        why_people: Counted,
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
        import_mine: Plain,
        import_do: Plain,

        // What happened
        trouble: fn(Trouble) -> Plain,
        said: fn(Saying) -> Plain,
        held: Counted,
        refusal: fn(Rejection) -> Plain,
        refused_about: Phrase<1>,
        text_kept: Plain,
        take_up: Plain,
        let_go: Plain,

        // Instead of everything
        bad_community: Plain,
        broken: Plain,
    }
}

impl Text {
    /// The other sentences. Their words come with the code that says them, and whoever asks for one of them on a board
    /// that nobody touched makes all of them come before it.
    #[must_use]
    pub fn later(&self) -> &'static Later {
        (self.later)()
    }

    /// What is wrong. That nobody answers is said most often, and when nothing more can be fetched.
    #[must_use]
    pub fn trouble(&self, trouble: Trouble) -> &'static str {
        match trouble {
            Trouble::Unreachable => self.unreachable,
            rare => (self.later().trouble)(rare),
        }
    }

    /// What came of an act.
    #[must_use]
    pub fn said(&self, saying: Saying) -> &'static str {
        match saying {
            Saying::Voted => self.voted,
            Saying::VoteWithdrawn => self.vote_withdrawn,
            Saying::Trouble(trouble) => self.trouble(trouble),
            rare => (self.later().said)(rare),
        }
    }
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
mod tests;
