//! Content security policies, ours to live with: every one that a host is known to send, and those that forbid us.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use cercle_domain::topic::Stage;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::run::visits;
use crate::rig::server::Server;
use crate::rig::site::Site;
use crate::rig::visit::{Visit, alone, element, in_a_page};

visits! {
    a_page_without_a_policy_can_hold_us,
    a_page_that_takes_only_its_own_files_can_hold_us,
    a_page_with_the_policy_of_sharepoint_online_can_hold_us,
    a_page_that_forbids_webassembly_is_told_whom_to_ask,
    a_page_that_forbids_our_files_shows_what_it_says_itself,
    a_page_that_forbids_the_backend_is_told_whom_to_ask,
    a_browser_that_keeps_the_page_out_of_the_local_network_is_named,
    a_page_by_https_whose_backend_is_not_is_told_whom_to_ask,
    a_page_by_https_may_have_its_backend_on_this_machine,
    a_missing_file_of_ours_is_named,
    a_browser_that_cannot_draw_us_is_told_which_can,
    a_browser_without_webassembly_is_told_which_can,
    a_firefox_whose_webassembly_is_switched_off_is_told_which_can in [Firefox],
}

const CI: &str = "Accélérer l’intégration continue";

/// What a page needs for its own title, in addition to what it allows us.
const OWN: &str = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:";

/// The sample in Microsoft's documentation, with this page's own address among the trusted sources.
const SHAREPOINT: &str = "script-src 'unsafe-eval' 'self' https://res-1.cdn.office.net https://*.sharepointonline.com \
    'nonce-7f1c3a'; frame-ancestors 'self' teams.microsoft.com *.teams.microsoft.com";

fn a_page_without_a_policy_can_hold_us(visit: &Visit) {
    let server = visit.server();
    a_visit(&visit.page_at("a", &page_with(&element("cercle-community", &server))));
}

fn a_page_that_takes_only_its_own_files_can_hold_us(visit: &Visit) {
    let server = visit.server();
    let policy = format!("default-src 'none'; {OWN}; connect-src 'self' {}", server.url());
    a_visit(&visit.page_under(&policy, &page_with(&element("cercle-community", &server))));
}

fn a_page_with_the_policy_of_sharepoint_online_can_hold_us(visit: &Visit) {
    let server = visit.server();
    a_visit(&visit.page_under(SHAREPOINT, &page_with(&element("cercle-community", &server))));
}

fn a_page_that_forbids_webassembly_is_told_whom_to_ask(visit: &Visit) {
    let server = visit.server();
    let policy = format!("script-src 'self'; connect-src 'self' {}", server.url());
    let page = visit.page_under(&policy, &page_with(&element("cercle-board", &server)));
    page.says("'wasm-unsafe-eval'");
    hears(&page, "wasm_blocked");
    forgive(&page);
}

fn a_page_that_forbids_our_files_shows_what_it_says_itself(visit: &Visit) {
    let inside = alone("cercle-board").replace("></", "><p>Le tableau est sur une autre page.</p></");
    let page = visit.page_under("script-src 'none'", &page_with(&inside));
    page.says("Le tableau est sur une autre page.");
}

fn a_page_that_forbids_the_backend_is_told_whom_to_ask(visit: &Visit) {
    let server = visit.server();
    let policy = format!("default-src 'none'; {OWN}; connect-src 'self'");
    let page = visit.page_under(&policy, &page_with(&element("cercle-board", &server)));
    page.says(fr().trouble(Trouble::Policy));
    hears(&page, Trouble::Policy.code());
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Kept);
    forgive(&page);
}

/// Only Chromium knows the permission; what it says of it is set here, the refusal itself cannot be.
fn a_browser_that_keeps_the_page_out_of_the_local_network_is_named(visit: &Visit) {
    if visit.engine != Engine::Chromium {
        return;
    }
    let mut server = visit.server();
    let html = page_with(&element("cercle-board", &server));
    let page = visit.page_at("a", &html);
    page.button(fr().propose).is_there();
    for name in ["loopback-network", "local-network-access"] {
        let denied = json!({ "permission": { "name": name }, "setting": "denied" });
        page.browser.devtools("Browser.setPermission", &denied);
    }
    server.stop();
    page.propose(CI);
    // It answered before: nobody keeps the page away.
    page.says("Hors ligne.");
    page.reload();
    page.says(fr().trouble(Trouble::LocalNetwork));
    hears(&page, Trouble::LocalNetwork.code());
    page.topic(CI).card().is_there();
    page.browser.devtools("Browser.resetPermissions", &json!({}));
    forgive(&page);
}

