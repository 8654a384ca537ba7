//! The vote pill: a toggle where votes are taken, a number elsewhere.

use leptos::either::Either;
use leptos::prelude::*;

use super::here::Here;
use super::parts::icon::{Icon, icon};
use super::parts::press;
use crate::app::Intent;
use crate::app::screen::{Card, Vote};

/// What the pill showed before, so that its number rolls when the person's own vote changes it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    vote: Option<Vote>,
    rolls: bool,
}

impl Before {
    fn rolls_now(&mut self, vote: Vote) -> bool {
        // As long as the number stays, so does the drawing of it, in the middle of its roll perhaps.
        if self.vote.is_none_or(|before| before.tally != vote.tally) {
            self.rolls = self.vote.is_some_and(|before| before.mine != vote.mine);
        }
        self.vote = Some(vote);
        self.rolls
    }
}

/// The pill of a topic; `long` with its word beside the number, as in the topic's sheet.
pub(super) fn pill(here: Here, card: &Card, long: bool, before: &mut Before) -> AnyView {
    let Here { text, voice, .. } = here;
    let (id, vote) = (card.id, card.vote);
    let rolls = before.rolls_now(vote);
    let words = voice.tally(vote);
    let number = vote.tally.map_or_else(|| "–".to_owned(), |tally| voice.number(tally as usize));
    let shown = tally(number, rolls, vote.tally.is_some_and(|tally| tally % 2 == 1));
    if !vote.open {
        let class = if long { "vote long closed" } else { "vote closed" };
        let word = long.then(|| word(here, vote));
        return view! {
            <span class=class role="img" aria-label=words>
                {shown}
                {word}
            </span>
        }
        .into_any();
    }
    let name = if long { text.vote_here.with([&words]) } else { text.vote_for.with([&card.title, &words]) };
    let word = long.then(|| word(here, vote));
    view! {
        <button
            type="button"
            class=if long { "vote long" } else { "vote" }
            part="button"
            aria-pressed=vote.mine.to_string()
            aria-disabled=(!vote.possible).then_some("true")
            aria-label=name
            title=(!vote.possible).then(|| voice.refusal(cercle_domain::Rejection::VotesSpent))
            // Without a vote left this is asked for all the same: the answer says why it is not done.
            on:click=press(move || here.ask(Intent::Vote { topic: id, on: !vote.mine }))
        >
            {icon(Icon::Up)}
            {shown}
            {word}
        </button>
    }
    .into_any()
}

/// An animation begins with its element, so odd and even numbers are drawn by different ones.
fn tally(number: String, rolls: bool, odd: bool) -> impl IntoView {
    let class = if rolls { "tally rolls" } else { "tally" };
    let span = view! { <span class=class>{number}</span> };
    if odd { Either::Left(span) } else { Either::Right(span) }
}

fn word(here: Here, vote: Vote) -> String {
    let Here { text, voice, .. } = here;
    let word =
        vote.tally.map_or_else(|| text.vote.to_owned(), |tally| voice.count(text.votes_word, tally as usize));
    format!(" {word}")
}
