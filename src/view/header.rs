//! The head of the widget: whose circle it is, what one can do, how many votes are left.

use cercle_domain::community::Community;
use cercle_domain::role::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

use super::Part;
use super::here::Here;
use super::local::{Floating, Local};
use super::parts::icon::{Icon, icon};
use super::parts::menu::{Item, Opener, menu};
use super::parts::press;
use crate::app::Intent;
use crate::app::screen::Votes;

/// More votes than this are told in words alone.
const DOTS: u32 = 8;

/// What the head is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) community: Community,
    pub(super) votes: Option<Votes>,
    pub(super) role: Role,
    pub(super) shared: bool,
    /// Whether the person joined.
    pub(super) member: bool,
}

impl Head {
    /// What the community is called.
    pub(super) fn name(&self, here: Here) -> String {
        let name = &self.community.name;
        if name.is_empty() { here.text.unnamed.to_owned() } else { name.clone() }
    }
}

pub(super) fn header(here: Here, local: Local, part: Part, head: Memo<Head>) -> AnyView {
    let text = here.text;
    let names = move || {
        head.with(|head| {
            let purpose = &head.community.purpose;
            let purpose = (!purpose.is_empty()).then(|| view! { <p class="whom">{purpose.clone()}</p> });
            view! {
                <h2 class="name">{head.name(here)}</h2>
                {purpose}
            }
        })
    };
    let votes = Memo::new(move |_| head.with(|head| head.votes));
    let propose = (part != Part::Signup).then(|| {
        view! {
            {move || votes.get().map(|votes| votes_left(here, votes))}
            <button
                type="button"
                class="button primary"
                part="button"
                on:click=press(move || local.float(Floating::Propose))
            >
                {text.propose}
            </button>
        }
    });
    let opener = Opener {
        class: "icon-button",
        part: None,
        label: Some(Signal::derive(move || text.other_actions.to_owned())),
        face: icon(Icon::More),
    };
    let file = NodeRef::new();
    let items = Callback::new(move |()| items(here, local, part, &head.get_untracked(), file));
    view! {
        <header class="header" part="header">
            <div class="masthead">{names}</div>
            <div class="acts">
                {propose}
                {menu(opener, text.other_actions, items)}
                <input type="file" accept=".json,application/json" hidden node_ref=file on:change=move |event| picked(local, &event) />
            </div>
        </header>
    }
    .into_any()
}

fn votes_left(here: Here, votes: Votes) -> AnyView {
    let words = match votes.left() {
        0 => here.text.votes_placed.to_owned(),
        left => here.voice.count(here.text.votes_left, left as usize),
    };
    let dots = (votes.cap <= DOTS).then(|| {
        let dots = (0..votes.cap).map(|dot| view! { <i class=(dot < votes.placed).then_some("on")></i> });
        view! {
            <span class="dots" aria-hidden="true">
                {dots.collect::<Vec<_>>()}
            </span>
        }
    });
    view! {
        <p class="votes-left">
            {dots} " " {words}
        </p>
    }
    .into_any()
}

fn items(here: Here, local: Local, part: Part, head: &Head, file: NodeRef<leptos::html::Input>) -> Vec<Item> {
    let text = here.text;
    let act = |label: &str, act: Box<dyn Fn()>| Item::Act(label.to_owned(), act);
    let mut items = Vec::new();
    if part == Part::Board {
        let label = if head.member { text.my_commitments } else { text.join };
        items.push(act(label, Box::new(move || local.float(Floating::Mine))));
    }
    let export = if head.shared { text.export_mine } else { text.export_all };
    items.push(act(export, Box::new(move || here.ask(Intent::Export))));
    if !head.shared {
        let choose = move || {
            if let Some(file) = file.get_untracked() {
                file.click();
            }
        };
        items.push(act(text.import, Box::new(choose)));
    }
    if head.role == Role::Facilitator {
        let community = head.community.clone();
        let open = move || {
            local.settings.set(community.clone());
            local.float(Floating::Settings);
        };
        items.push(act(text.settings, Box::new(open)));
    } else if head.shared {
        items.push(act(text.facilitate, Box::new(move || local.float(Floating::Claim))));
    }
    items
}

/// A file was picked: nothing is replaced before the person has said so once more.
fn picked(local: Local, event: &Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
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
