//! What follows in the view when something was done: it is said, dialogs that waited for it close, the keyboard goes
//! where the person would look.

use cercle_domain::topic::Stage;
use leptos::prelude::*;

use super::Slices;
use super::here::Here;
use super::local::{Floating, Local, Spot};
use crate::app::screen::Saying;

pub(super) fn follow(here: Here, local: Local, slices: Slices) {
    let screen = slices.screen;
    // What was said in another language is over.
    local.say(String::new(), false);
    let said = Memo::new(move |_| screen.with(|screen| screen.said));
    Effect::new(move |before: Option<u64>| {
        let (turn, saying) = said.get();
        // What was said before this view was there is not said again.
        if let Some(saying) = saying.filter(|_| before.is_some_and(|before| before != turn)) {
            let explains = matches!(saying, Saying::Refused(_) | Saying::Trouble(_));
            local.say(here.voice.said(saying), explains);
            done(local, saying);
        }
        turn
    });
    let sent = Memo::new(move |_| screen.with(|screen| screen.proposal.sent));
    Effect::new(move |before: Option<u64>| {
        let (count, topic) = sent.get();
        if let Some(topic) = topic.filter(|_| before.is_some_and(|before| before < count)) {
            local.details.set(false);
            local.host.set(false);
            local.sink();
            // Where there is room for one stage, it is the one with the new card.
            local.stage.set(Stage::Proposed);
            local.arrive(topic, Spot::Open);
        }
        count
    });
}

fn done(local: Local, saying: Saying) {
    match (saying, local.floating.get_untracked()) {
        (Saying::Facilitates, Some(Floating::Claim)) | (Saying::Settled, Some(Floating::Settings)) => {
            local.sink();
        }
        (Saying::Moved(stage), _) => local.stage.set(stage),
        (Saying::Joined, _) => {
            let new = !local.changes_profile.get_untracked();
            local.just_joined.set(new);
            local.changes_profile.set(false);
        }
        (Saying::Left, _) => {
            local.just_joined.set(false);
            local.changes_profile.set(false);
            local.profile.set(Local::no_profile());
        }
        _ => {}
    }
}
