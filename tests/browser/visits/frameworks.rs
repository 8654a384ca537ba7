//! The package for npm in pages that were built with Vite, by itself and inside React, Vue and Svelte: `tests/npm/`.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::slice;

use cercle::app::screen::Mark;
use serde_json::json;

use super::hosting::DELETE_DATABASES;
use crate::rig::browser::free_port;
use crate::rig::http;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::process::Process;
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::visit::Visit;
use crate::rig::wait::until;

visits! {
    a_page_built_with_vite_holds_the_board_of_the_package,
    a_page_that_vite_serves_unbuilt_holds_it_too,
    react_draws_a_board_and_moves_it_and_takes_it_away,
    vue_draws_a_board_and_moves_it_and_takes_it_away,
    svelte_draws_a_board_and_moves_it_and_takes_it_away,
    every_framework_hands_over_the_function_that_gives_tokens,
}

const CI: &str = "Accélérer l’intégration continue";
const TREES: &str = "Tailler les pommiers";

fn a_page_built_with_vite_holds_the_board_of_the_package(visit: &Visit) {
    let server = visit.server();
    let page = open(visit, "plain", &server);
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).has_my_vote(true);
    page.topic(CI).is_marked(Mark::Saved);
    page.says("Votes heard: 1");
}

/// What developers look at all day.
fn a_page_that_vite_serves_unbuilt_holds_it_too(visit: &Visit) {
    let (_vite, origin) = vite();
    let server = Server::start(slice::from_ref(&origin), false);
    let page = visit.visit_address(&format!("{origin}/plain.html?backend={}", server.url()));
    page.propose(CI);
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.topic(CI).open();
}

/// Vite's own server in the folder of the site, and the origin of its pages.
fn vite() -> (Process, String) {
    let pages = env::var_os("CERCLE_FRONT_END").map(PathBuf::from).expect("$CERCLE_FRONT_END has pages");
    let site = pages.parent().expect("pages are built within a site");
    let port = free_port().to_string();
    let mut serve = Command::new("node");
    serve.arg(site.with_file_name("node_modules").join("vite/bin/vite.js")).current_dir(site);
    let vite = Process::start(serve.args(["--host", "127.0.0.1", "--strictPort", "--port", &port]));
    let address = format!("127.0.0.1:{port}");
    until("vite serves", || {
        http::ask(&address, "GET", "/plain.html", &[], b"").map(drop).map_err(|problem| problem.to_string())
    });
    (vite, format!("http://{address}"))
}

fn react_draws_a_board_and_moves_it_and_takes_it_away(visit: &Visit) {
    a_framework_holds_a_board(visit, "react");
}

fn vue_draws_a_board_and_moves_it_and_takes_it_away(visit: &Visit) {
    a_framework_holds_a_board(visit, "vue");
}

fn svelte_draws_a_board_and_moves_it_and_takes_it_away(visit: &Visit) {
    a_framework_holds_a_board(visit, "svelte");
}

/// All that a framework does to elements while people use them.
fn a_framework_holds_a_board(visit: &Visit, framework: &str) {
    let server = visit.server();
    Person::at(&server, "Karim").proposes(CI);
    let page = open(visit, framework, &server);

    // It listens, and draws what it hears.
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.says("Votes heard: 1");

    // An attribute follows its state.
    page.button("Other community").click();
    page.topic(CI).card().is_gone();
    page.propose(TREES);
    page.topic(TREES).is_marked(Mark::Saved);
    page.button("Other community").click();
    page.topic(CI).has_my_vote(true);

    // Elements change places and stay who they are.
    stand(&page, &["cercle-board", "cercle-signup"]);
    page.host_does("window.board = document.querySelector('cercle-board')");
    for order in [["cercle-signup", "cercle-board"], ["cercle-board", "cercle-signup"]] {
        page.button("Turn round").click();
        stand(&page, &order);
        page.topic(CI).has_my_vote(true);
    }
    assert_eq!(page.host_does("return board === document.querySelector('cercle-board')"), true);
    page.topic(CI).vote();
    page.says("Votes heard: 0");

    // They go and come back, some times over, and leave nothing behind when they are gone.
    for _ in 0..3 {
        page.button("Take away").click();
        stand(&page, &[]);
        page.button("Put back").click();
        page.topic(CI).has_my_vote(false);
    }
    page.topic(CI).vote();
    page.topic(CI).is_marked(Mark::Saved);
    page.says("Votes heard: 1");
    page.button("Take away").click();
    stand(&page, &[]);
    let free = page.browser.run_async(DELETE_DATABASES, &[]);
    assert_eq!(free.ok(), Some(true.into()), "nobody holds on to the database");
}

fn every_framework_hands_over_the_function_that_gives_tokens(visit: &Visit) {
    for framework in ["plain", "react", "vue", "svelte"] {
        let page = visit.visit_address(&address(visit, framework, "token"));
        let given = "return typeof document.querySelector('cercle-board')?.getToken === 'function'";
        page.becomes(&format!("the element in {framework} has the function"), given);
    }
}

fn open(visit: &Visit, page: &str, server: &Server) -> Page {
    visit.visit_address(&address(visit, page, &format!("backend={}", server.url())))
}

fn address(visit: &Visit, page: &str, asked: &str) -> String {
    format!("{}/front-end/{page}.html?{asked}", visit.origin("a"))
}

/// Waits until these elements stand on the page, in this order.
#[track_caller]
fn stand(page: &Page, order: &[&str]) {
    let there =
        "[...document.querySelectorAll('cercle-board, cercle-signup')].map(({ localName }) => localName)";
    page.becomes(
        &format!("{order:?} stand there"),
        &format!("return String({there}) === String({})", json!(order)),
    );
}
