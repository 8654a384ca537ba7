//! The head of the widget: whose circle it is, what one can do, how many votes are left.

use cercle_domain::role::Role;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::Part;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::element::{El, button, el};
use super::parts::icon::{Icon, icon};
use super::parts::menu::{Item, menu};
use crate::app::Intent;
use crate::app::screen::Votes;

/// More votes than this are told in words alone.
const DOTS: u32 = 8;

pub(super) fn header(here: Here, local: Local, part: Part) -> El {
    let text = here.text;
    let masthead = el("div", "masthead").child(el("h2", "name").live_text(move || name(here))).live(
        move || here.screen().community.purpose.clone(),
        |purpose| (!purpose.is_empty()).then(|| el("p", "whom").text(purpose)),
    );
    let mut acts = el("div", "acts");
    if part != Part::Signup {
        acts = acts
            .live(move || here.screen().votes, move |votes| votes.map(|votes| votes_left(here, votes)))
            .child(button("button primary", text.propose, move || local.float(Floating::Propose)));
    }
    let file =
        el("input", "").attr("type", "file").attr("accept", ".json,application/json").attr("hidden", "");
    let (input, picker) = (file.input(), file.input());
    let file = file.on("change", move |_| picked(local, &input));
    let more = el("button", "icon-button").attr("aria-label", text.other_actions).child(icon(Icon::More));
    let acts = menu(acts, more, text.other_actions, move || items(here, local, part, &picker)).child(file);
    el("header", "header").attr("part", "header").child(masthead).child(acts)
}

/// What the community is called.
pub(super) fn name(here: Here) -> String {
    let name = here.screen().community.name.clone();
    if name.is_empty() { here.text.unnamed.to_owned() } else { name }
}

fn votes_left(here: Here, votes: Votes) -> El {
    let words = match votes.left() {
        0 => here.text.votes_placed.to_owned(),
        left => here.voice.count(here.text.votes_left, left as usize),
    };
    let dots = (votes.cap <= DOTS).then(|| {
        let dots = (0..votes.cap).map(|dot| el("i", if dot < votes.placed { "on" } else { "" }));
        el("span", "dots").attr("aria-hidden", "true").children(dots)
    });
    el("p", "votes-left").children(dots).text(" ").text(&words)
}

fn items(here: Here, local: Local, part: Part, file: &HtmlInputElement) -> Vec<Item> {
    let text = here.text;
    let screen = here.screen();
    let act = |label: &str, act: Box<dyn Fn()>| Item::Act(label.to_owned(), act);
    let float = |label: &str, what: Floating| {
        Item::Act(label.to_owned(), Box::new(move || local.float(what.clone())))
    };
    let mut items = Vec::new();
    if part == Part::Board {
        let label = if screen.mine.member.is_some() { text.my_commitments } else { text.later().join };
        items.push(float(label, Floating::Mine));
    }
    let export = if screen.shared { text.later().export_mine } else { text.later().export_all };
    items.push(act(export, Box::new(move || here.ask(Intent::Export))));
    if !screen.shared {
        let file = file.clone();
        items.push(act(text.later().import, Box::new(move || file.click())));
    }
    // Whoever voted or proposed left something too, joined or not.
    items.push(float(text.later().erase, Floating::Erase));
    if screen.role == Role::Facilitator {
        let community = screen.community.clone();
        let open = move || {
            local.set(|state| state.settings = community.clone());
            local.float(Floating::Settings);
        };
        items.push(act(text.later().settings, Box::new(open)));
    } else if screen.shared {
        items.push(float(text.later().facilitate, Floating::Claim));
    }
    items
}

/// A file was picked: nothing is replaced before the person has said so once more.
fn picked(local: Local, input: &HtmlInputElement) {
    let file = input.files().and_then(|files| files.get(0));
    // The same file may be picked again.
    input.set_value("");
    let Some(file) = file else { return };
    spawn_local(async move {
        // A file that cannot be read is no community, which is what an empty one says too.
        let json = JsFuture::from(file.text()).await.ok().and_then(|json| json.as_string());
        local.float(Floating::Import(json.unwrap_or_default()));
    });
}
