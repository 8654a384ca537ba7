//! What can be done with a topic beside opening it and voting for it.

use cercle_domain::topic::Stage;

use super::here::Here;
use super::local::{Floating, Local, Spot};
use super::parts::menu::Item;
use crate::app::Intent;
use crate::app::screen::Card;

/// The lines of a card's menu.
pub(super) fn items(here: Here, local: Local, card: &Card) -> Vec<Item> {
    let mut items = Vec::new();
    if card.tended {
        items.push(Item::Title(here.text.move_title.to_owned()));
        items.extend(moves(here, local, card));
        items.push(Item::Rule);
    }
    let (id, on) = (card.id, !card.followed);
    let follow = if on { here.text.later().follow } else { here.text.later().unfollow };
    items.push(Item::Act(follow.to_owned(), Box::new(move || here.ask(Intent::Follow { topic: id, on }))));
    if card.tended {
        items.push(Item::Act(
            here.text.later().edit.to_owned(),
            Box::new(move || {
                here.ask(Intent::Open(id));
                local.set(|state| state.edits = Some(id));
            }),
        ));
        let title = card.title.clone();
        let merge = move || local.float(Floating::Merge(id, title.clone()));
        items.push(Item::Act(here.text.later().merge_with.to_owned(), Box::new(merge)));
    }
    items
}

/// One line a stage; parking is moving to the last of them.
pub(super) fn moves(here: Here, local: Local, card: &Card) -> Vec<Item> {
    let (id, now) = (card.id, card.stage);
    let to = |stage| {
        let go = move || {
            if stage != now {
                here.ask(Intent::Move { topic: id, stage });
                local.arrive(id, Spot::Menu);
            }
        };
        Item::Choice((here.text.stage)(stage).to_owned(), stage == now, Box::new(go))
    };
    Stage::ALL.into_iter().map(to).collect()
}
