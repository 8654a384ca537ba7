//! The vote pill: a toggle where votes are taken, a number elsewhere.

use std::cell::Cell;
use std::rc::Rc;

use cercle_domain::Rejection;
use cercle_domain::id::TopicId;

use super::here::Here;
use super::parts::element::{El, el};
use super::parts::icon::{Icon, icon};
use crate::app::Intent;
use crate::app::screen::Vote;

/// What a pill shows.
#[derive(Clone)]
pub(super) struct Pill {
    pub(super) id: TopicId,
    /// The title, where the pill has to say it.
    pub(super) title: Option<Rc<dyn Fn() -> String>>,
    pub(super) vote: Rc<dyn Fn() -> Vote>,
}

/// Adds the pill of a topic to `frame`; without a title to say it is a long one, with its word beside the number.
pub(super) fn pill(frame: El, here: Here, pill: Pill) -> El {
    let vote = Rc::clone(&pill.vote);
    frame.live(
        move || vote().open,
        move |open| if *open { toggle(here, pill.clone()) } else { closed(here, &pill) },
    )
}

fn toggle(here: Here, pill: Pill) -> El {
    let (text, voice) = (here.text, here.voice);
    let Pill { id, title, vote } = pill;
    let on = |f: fn(Vote) -> bool| {
        let vote = Rc::clone(&vote);
        move || f(vote())
    };
    let (mine, possible) = (on(|vote| vote.mine), on(|vote| vote.possible));
    let (pressed, spent) = (mine.clone(), possible.clone());
    let button = el("button", if title.is_some() { "vote" } else { "vote long" })
        .attr("type", "button")
        .attr("part", "button")
        .live_attr("aria-pressed", move || Some(pressed().to_string()))
        .live_attr("aria-disabled", move || (!possible()).then_some("true"))
        .live_attr("title", move || (!spent()).then(|| voice.refusal(Rejection::VotesSpent)))
        // Without a vote left this is asked for all the same: the answer says why it is not done.
        .press(move || here.ask(Intent::Vote { topic: id, on: !mine() }))
        .child(icon(Icon::Up));
    let (long, said) = (title.is_none(), Rc::clone(&vote));
    let name = move || {
        let votes = voice.tally(said());
        match &title {
            Some(title) => text.vote_for.with([&title(), &votes]),
            None => text.later().vote_here.with([&votes]),
        }
    };
    numbered(button.live_attr("aria-label", move || Some(name())), here, vote, long)
}

fn closed(here: Here, pill: &Pill) -> El {
    let (long, vote) = (pill.title.is_none(), Rc::clone(&pill.vote));
    let pill = el("span", if long { "vote long closed" } else { "vote closed" }).attr("role", "img");
    let said = Rc::clone(&vote);
    numbered(pill.live_attr("aria-label", move || Some(here.voice.tally(said()))), here, vote, long)
}

/// The number, which rolls when the person's own vote changes it, and for a long pill its word.
fn numbered(pill: El, here: Here, vote: Rc<dyn Fn() -> Vote>, long: bool) -> El {
    let (text, voice) = (here.text, here.voice);
    let (counted, named, mine_before) = (Rc::clone(&vote), Rc::clone(&vote), Cell::new(None));
    let pill = pill.live(
        move || counted().tally,
        move |tally| {
            let mine = vote().mine;
            let rolls = mine_before.replace(Some(mine)).is_some_and(|before| before != mine);
            let number = tally.map_or_else(|| "–".to_owned(), |tally| voice.number(tally as usize));
            el("span", if rolls { "tally rolls" } else { "tally" }).text(&number)
        },
    );
    if !long {
        return pill;
    }
    let word = move || match named().tally {
        Some(tally) => voice.count(text.votes_word, tally as usize),
        None => text.later().vote.to_owned(),
    };
    pill.live_text(move || format!(" {}", word()))
}
