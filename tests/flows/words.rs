//! What people say in these tests.

use std::rc::Rc;

use cercle::app::Intent;
use cercle::app::screen::Screen;
use cercle_domain::member::{Size, Skill};
use cercle_domain::op::Profile;
use cercle_domain::topic::{Stage, Wording};

use crate::desk::Desk;
use crate::office::Office;

pub(crate) fn wording(title: &str) -> Wording {
    Wording { title: title.into(), ..Wording::default() }
}

pub(crate) fn propose(title: &str) -> Intent {
    Intent::Propose { wording: wording(title), host: false }
}

pub(crate) fn vote(desk: &Desk, title: &str) -> Intent {
    Intent::Vote { topic: desk.topic(title), on: true }
}

pub(crate) fn withdraw(desk: &Desk, title: &str) -> Intent {
    Intent::Vote { topic: desk.topic(title), on: false }
}

pub(crate) fn relocate(desk: &Desk, title: &str, stage: Stage) -> Intent {
    Intent::Move { topic: desk.topic(title), stage }
}

pub(crate) fn join(name: &str, offers: &[&str]) -> Intent {
    let offers = offers.iter().map(|skill| Skill((*skill).into())).collect();
    Intent::Join(Profile { name: name.into(), size: Size::Quarter, offers, wants: Vec::new() })
}

/// A desk whose person facilitates.
pub(crate) fn facilitator(office: &Rc<Office>) -> Desk {
    let mut desk = Desk::at(office);
    desk.does(Intent::Claim(Office::code()));
    desk
}

/// The titles in one column.
pub(crate) fn titles(screen: &Screen, stage: Stage) -> Vec<String> {
    let column = screen.columns.iter().find(|column| column.stage == stage);
    column.map(|column| column.cards.iter().map(|card| card.title.clone()).collect()).unwrap_or_default()
}
