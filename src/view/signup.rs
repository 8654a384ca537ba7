//! Joining the circle in three short parts, and changing later what one said then.

use std::rc::Rc;

use cercle_domain::Rejection;
use cercle_domain::member::Member;
use cercle_domain::op::Profile;
use cercle_domain::rules::limits;

use super::choices::choices;
use super::edit::{wrong, wrong_in_general};
use super::here::Here;
use super::local::Local;
use super::mine;
use super::parts::dialog::{Frame, close_button, dialog};
use super::parts::element::{El, button, el};
use super::parts::field::{Field, line};
use super::parts::form::{form, submit};
use super::skills::{Skills, skills};
use crate::app::Intent;

/// Adds the sign-up to `frame`, or once one has joined one's own part.
pub(super) fn signup(frame: El, here: Here, local: Local) -> El {
    let member = move || here.screen().mine.member.is_some();
    frame.live(
        move || (member(), local.see().changes_profile),
        move |(member, changes)| match (member, changes) {
            (true, false) => mine::mine(here, local),
            (member, _) => vec![profile_form(here, local, *member)],
        },
    )
}

/// The same as a dialog, where it has no page of its own.
pub(super) fn floating(here: Here, local: Local) -> El {
    let close: Rc<dyn Fn()> = Rc::new(move || local.sink());
    let button = close_button(here.text.later().close, Rc::clone(&close));
    dialog(Frame { class: "dialog", title: "mine-title", say: local.aloud(), close }, |dialog| {
        signup(dialog.child(el("div", "acts end").child(button)), here, local)
    })
}

/// What a member said, to be changed.
pub(super) fn profile_of(member: &Member) -> Profile {
    let Member { name, size, offers, wants, .. } = member.clone();
    Profile { name, size, offers, wants }
}

fn profile_form(here: Here, local: Local, member: bool) -> El {
    let text = here.text;
    let profile = move || local.see().profile.clone();
    let change = move |change: &dyn Fn(&mut Profile)| local.set(|state| change(&mut state.profile));
    let refused = move || here.screen().mine.refused;
    let name = Field {
        id: "join-name",
        label: text.later().name,
        aside: None,
        hint: Some(text.later().name_hint),
        value: Box::new(move || profile().name),
        typed: Box::new(move |name| change(&|profile| profile.name.clone_from(&name))),
        longest: limits::NAME,
        wrong: wrong(here, refused, Rejection::NameLength),
    };
    let size = move || Some(profile().size);
    let give = move |size| change(&|profile| profile.size = size);
    let offers = Skills {
        id: "join-offers",
        label: text.later().offers,
        suggested: text.later().offers_sought,
        skills: Box::new(move || profile().offers),
        suggestions: Box::new(move || here.screen().mine.sought.clone()),
        change: Box::new(move |offers| change(&|profile| profile.offers.clone_from(&offers))),
    };
    let wants = Skills {
        id: "join-wants",
        label: text.later().wants,
        suggested: text.later().wants_offered,
        skills: Box::new(move || profile().wants),
        suggestions: Box::new(move || here.screen().mine.offered.clone()),
        change: Box::new(move |wants| change(&|profile| profile.wants.clone_from(&wants))),
    };
    let (title, words) = if member {
        (text.later().profile_title, text.later().save)
    } else {
        (text.later().join_title, text.later().join)
    };
    let cancel = member.then(|| {
        button("button", text.later().cancel, move || local.set(|state| state.changes_profile = false))
    });
    let join = move || {
        here.ask(Intent::Join(profile()));
        local.go_to(".signup [aria-invalid]");
    };
    let form = form("form signup")
        .child(el("h3", "title").attr("id", "mine-title").text(title))
        .child(line(name, "", "nickname"))
        .child(choices(here, "size", text.later().give, Rc::new(size), Rc::new(give)))
        .child(skills(here, offers))
        .child(skills(here, wants));
    let send = submit("button primary", join).text(words);
    wrong_in_general(form, here, refused).child(el("div", "acts").children(cancel).child(send))
}
