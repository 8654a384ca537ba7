//! What waits, what is wrong, what was refused: at the foot of the window, where its coming moves nothing. And the
//! skeleton of a board that is still on its way.

use leptos::prelude::*;

use super::here::Here;
use super::local::{Floating, Local};
use super::parts::icon::{Icon, icon};
use super::parts::press;
use crate::app::Intent;
use crate::app::effect::Trouble;
use crate::app::screen::{Bar, Refusal};

/// The bars and the refusals. Their two containers are always there, so that what comes into them is announced.
pub(super) fn status(
    here: Here,
    local: Local,
    bars: Memo<Vec<Bar>>,
    refusals: Memo<Vec<Refusal>>,
) -> AnyView {
    let bars = move || bars.get().into_iter().map(|kind| bar(here, kind)).collect::<Vec<_>>();
    let refusals =
        move || refusals.get().into_iter().map(|refusal| notice(here, local, refusal)).collect::<Vec<_>>();
    let said = move || {
        let said = local.said.get();
        said.explains.then(|| {
            view! {
                <p class="bar" part="status">
                    {icon(Icon::Warning)}
                    <span>{said.words}</span>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=here.text.close
                        on:click=press(move || local.say(String::new(), false))
                    >
                        {icon(Icon::Close)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="bars">
            <div role="status">{bars}</div>
            <div>{refusals}</div>
            <div>{said}</div>
        </div>
    }
    .into_any()
}

fn bar(here: Here, bar: Bar) -> AnyView {
    let text = here.text;
    let (sign, words, mendable) = match bar {
        Bar::Waiting(count) => (
            view! { <span class={"mark kept"}></span> }.into_any(),
            here.voice.count(text.waiting, count),
            true,
        ),
        Bar::Trouble(trouble) => {
            (icon(Icon::Warning), (text.trouble)(trouble).to_owned(), is_mendable(trouble))
        }
    };
    let again = mendable.then(|| {
        view! {
            <button type="button" class="link" on:click=press(move || here.ask(Intent::TryAgain))>
                {text.try_again}
            </button>
        }
    });
    view! {
        <p class="bar" part="status">
            {sign}
            <span>{words}</span>
            {again}
        </p>
    }
    .into_any()
}

/// Whether trying again may help.
fn is_mendable(trouble: Trouble) -> bool {
    match trouble {
        Trouble::Unreachable
        | Trouble::BadAnswer
        | Trouble::Unauthorized
        | Trouble::UnknownCommunity
        | Trouble::ForbiddenOrigin => true,
        Trouble::MemoryOnly
        | Trouble::Unreadable
        | Trouble::WrongCode
        | Trouble::BadFile
        | Trouble::Diverged => false,
    }
}

fn notice(here: Here, local: Local, refusal: Refusal) -> AnyView {
    let text = here.text;
    let Refusal { op, code, kept, about } = refusal;
    let is_proposal = kept.is_some() && about.is_none();
    let about = about.map(|title| format!("{} ", text.refused_about.with([&title])));
    let sentence = here.voice.refusal(code);
    let take_up = kept.as_ref().map(|_| {
        let take_up = move || {
            here.ask(Intent::TakeUp(op));
            if is_proposal {
                local.details.set(true);
                local.float(Floating::Propose);
            }
        };
        view! {
            <button type="button" class="button" part="button" on:click=press(take_up)>
                {text.take_up}
            </button>
        }
    });
    let safe = kept.as_ref().map(|_| view! { " " <span>{text.text_kept}</span> });
    let kept = kept.map(|wording| {
        view! {
            <blockquote class="kept">
                <b>{wording.title}</b>
                <p>{wording.text}</p>
            </blockquote>
        }
    });
    view! {
        <div class="notice" part="status" role="alert">
            {icon(Icon::Warning)}
            <div>
                <p>{about} {sentence} {safe}</p>
                {kept}
                <div class="acts">
                    {take_up}
                    <button
                        type="button"
                        class="button"
                        part="button"
                        on:click=press(move || here.ask(Intent::Dismiss(op)))
                    >
                        {text.let_go}
                    </button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A board that shows nothing at all, because the backend knows no such community or wants no such page.
pub(super) fn blocked(here: Here, trouble: Trouble) -> AnyView {
    view! {
        <div class="notice" part="status" role="alert">
            {icon(Icon::Warning)}
            <div>
                <p>{(here.text.trouble)(trouble)}</p>
                <div class="acts">
                    <button
                        type="button"
                        class="button"
                        part="button"
                        on:click=press(move || here.ask(Intent::TryAgain))
                    >
                        {here.text.try_again}
                    </button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The shape of what comes, in the same boxes.
pub(super) fn skeleton(here: Here) -> AnyView {
    let column = |cards: usize| {
        let cards: Vec<_> = (0..cards).map(|_| view! { <li class={"card bone"}></li> }).collect();
        view! {
            <section class="column here">
                <p class="column-head bone"></p>
                <ul class="cards">{cards}</ul>
            </section>
        }
    };
    view! {
        <p class="hidden" role="status">
            {here.text.loading}
        </p>
        <header class="header" aria-hidden="true">
            <div class={"masthead"}>
                <p class={"name bone"}></p>
                <p class={"whom bone"}></p>
            </div>
        </header>
        <div class="board" aria-hidden="true">
            {[3, 2, 3, 2].map(column).into_iter().collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