fn a_page_by_https_whose_backend_is_not_is_told_whom_to_ask(visit: &Visit) {
    let board = alone("cercle-board").replace("></", " backend=\"http://cercle.example.org\"></");
    let page = visit.page_by_https(&board);
    page.says(fr().trouble(Trouble::Insecure));
    hears(&page, Trouble::Insecure.code());
    page.propose(CI);
    page.topic(CI).is_marked(Mark::Kept);
    forgive(&page);
}

/// WebKit takes this machine for any other, and tells a page nothing that would tell it from a backend that is away.
fn a_page_by_https_may_have_its_backend_on_this_machine(visit: &Visit) {
    let server = Server::start(&[visit.secure_origin()], false);
    let page = visit.page_by_https(&element("cercle-board", &server));
    page.propose(CI);
    let kept_away = visit.engine == Engine::WebKit;
    page.topic(CI).is_marked(if kept_away { Mark::Kept } else { Mark::Saved });
}

fn a_missing_file_of_ours_is_named(visit: &Visit) {
    let server = visit.server();
    visit.site.put("/moved/cercle.js", |_| Site::script("cercle.js"));
    visit.site.put("/moved/cercle_trouble.js", |_| Site::script("cercle_trouble.js"));
    let html = page_with(&element("cercle-board", &server)).replace("/cercle.js", "/moved/cercle.js");
    let page = visit.page_at("a", &html);
    page.says("/moved/cercle_bg.wasm");
    hears(&page, "files_missing");
    forgive(&page);
}

fn a_browser_that_cannot_draw_us_is_told_which_can(visit: &Visit) {
    let before = "<script>CSS.supports = () => false</script>";
    is_too_old(&visit.page_at("a", &page_with(&format!("{before}{}", alone("cercle-board")))));
}

fn a_browser_without_webassembly_is_told_which_can(visit: &Visit) {
    let before = "<script>delete window.WebAssembly</script>";
    is_too_old(&visit.page_at("a", &page_with(&format!("{before}{}", alone("cercle-board")))));
}

fn a_firefox_whose_webassembly_is_switched_off_is_told_which_can(visit: &Visit) {
    let off = json!({ "javascript.options.wasm": false });
    is_too_old(&visit.in_firefox_with(&off, &page_with(&alone("cercle-board"))));
}

fn is_too_old(page: &Page) {
    page.says("Ce navigateur est trop ancien pour Cercle");
    hears(page, "browser_too_old");
    // An error of the page's own is left to the page.
    page.host_does("dispatchEvent(new ErrorEvent('error', { message: 'of the page' }))");
    let others = "const others = recorder.faults.filter((fault) => fault !== 'error: of the page'); \
                  return recorder.faults.length - others.length === 1 && (recorder.faults.splice(0, Infinity, ...others), true)";
    assert_eq!(page.host_does(others), true);
    forgive(page);
}

/// A page without a style of its own, which most of these policies would refuse.
fn page_with(body: &str) -> String {
    in_a_page("fr", body).replace(" style=\"font-family: system-ui, sans-serif\"", "")
}

fn a_visit(page: &Page) {
    page.propose(CI);
    page.topic(CI).is_in(Stage::Proposed);
    page.topic(CI).vote();
    page.topic(CI).open().button(fr().later().close).click();
    page.topic(CI).is_marked(Mark::Saved);
}

fn hears(page: &Page, code: &str) {
    let heard = format!("return recorder.events.some(({{ detail }}) => detail?.code === '{code}')");
    page.becomes("the page heard of it", &heard);
}

/// The browser's own words in the console, and ours for whoever looks there, are no fault here; anything else is.
fn forgive(page: &Page) {
    let uncaught = "return recorder.faults.filter((fault) => !/^(policy|console\\.error)/.test(fault))";
    assert_eq!(page.host_does(uncaught), json!([]));
    // It would try again, and the browser say so again.
    page.host_does("document.querySelector('cercle-board').remove(); recorder.faults.length = 0");
}
