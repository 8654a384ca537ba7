//! One's own part in the circle: where one could help, what one offered, and stepping back from all of it. Each offer
//! that time has made doubtful has two equal buttons; neither is the right one.

use std::sync::Arc;

use cercle_domain::id::Millis;
use cercle_domain::member::{Freshness, Member};
use leptos::prelude::*;

use super::card::mark;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::focus;
use super::parts::press;
use super::signup::profile_of;
use crate::app::Intent;
use crate::app::screen::{Commitment, Match, Mine};

pub(super) fn mine(here: Here, local: Local, mine: Memo<Arc<Mine>>, now: Signal<Millis>) -> AnyView {
    let text = here.text;
    let joined = move || local.just_joined.get().then(|| joined(here, local, mine));
    let commitments =
        move || mine.with(|mine| commitments(here, local, &mine.commitments, now.get_untracked()));
    // Just after joining the matches stand above.
    let matches = move || {
        mine.with(|mine| {
            (!local.just_joined.get() && !mine.matches.is_empty()).then(|| {
                view! {
                    <section class="section">
                        <h3>{text.where_to_help}</h3>
                        {matches(here, local, &mine.matches)}
                    </section>
                }
            })
        })
    };
    let about = move || mine.with(|mine| mine.member.as_ref().map(|member| about(here, local, member)));
    view! {
        {joined}
        <section class="mine" aria-labelledby="mine-title">
            <h3 class="title" id="mine-title" tabindex="-1">
                {text.my_commitments}
            </h3>
            {commitments}
            {matches}
            {about}
        </section>
    }
    .into_any()
}

fn joined(here: Here, local: Local, mine: Memo<Arc<Mine>>) -> AnyView {
    let text = here.text;
    let title = NodeRef::<leptos::html::H3>::new();
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            focus::focus(&title);
        }
    });
    let matches = move || {
        mine.with(|mine| {
            (!mine.matches.is_empty()).then(|| {
                view! {
                    <h4 class="label">{text.where_to_help}</h4>
                    {matches(here, local, &mine.matches)}
                }
            })
        })
    };
    view! {
        <section class="joined" aria-labelledby="joined-title">
            <h3 class="title" id="joined-title" tabindex="-1" node_ref=title>
                {text.joined}
            </h3>
            <p>{text.joined_free}</p>
            {matches}
        </section>
    }
    .into_any()
}

fn matches(here: Here, local: Local, matches: &[Match]) -> AnyView {
    let each = matches.iter().map(|topic| {
        let looks_for = here.text.looks_for.with([&here.voice.list(&topic.skills)]);
        view! {
            <li>
                {link(here, local, topic.id, topic.title.clone())}
                " "
                <span>{looks_for}</span>
            </li>
        }
    });
    view! {
        <ul class="matches" role="list">
            {each.collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}

fn link(here: Here, local: Local, topic: cercle_domain::id::TopicId, title: String) -> AnyView {
    let open = move || {
        local.sink();
        here.ask(Intent::Open(topic));
    };
    view! {
        <button type="button" class="link" on:click=press(open)>
            {title}
        </button>
    }
    .into_any()
}

fn commitments(here: Here, local: Local, list: &[Commitment], now: Millis) -> AnyView {
    if list.is_empty() {
        return view! { <p class="quiet">{here.text.no_commitments}</p> }.into_any();
    }
    let each: Vec<_> = list.iter().map(|offer| commitment(here, local, offer, now)).collect();
    view! { <ul role="list">{each}</ul> }.into_any()
}

fn commitment(here: Here, local: Local, offer: &Commitment, now: Millis) -> AnyView {
    let (text, voice) = (here.text, here.voice);
    let (topic, size) = (offer.id, offer.size);
    // The line goes away with the offer; the keyboard goes back to the title.
    let back = move || {
        here.ask(Intent::StepBack(topic));
        if let Some(title) = local.root.get_untracked().and_then(|root| focus::find(&root, "#mine-title")) {
            focus::focus(&title);
        }
    };
    let button = |label: &'static str, act: Box<dyn Fn()>| {
        view! {
            <button type="button" class="button" part="button" on:click=press(act)>
                {label}
            </button>
        }
    };
    let fresh = offer.freshness == Freshness::Fresh;
    let asked = (!fresh).then(|| view! { <p class="ask">{text.still_asked}</p> });
    let stays = (!fresh)
        .then(|| button(text.still_up, Box::new(move || here.ask(Intent::Volunteer { topic, size }))));
    let goes = button(if fresh { text.step_back } else { text.pass }, Box::new(back));
    view! {
        <li class="commitment">
            <div>
                {link(here, local, topic, offer.title.clone())}
                <p>
                    {(text.size)(size)} " · "
                    <time datetime=voice.iso(offer.at) title=voice.date(offer.at)>
                        {voice.near(offer.at, now)}
                    </time>
                    {offer.mark.map(|kind| mark(here, kind))}
                </p>
            </div>
            {asked}
            <div class="acts">{stays} {goes}</div>
        </li>
    }
    .into_any()
}

fn about(here: Here, local: Local, member: &Member) -> AnyView {
    let (text, voice) = (here.text, here.voice);
    let mut said = vec![member.name.clone(), (text.size)(member.size).to_lowercase()];
    if !member.offers.is_empty() {
        said.push(text.you_share.with([&voice.list(&member.offers)]));
    }
    if !member.wants.is_empty() {
        said.push(text.you_learn.with([&voice.list(&member.wants)]));
    }
    let profile = profile_of(member);
    let change = move || {
        local.profile.set(profile.clone());
        local.just_joined.set(false);
        local.changes_profile.set(true);
    };
    let button = |class: &'static str, label: &'static str, act: Box<dyn Fn()>| {
        view! {
            <button type="button" class=class part="button" on:click=press(act)>
                {label}
            </button>
        }
    };
    view! {
        <section class="section">
            <h3>{text.you_here}</h3>
            <p>{said.join(" · ")}</p>
            <div class="acts">
                {button("button", text.edit, Box::new(change))}
                {button("button", text.export_mine, Box::new(move || here.ask(Intent::Export)))}
                {button("button", text.leave, Box::new(move || here.ask(Intent::Leave)))}
                {button("button danger", text.erase, Box::new(move || local.float(Floating::Erase)))}
            </div>
        </section>
    }
    .into_any()
}
