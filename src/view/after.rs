//! What follows in the view when something was done: it is said, dialogs that waited for it close, the keyboard goes
//! where the person would look.

use cercle_domain::topic::Stage;
use leptos::prelude::*;

use super::here::Here;
use super::local::{Floating, Local, Spot};
use super::parts::element::whenever;
use crate::app::screen::Saying;

pub(super) fn follow(here: Here, local: Local) {
    // What was said in another language is over.
    local.say(String::new(), false);
    // What was done before this view was there is not said again.
    let (mut heard, mut known) = (here.screen().said.0, here.screen().proposal.sent.0);
    whenever(move || {
        let (said, sent) = (here.screen().said, here.screen().proposal.sent);
        if said.0 != heard {
            heard = said.0;
            if let Some(saying) = said.1 {
                untrack(|| done(here, local, saying));
            }
        }
        if sent.0 != known {
            known = sent.0;
            local.set(|state| {
                state.details = false;
                state.host = false;
                state.floating = None;
                // Where there is room for one stage, it is the one with the new card.
                state.stage = Stage::Proposed;
            });
            if let Some(topic) = sent.1 {
                local.arrive(topic, Spot::Open);
            }
        }
    });
}

fn done(here: Here, local: Local, saying: Saying) {
    let explains = matches!(saying, Saying::Refused(_) | Saying::Trouble(_));
    local.say(here.voice.said(saying), explains);
    let floating = local.see().floating.clone();
    match (saying, floating) {
        (Saying::Facilitates, Some(Floating::Claim)) | (Saying::Settled, Some(Floating::Settings)) => {
            local.sink();
        }
        (Saying::Moved(stage), _) => local.set(|state| state.stage = stage),
        (Saying::Joined, _) => {
            let new = !local.see().changes_profile;
            local.set(|state| {
                state.just_joined = new;
                state.changes_profile = false;
            });
        }
        (Saying::Left, _) => local.set(|state| {
            state.just_joined = false;
            state.changes_profile = false;
            state.profile = Local::no_profile();
        }),
        _ => {}
    }
}
