//! Joining the circle in three short parts, and changing later what one said then.

use std::sync::Arc;

use cercle_domain::Rejection;
use cercle_domain::id::Millis;
use cercle_domain::member::{Member, Size};
use cercle_domain::op::Profile;
use cercle_domain::rules::limits;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::choices::choices;
use super::edit::{is_about_a_field, wrong};
use super::here::Here;
use super::local::Local;
use super::mine;
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::field::{Field, line};
use super::parts::focus;
use super::parts::press;
use super::skills::{Skills, skills};
use crate::app::Intent;
use crate::app::screen::Mine;

/// The sign-up, or once one has joined one's own part.
pub(super) fn signup(here: Here, local: Local, mine: Memo<Arc<Mine>>, now: Signal<Millis>) -> AnyView {
    let member = Memo::new(move |_| mine.with(|mine| mine.member.is_some()));
    let shown = move || {
        if member.get() && !local.changes_profile.get() {
            mine::mine(here, local, mine, now)
        } else {
            form(here, local, mine, member.get_untracked())
        }
    };
    shown.into_any()
}

/// The same as a dialog, where it has no page of its own.
pub(super) fn floating(here: Here, local: Local, mine: Memo<Arc<Mine>>, now: Signal<Millis>) -> AnyView {
    let close = Callback::new(move |()| local.sink());
    let body = view! {
        <div class="acts end">{close_button(here.text.close, close)}</div>
        {signup(here, local, mine, now)}
    };
    dialog(Frame { class: "dialog", title: "mine-title", say: local.aloud(), close }, body.into_any())
}

/// What a member said, to be changed.
pub(super) fn profile_of(member: &Member) -> Profile {
    let Member { name, size, offers, wants, .. } = member.clone();
    Profile { name, size, offers, wants }
}

fn form(here: Here, local: Local, mine: Memo<Arc<Mine>>, member: bool) -> AnyView {
    let text = here.text;
    let profile = local.profile;
    let refused = Memo::new(move |_| mine.with(|mine| mine.refused));
    let name = Field {
        id: "join-name",
        label: text.name,
        aside: None,
        hint: Some(text.name_hint),
        value: Signal::derive(move || profile.with(|profile| profile.name.clone())),
        typed: Callback::new(move |name| profile.update(|profile| profile.name = name)),
        longest: limits::NAME,
        wrong: wrong(here, refused, &[Rejection::NameLength]),
    };
    let size = Signal::derive(move || Some(profile.with(|profile| profile.size)));
    let give = Callback::new(move |size: Size| profile.update(|profile| profile.size = size));
    let offers = Skills {
        id: "join-offers",
        label: text.offers,
        suggested: text.offers_sought,
        skills: Signal::derive(move || profile.with(|profile| profile.offers.clone())),
        suggestions: Signal::derive(move || mine.with(|mine| mine.sought.clone())),
        change: Callback::new(move |offers| profile.update(|profile| profile.offers = offers)),
    };
    let wants = Skills {
        id: "join-wants",
        label: text.wants,
        suggested: text.wants_offered,
        skills: Signal::derive(move || profile.with(|profile| profile.wants.clone())),
        suggestions: Signal::derive(move || mine.with(|mine| mine.offered.clone())),
        change: Callback::new(move |wants| profile.update(|profile| profile.wants = wants)),
    };
    let other = move || {
        let refused = refused.get().filter(|code| !is_about_a_field(*code));
        refused.map(|code| view! { <p class="error">{here.voice.refusal(code)}</p> })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.ask(Intent::Join(profile.get_untracked()));
        if let Some(root) = local.root.get_untracked() {
            request_animation_frame(move || {
                if let Some(wrong) = focus::find(&root, ".signup [aria-invalid]") {
                    focus::focus(&wrong);
                }
            });
        }
    };
    let cancel = member.then(|| {
        view! {
            <button
                type="button"
                class="button"
                part="button"
                on:click=press(move || local.changes_profile.set(false))
            >
                {text.cancel}
            </button>
        }
    });
    let (title, send) = if member { (text.profile_title, text.save) } else { (text.join_title, text.join) };
    view! {
        <form class="form signup" on:submit=submit>
            <h3 class="title" id="mine-title">
                {title}
            </h3>
            {line(name, "", "nickname")}
            {choices(here, "size", text.give, size, give)}
            {skills(here, offers)}
            {skills(here, wants)}
            {other}
            <div class="acts">
                {cancel}
                <button type="submit" class="button primary" part="button">
                    {send}
                </button>
            </div>
        </form>
    }
    .into_any()
}
