//! The ways in which a page takes our files, each of them a whole visit.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Barrier};

use cercle::app::screen::Mark;
use serde_json::Value;

use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::site::Site;
use crate::rig::visit::{Visit, element, in_a_page};

visits! {
    a_module_from_another_origin_with_its_hash_is_taken,
    a_module_that_is_not_what_its_hash_says_is_not_taken,
    a_module_with_its_hash_takes_no_other_webassembly,
    a_classic_script_does_what_the_module_does,
    one_file_with_everything_inside_needs_nothing_beside_it,
    a_skeleton_stands_there_before_the_webassembly_has_come,
    nothing_moves_when_the_board_takes_the_place_of_its_skeleton,
}

const CI: &str = "Accélérer l’intégration continue";
const MODULE: &str = "<script type=\"module\" src=\"/cercle.js\"></script>";

fn a_module_from_another_origin_with_its_hash_is_taken(visit: &Visit) {
    let server = visit.server();
    let (path, integrity) = published("cercle.js");
    let script = format!(
        "<script type=\"module\" src=\"{}/{path}\" integrity=\"{integrity}\" crossorigin></script>",
        server.url()
    );
    a_visit(&page_with(visit, &server, &script));
}

fn a_module_that_is_not_what_its_hash_says_is_not_taken(visit: &Visit) {
    let server = visit.server();
    let (_, integrity) = published("cercle.classic.js");
    let script = format!(
        "<script type=\"module\" src=\"{}/cercle.js\" integrity=\"{integrity}\" crossorigin></script>",
        server.url()
    );
    let page = page_with(visit, &server, &script);
    page.becomes("the page heard of it", "return recorder.faults.length > 0");
    assert_eq!(page.host_does("return Boolean(customElements.get('cercle-board'))"), false);
    page.host_does("recorder.faults.length = 0");
}

fn a_module_with_its_hash_takes_no_other_webassembly(visit: &Visit) {
    let server = visit.server();
    let (path, integrity) = published("cercle.js");
    let (wasm, _) = published("cercle_bg.wasm");
    let script = path.clone();
    visit.site.put(&format!("/changed/{path}"), move |_| Site::script(&script));
    visit.site.put(&format!("/changed/{wasm}"), |_| {
        let mut changed = Site::file("cercle_bg.wasm");
        // A section that means nothing: any browser would run this.
        changed.body.extend(b"\x00\x05\x04more");
        changed
    });
    let script =
        format!("<script type=\"module\" src=\"/changed/{path}\" integrity=\"{integrity}\"></script>");
    let page = page_with(visit, &server, &script);
    page.says(&wasm);
    page.becomes(
        "the page heard of it",
        "return recorder.events.some(({ detail }) => detail?.code === 'files_missing')",
    );
    page.host_does("recorder.faults.length = 0");
}

fn a_classic_script_does_what_the_module_does(visit: &Visit) {
    let server = visit.server();
    let script = format!("<script src=\"{}/cercle.classic.js\"></script>", server.url());
    a_visit(&page_with(visit, &server, &script));
}

fn one_file_with_everything_inside_needs_nothing_beside_it(visit: &Visit) {
    let server = visit.server();
    visit.site.put("/one/cercle.inline.js", |_| Site::script("cercle.inline.js"));
    a_visit(&page_with(visit, &server, "<script src=\"/one/cercle.inline.js\"></script>"));
}

fn a_skeleton_stands_there_before_the_webassembly_has_come(visit: &Visit) {
    let server = visit.server();
    let comes = Arc::new(Barrier::new(2));
    let waits = Arc::clone(&comes);
    for name in ["cercle.js", "cercle_later.wasm"] {
        visit.site.put(&format!("/slow/{name}"), move |_| Site::script(name));
    }
    visit.site.put("/slow/cercle_bg.wasm", move |_| {
        waits.wait();
        Site::file("cercle_bg.wasm")
    });
    let page = page_with(visit, &server, "<script type=\"module\" src=\"/slow/cercle.js\"></script>");
    let bones = "return Boolean(document.querySelector('cercle-community').shadowRoot?.querySelector('.skeleton .bone'))";
    page.becomes("a skeleton is there", bones);
    comes.wait();
    page.button(fr().propose).is_there();
    assert_eq!(page.host_does(bones), false);
}

/// Only Chromium tells how much a page moved.
fn nothing_moves_when_the_board_takes_the_place_of_its_skeleton(visit: &Visit) {
    if visit.engine != Engine::Chromium {
        return;
    }
    let server = Server::start(&[], true);
    let page = visit.visit_address(&server.url());
    page.says("votes restants");
    page.host_does(
        "window.moved = []; new PerformanceObserver((list) => moved.push(...list.getEntries().map(({ value, sources }) => \
           [value, ...sources.map(({ node }) => node?.className || node?.nodeName)]))) \
           .observe({ type: 'layout-shift', buffered: true }); \
         requestAnimationFrame(() => requestAnimationFrame(() => window.looked = true))",
    );
    page.becomes("two more frames were drawn", "return window.looked === true");
    assert_eq!(page.host_does("return moved"), Value::Array(Vec::new()));
}

fn page_with(visit: &Visit, server: &Server, script: &str) -> Page {
    let html = in_a_page("fr", &element("cercle-community", server));
    assert!(html.contains(MODULE), "the page loads the module");
    visit.page_at("a", &html.replace(MODULE, script))
}

fn a_visit(page: &Page) {
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).open().button(fr().later().close).click();
    page.topic(CI).is_marked(Mark::Saved);
}

/// The immutable path of one of our files, and its hash, as the build printed them.
fn published(name: &str) -> (String, String) {
    let folder = std::env::var_os("CERCLE_ASSETS").map(PathBuf::from).unwrap_or_default();
    let manifest = fs::read_to_string(folder.join("manifest.json")).expect("the build wrote a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    let text = |key: &str| manifest[name][key].as_str().unwrap_or_default().to_owned();
    (text("path"), text("integrity"))
}
