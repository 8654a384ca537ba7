//! Bearer tokens that the host page gives: sent with every request, asked for again when the backend takes the last no more.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::rig::board::fr;
use crate::rig::page::Finds as _;
use crate::rig::run::visits;
use crate::rig::site::Answer;
use crate::rig::visit::{Visit, in_a_page};

visits! {
    a_token_of_the_page_is_sent_and_another_asked_for_when_it_is_refused,
}

/// Gives `old` first, then `new`, whatever is asked.
const GIVE: &str = "<script>window.asked = 0; customElements.whenDefined('cercle-board').then(() => { \
    document.querySelector('cercle-board').getToken = async () => ++asked === 1 ? 'old' : 'new' })</script>";

fn a_token_of_the_page_is_sent_and_another_asked_for_when_it_is_refused(visit: &Visit) {
    let id = format!("{:032x}", 1);
    let empty = json!({ "epoch": id, "you": id, "cursor": "1", "reset": true, "rows": [], "receipts": [] })
        .to_string();
    let who =
        json!({ "type": "about:blank", "status": 401, "title": "who?", "code": "unauthorized" }).to_string();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&heard);
    visit.site.put("/tokens/", move |request| {
        let said = request.header("authorization").unwrap_or_default().to_owned();
        hearing.lock().expect("nobody panics with it").push(said.clone());
        match said.as_str() {
            "Bearer new" => Answer::new(200, "application/json", empty.clone()),
            _ => Answer::new(401, "application/problem+json", who.clone()),
        }
    });
    let board = "<cercle-board community=\"atelier\" backend=\"/tokens/\"></cercle-board>";
    let page = visit.page_at("a", &in_a_page("fr", &format!("{board}{GIVE}")));

    page.button(fr().propose).is_there();
    page.becomes("all is saved", "return recorder.events.at(-1)?.detail?.state === 'saved'");
    let heard = heard.lock().expect("nobody panics with it").clone();
    assert!(heard.contains(&"Bearer old".to_owned()), "{heard:?}");
    assert!(heard.contains(&"Bearer new".to_owned()), "{heard:?}");
}
