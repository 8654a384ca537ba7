//! Pictures of every screen, for people to look at.
//!
//! In Chromium, in three widths, both themes and both languages. The three pictures of the README are among them: of
//! the demo page with its sample.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::looks::{self, LOOKS};
use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::site::Site;
use crate::rig::visit::{Browsers, Visit};
use crate::screens::{self, Shown, comes_to_rest, dress, every_screen};
use crate::visits::{looking, sharepoint};

macro_rules! table {
    ($($name:ident,)*) => { &[$((stringify!($name), screens::$name)),*] };
}

type Show = fn(&Visit) -> Shown;

const SCREENS: &[(&str, Show)] = every_screen!(table);

/// Widths with the heights that go with them.
const WINDOWS: [(u32, u32); 3] = [(1280, 900), (768, 1024), (320, 640)];

/// Takes all pictures into a folder.
pub(crate) fn take(folder: &Path) -> ExitCode {
    if let Some(missing) = Engine::Chromium.missing() {
        println!("no pictures: {missing}");
        return ExitCode::FAILURE;
    }
    let (site, browsers) = (Site::open(), Browsers::of(Engine::Chromium));
    for (number, (name, show)) in SCREENS.iter().enumerate() {
        let visit = Visit::new(&browsers, &site, number);
        let (_server, page) = show(&visit);
        for (lang, theme) in [("fr", "light"), ("fr", "dark"), ("en", "light"), ("en", "dark")] {
            for (width, height) in WINDOWS {
                page.browser.resize(width, height);
                dress(&page, lang, theme);
                keep(&page, &folder.join(format!("{name}-{width}-{theme}-{lang}.png")));
            }
        }
        page.browser.leave();
    }
    let visit = Visit::new(&browsers, &site, SCREENS.len());
    readme(&visit, &folder.join("docs"));
    let visit = Visit::new(&browsers, &site, SCREENS.len() + 1);
    hosts(&visit, &folder.join("docs"));
    println!("pictures are in {}", folder.display());
    ExitCode::SUCCESS
}

/// The three pictures of the README.
fn readme(visit: &Visit, folder: &Path) {
    let server = Server::start(&[], true);
    let page = visit.visit_address(&server.url());
    page.browser.resize(1280, 1000);
    page.button(fr().propose).is_there();
    page.host_does("document.querySelector('cercle-community').scrollIntoView()");
    for _ in 0..3 {
        first_unvoted(&page);
    }
    keep(&page, &folder.join("board.png"));

    page.browser.resize(390, 760);
    dress(&page, "fr", "dark");
    page.host_does("document.querySelector('cercle-community').scrollIntoView()");
    keep(&page, &folder.join("phone.png"));

    page.browser.resize(1280, 1000);
    dress(&page, "fr", "light");
    page.thing("tab", fr().join_tab).click();
    page.field(fr().later().name).write("Camille");
    page.host_does("document.querySelector('cercle-community').scrollIntoView()");
    keep(&page, &folder.join("signup.png"));
}

/// The looks of hosts, beside each other in the docs.
fn hosts(visit: &Visit, folder: &Path) {
    let server = Server::start(&[visit.origin("a")], true);
    for (number, look) in LOOKS.iter().enumerate() {
        let html = looks::page(look, &server).replace(COMMUNITY, "artisanat-logiciel");
        let page = visit.page_at("a", &html);
        comes(&page);
        if number == 0 {
            first_unvoted(&page);
        }
        keep(&page, &folder.join(format!("look-{}.png", look.name)));
    }
    let plain = looks::page(&LOOKS[0], &server).replace(COMMUNITY, "artisanat-logiciel");
    let page = visit.page_at("a", &plain.replace("<html", "<html dir=\"rtl\""));
    comes(&page);
    keep(&page, &folder.join("look-right-to-left.png"));

    let page = visit.page_at("a", &plain);
    looking::force_colours(&page, true);
    comes(&page);
    keep(&page, &folder.join("look-forced.png"));
    looking::force_colours(&page, false);

    for (name, theme) in sharepoint::SECTIONS {
        let page = sharepoint::in_a_section(visit, &server, &theme());
        comes(&page);
        keep(&page, &folder.join(format!("look-{name}.png")));
    }
}

/// Waits for the sample, in the window of these pictures.
fn comes(page: &Page) {
    page.browser.resize(1000, 640);
    page.says("votes restants");
}

/// Votes for the first topic that has no vote yet, whatever it is.
fn first_unvoted(page: &Page) {
    let vote = "const root = document.querySelector('cercle-community').shadowRoot; \
                root.querySelector('button.vote[aria-pressed=false]').click()";
    page.host_does(vote);
}

fn keep(page: &Page, path: &Path) {
    comes_to_rest(page);
    let picture = page.browser.picture().expect("Chromium takes pictures");
    let folder = path.parent().expect("a picture has a folder");
    fs::create_dir_all(folder).and_then(|()| fs::write(path, picture)).expect("the folder can be written to");
}
