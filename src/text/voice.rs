//! A language, ready to speak: its sentences, and the browser's sense of its numbers, dates and lists.

use cercle_domain::Rejection;
use cercle_domain::id::Millis;
use cercle_domain::member::Skill;
use cercle_domain::ranking::Why;

use super::intl;
use super::shape::{Counted, fill};
use super::{Locale, Text, limits};
use crate::app::screen::{Saying, Vote};

/// The first number that any of our languages writes in another way than `1`, `2`, `3`. Few boards count so far, and to
/// look up how costs a page that opens a good part of what it may take altogether: the first `NumberFormat` of a page takes
/// Chromium some 12 ms, in which it goes through every language that it knows.
const GROUPED: usize = 1_000;

/// One language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice(pub Locale);

impl Voice {
    /// The sentences that need nothing.
    #[must_use]
    pub fn text(self) -> &'static Text {
        self.0.text()
    }

    /// A number.
    #[must_use]
    pub fn number(self, number: usize) -> String {
        if number < GROUPED {
            return itoa::Buffer::new().format(number).to_owned();
        }
        intl::ask(self.0, |formats| formats.number(number))
    }

    /// A sentence that counts.
    #[must_use]
    pub fn count(self, sentence: Counted, number: usize) -> String {
        sentence.with(self.0.plural(number), &self.number(number))
    }

    /// "a, b and c".
    #[must_use]
    pub fn list(self, skills: &[Skill]) -> String {
        let items: Vec<&str> = skills.iter().map(|skill| skill.0.as_str()).collect();
        intl::ask(self.0, |formats| formats.list(&items))
    }

    /// A moment, as near as people say it.
    #[must_use]
    pub fn near(self, then: Millis, now: Millis) -> String {
        intl::ask(self.0, |formats| formats.near(then, now))
    }

    /// A moment in full.
    #[must_use]
    pub fn date(self, then: Millis) -> String {
        intl::ask(self.0, |formats| formats.date(then))
    }

    /// A moment for machines.
    #[must_use]
    pub fn iso(self, then: Millis) -> String {
        intl::iso(then)
    }

    /// How many votes a topic has, as far as this person may know.
    #[must_use]
    pub fn tally(self, vote: Vote) -> String {
        match vote.tally {
            Some(tally) => self.count(self.text().votes, tally as usize),
            None => self.text().tally_hidden.to_owned(),
        }
    }

    /// Why a topic stands where it stands, in a few words.
    #[must_use]
    pub fn why_short(self, why: Why) -> String {
        let text = self.text();
        match why {
            Why::TooEarly { .. } => text.why_short_early.to_owned(),
            Why::Ranked { votes, shown, .. } => text.why_short.with([
                &self.count(text.votes, votes as usize),
                &self.count(text.why_short_people, shown as usize),
            ]),
        }
    }

    /// Why a topic stands where it stands, in one sentence.
    #[must_use]
    pub fn why(self, why: Why) -> String {
        let text = self.text();
        match why {
            Why::TooEarly { shown } => self.count(text.later().why_early, shown as usize),
            Why::Ranked { place, of, votes, shown } => text.later().why.with([
                &self.count(text.votes, votes as usize),
                &self.count(text.later().why_people, shown as usize),
                &self.place(place),
                &self.number(of),
            ]),
        }
    }

    /// "3rd".
    fn place(self, place: usize) -> String {
        let plural = intl::ask(self.0, |formats| formats.ordinal(place));
        self.text().why_place.with(plural, &self.number(place))
    }

    /// Why something was not done.
    #[must_use]
    pub fn refusal(self, code: Rejection) -> String {
        let limits: Vec<String> = limits(code).iter().map(|limit| self.number(*limit)).collect();
        let limits: Vec<&str> = limits.iter().map(String::as_str).collect();
        fill((self.text().later().refusal)(code), &limits)
    }

    /// What happened, for ears.
    #[must_use]
    pub fn said(self, saying: Saying) -> String {
        match saying {
            Saying::Refused(code) => self.refusal(code),
            Saying::Moved(stage) => fill(self.text().said(saying), &[(self.text().stage)(stage)]),
            saying => self.text().said(saying).to_owned(),
        }
    }
}
