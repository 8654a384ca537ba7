//! What waits, what is wrong, what was refused: at the foot of the window, where its coming moves nothing.

use super::edit::kept;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::element::{El, button, el};
use super::parts::icon::{Icon, icon};
use crate::app::Intent;
use crate::app::effect::Trouble;
use crate::app::screen::{Bar, Refusal};

/// The bars and the refusals. Their containers are always there, so that what comes into them is announced.
pub(super) fn status(here: Here, local: Local) -> El {
    // What stands in place of the board need not be said at its foot too.
    let bars = move || {
        let told = blocked(here).map(Bar::Trouble);
        here.screen().bars.iter().copied().filter(|bar| Some(*bar) != told).collect::<Vec<_>>()
    };
    let bars = el("div", "")
        .attr("role", "status")
        .live(bars, move |bars: &Vec<Bar>| bars.iter().map(|kind| bar(here, *kind)).collect::<Vec<_>>());
    let refusals = el("div", "").live(
        move || here.screen().refusals.clone(),
        move |refusals| refusals.iter().map(|refusal| notice(here, local, refusal)).collect::<Vec<_>>(),
    );
    let said = el("div", "").live(
        move || Some(local.see().said.clone()).filter(|said| said.explains),
        move |said| said.as_ref().map(|said| explanation(here, local, &said.words)),
    );
    el("div", "bars").child(bars).child(refusals).child(said)
}

fn bar(here: Here, bar: Bar) -> El {
    let text = here.text;
    let (sign, words, mendable) = match bar {
        Bar::Waiting(count) => (el("span", "mark kept"), here.voice.count(text.waiting, count), true),
        Bar::HeldBack(count) => (el("span", "mark kept"), here.voice.count(text.later().held, count), false),
        Bar::Trouble(trouble) => {
            (icon(Icon::Warning), text.trouble(trouble).to_owned(), is_mendable(trouble))
        }
    };
    let again = mendable.then(|| {
        let again = move || here.ask(Intent::TryAgain);
        el("button", "link").attr("type", "button").text(text.try_again).press(again)
    });
    el("p", "bar").attr("part", "status").child(sign).child(el("span", "").text(&words)).children(again)
}

/// Why something was not done just now.
fn explanation(here: Here, local: Local, words: &str) -> El {
    let close = el("button", "icon-button")
        .attr("type", "button")
        .attr("aria-label", here.text.later().close)
        .press(move || local.say(String::new(), false))
        .child(icon(Icon::Close));
    el("p", "bar")
        .attr("part", "status")
        .child(icon(Icon::Warning))
        .child(el("span", "").text(words))
        .child(close)
}

/// Whether trying again may help.
fn is_mendable(trouble: Trouble) -> bool {
    match trouble {
        Trouble::Unreachable
        | Trouble::BadAnswer
        | Trouble::Unauthorized
        | Trouble::UnknownCommunity
        | Trouble::ForbiddenOrigin
        | Trouble::LocalNetwork => true,
        Trouble::MemoryOnly
        | Trouble::Unreadable
        | Trouble::Lost
        | Trouble::BadAddress
        | Trouble::Insecure
        | Trouble::Policy
        | Trouble::WrongCode
        | Trouble::BadFile
        | Trouble::Diverged => false,
    }
}

fn notice(here: Here, local: Local, refusal: &Refusal) -> El {
    let text = here.text;
    let op = refusal.op;
    let is_proposal = refusal.about.is_none();
    let take_up = move || {
        here.ask(Intent::TakeUp(op));
        if is_proposal {
            local.set(|state| state.details = true);
            local.float(Floating::Propose);
        }
    };
    let about = refusal.about.as_ref().map(|title| format!("{} ", text.later().refused_about.with([title])));
    let told = el("p", "").text(&about.unwrap_or_default()).text(&here.voice.refusal(refusal.code));
    let (told, take_up) = match refusal.kept {
        Some(_) => (
            told.text(" ").child(el("span", "").text(text.later().text_kept)),
            Some(button("button", text.later().take_up, take_up)),
        ),
        None => (told, None),
    };
    let let_go = button("button", text.later().let_go, move || here.ask(Intent::Dismiss(op)));
    let body = el("div", "")
        .child(told)
        .children(refusal.kept.as_ref().map(kept))
        .child(el("div", "acts").children(take_up).child(let_go));
    alert().child(body)
}

fn alert() -> El {
    el("div", "notice").attr("part", "status").attr("role", "alert").child(icon(Icon::Warning))
}

/// What keeps the backend from showing anything of the community, where there is nothing else to show.
pub(super) fn blocked(here: Here) -> Option<Trouble> {
    let screen = here.screen();
    let empty = screen.columns.iter().all(|column| column.cards.is_empty()) && !screen.tools.narrowed;
    let refuses = |bar: &Bar| match bar {
        Bar::Trouble(trouble @ (Trouble::UnknownCommunity | Trouble::ForbiddenOrigin)) => Some(*trouble),
        _ => None,
    };
    screen.bars.iter().find_map(refuses).filter(|_| empty)
}

/// What stands in the board's place then.
pub(super) fn notice_of(here: Here, trouble: Trouble) -> El {
    let again = button("button", here.text.try_again, move || here.ask(Intent::TryAgain));
    alert().child(
        el("div", "")
            .child(el("p", "").text(here.text.trouble(trouble)))
            .child(el("div", "acts").child(again)),
    )
}
