//! No backend at all: everything works in this browser alone.

use std::fs;

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;
use cercle_domain::topic::Stage;
use serde_json::json;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::run::visits;
use crate::rig::visit::{Visit, alone, in_a_page};
use crate::rig::wait::until;

visits! {
    without_a_backend_everything_works_and_is_still_there_after_a_reload,
    a_community_travels_to_another_device_as_a_file,
    an_exported_file_is_saved_by_the_browser_itself in [Chromium],
    a_file_that_is_no_community_changes_nothing,
}

fn without_a_backend_everything_works_and_is_still_there_after_a_reload(visit: &Visit) {
    let page = visit.page(&alone("cercle-community"));

    page.propose("Relire à plusieurs");
    page.topic("Relire à plusieurs").vote();
    page.topic("Relire à plusieurs").move_to(Stage::Backlog);
    page.topic("Relire à plusieurs").is_in(Stage::Backlog);
    page.topic("Relire à plusieurs").is_marked(Mark::Kept);
    page.thing("tab", fr().join_tab).click();
    page.join("Camille");

    page.reload();
    page.topic("Relire à plusieurs").is_in(Stage::Backlog);
    page.topic("Relire à plusieurs").has_my_vote(true);
    page.thing("tab", fr().my_commitments).click();
    page.says("Camille");
}

/// Keeps what the page would have saved as a file, and how it is called.
const CATCH_FILES: &str = "URL.createObjectURL = blob => { blob.text().then(text => window.file = text); return '#'; }; \
     HTMLAnchorElement.prototype.click = function () { window.fileName = this.download; };";

fn a_community_travels_to_another_device_as_a_file(visit: &Visit) {
    let page = visit.page(&alone("cercle-board"));
    page.propose("Relire à plusieurs");
    page.topic("Relire à plusieurs").vote();
    page.host_does(CATCH_FILES);
    page.choose_above(fr().later().export_all);
    page.becomes("there is a file", "return Boolean(window.file)");
    assert_eq!(page.host_does("return window.fileName"), "cercle-atelier.json");
    let file = page.host_does("return window.file");

    let other = visit.page_at("b", &in_a_page("fr", &alone("cercle-board")));
    other.propose("Un brouillon d’avant");
    other.choose_file(file.as_str().expect("a file is text"));
    other.dialog(fr().later().import_title).button(fr().later().import_do).click();

    other.topic("Relire à plusieurs").has_my_vote(true);
    other.topic("Un brouillon d’avant").card().is_gone();
    other.reload();
    other.topic("Relire à plusieurs").card().is_there();
}

fn an_exported_file_is_saved_by_the_browser_itself(visit: &Visit) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = visit.page(&alone("cercle-board"));
    page.propose("Relire à plusieurs");
    let allow = json!({ "behavior": "allow", "downloadPath": folder.path() });
    page.browser.devtools("Browser.setDownloadBehavior", &allow);
    page.choose_above(fr().later().export_all);
    let file = until("the file is there", || {
        fs::read_to_string(folder.path().join("cercle-atelier.json")).map_err(|problem| problem.to_string())
    });
    assert!(file.starts_with("{\"cercle\":1,") && file.contains("Relire à plusieurs"), "{file}");
}

fn a_file_that_is_no_community_changes_nothing(visit: &Visit) {
    let page = visit.page(&alone("cercle-board"));
    page.propose("Relire à plusieurs");

    for file in ["", "<html>", "{}", "[1, 2]"] {
        page.choose_file(file);
        page.dialog(fr().later().import_title).button(fr().later().import_do).click();
        page.says(fr().trouble(Trouble::BadFile));
        page.button(fr().later().close).click();
        page.no_longer_says(fr().trouble(Trouble::BadFile));
    }

    page.topic("Relire à plusieurs").card().is_there();
}
