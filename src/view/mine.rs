//! One's own part in the circle: where one could help, what one offered, and stepping back from all of it. Each offer
//! that time has made doubtful has two equal buttons; neither is the right one.

use cercle_domain::id::TopicId;
use cercle_domain::member::{Freshness, Member};

use super::card::mark;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::element::{El, button, el};
use super::signup::profile_of;
use super::topic::near;
use crate::app::Intent;
use crate::app::screen::{Commitment, Match};

pub(super) fn mine(here: Here, local: Local) -> Vec<El> {
    let text = here.text;
    let matches = move || here.screen().mine.matches.clone();
    let just_joined = local.see().just_joined;
    let mine = el("section", "mine")
        .attr("aria-labelledby", "mine-title")
        .child(el("h3", "title").attr("id", "mine-title").attr("tabindex", "-1").text(text.my_commitments))
        .live(move || here.screen().mine.commitments.clone(), move |list| commitments(here, local, list))
        .live(matches, move |matches| {
            // Just after joining they stand above.
            (!just_joined && !matches.is_empty()).then(|| {
                let title = el("h3", "").text(text.later().where_to_help);
                el("section", "section").child(title).child(matching(here, local, matches))
            })
        })
        .live(
            move || here.screen().mine.member.clone(),
            move |member| member.as_ref().map(|member| about(here, local, member)),
        );
    let joined = just_joined.then(|| {
        local.go_to("#joined-title");
        joined(here, local)
    });
    joined.into_iter().chain([mine]).collect()
}

fn joined(here: Here, local: Local) -> El {
    let text = here.text;
    el("section", "joined")
        .attr("aria-labelledby", "joined-title")
        .child(el("h3", "title").attr("id", "joined-title").attr("tabindex", "-1").text(text.later().joined))
        .child(el("p", "").text(text.later().joined_free))
        .live(
            move || here.screen().mine.matches.clone(),
            move |matches| {
                let title = || el("h4", "label").text(text.later().where_to_help);
                let list = || matching(here, local, matches);
                if matches.is_empty() { Vec::new() } else { vec![title(), list()] }
            },
        )
}

fn matching(here: Here, local: Local, matches: &[Match]) -> El {
    let each = matches.iter().map(|topic| {
        let looks_for = here.text.later().looks_for.with([&here.voice.list(&topic.skills)]);
        el("li", "")
            .child(link(here, local, topic.id, &topic.title))
            .text(" ")
            .child(el("span", "").text(&looks_for))
    });
    el("ul", "matches").attr("role", "list").children(each)
}

fn link(here: Here, local: Local, topic: TopicId, title: &str) -> El {
    let open = move || {
        local.sink();
        here.ask(Intent::Open(topic));
    };
    el("button", "link").attr("type", "button").text(title).press(open)
}

fn commitments(here: Here, local: Local, list: &[Commitment]) -> El {
    if list.is_empty() {
        return el("p", "quiet").text(here.text.later().no_commitments);
    }
    let each = list.iter().map(|offer| commitment(here, local, offer));
    el("ul", "").attr("role", "list").children(each)
}

fn commitment(here: Here, local: Local, offer: &Commitment) -> El {
    let text = here.text;
    let (topic, size) = (offer.id, offer.size);
    // The line is drawn anew or goes away; the keyboard goes to the title.
    let ask = move |intent: Intent| {
        here.ask(intent);
        local.go_to("#mine-title");
    };
    let fresh = offer.freshness == Freshness::Fresh;
    let stays = (!fresh)
        .then(|| button("button", text.later().still_up, move || ask(Intent::Volunteer { topic, size })));
    let goes = button("button", if fresh { text.later().step_back } else { text.later().pass }, move || {
        ask(Intent::StepBack(topic));
    });
    let facts = el("p", "")
        .text((text.later().size)(size))
        .text(" · ")
        .child(near(here, offer.at))
        .children(offer.mark.map(|kind| mark(here, kind)));
    el("li", "commitment")
        .child(el("div", "").child(link(here, local, topic, &offer.title)).child(facts))
        .children((!fresh).then(|| el("p", "ask").text(text.later().still_asked)))
        .child(el("div", "acts").children(stays).child(goes))
}

fn about(here: Here, local: Local, member: &Member) -> El {
    let (text, voice) = (here.text, here.voice);
    let mut said = vec![member.name.clone(), (text.later().size_of)(member.size).to_owned()];
    if !member.offers.is_empty() {
        said.push(text.later().you_share.with([&voice.list(&member.offers)]));
    }
    if !member.wants.is_empty() {
        said.push(text.later().you_learn.with([&voice.list(&member.wants)]));
    }
    let profile = profile_of(member);
    let change = move || {
        local.set(|state| {
            state.profile = profile.clone();
            state.just_joined = false;
            state.changes_profile = true;
        });
        local.go_to("#join-name");
    };
    let acts = el("div", "acts")
        .child(button("button", text.later().edit, change))
        .child(button("button", text.later().export_mine, move || here.ask(Intent::Export)))
        .child(button("button", text.later().leave, move || here.ask(Intent::Leave)))
        .child(button("button danger", text.later().erase, move || local.float(Floating::Erase)));
    el("section", "section")
        .child(el("h3", "").text(text.later().you_here))
        .child(el("p", "").text(&said.join(" · ")))
        .child(acts)
}
