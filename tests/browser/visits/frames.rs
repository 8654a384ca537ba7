//! Places that take us only in a frame.

use cercle::app::effect::Trouble;
use cercle::app::screen::Mark;

use crate::rig::board::fr;
use crate::rig::browser::Element;
use crate::rig::engine::Engine;
use crate::rig::page::{Finds as _, Page};
use crate::rig::person::Person;
use crate::rig::run::visits;
use crate::rig::server::{COMMUNITY, Server};
use crate::rig::visit::{Visit, in_a_page};

visits! {
    a_frame_grows_with_what_is_in_it,
    a_frame_without_our_script_scrolls_inside,
    a_frame_listens_to_nobody_but_the_page_around_it,
    a_page_listens_to_nobody_but_our_frames,
    a_page_that_is_not_on_the_list_cannot_frame_us,
    a_frame_in_a_sandbox_with_its_origin_works_like_any_other,
    a_frame_in_a_sandbox_without_its_origin_says_that_it_keeps_nothing,
    a_frame_keeps_its_own_state_for_each_page_around_it,
    a_frame_in_another_site_says_that_it_is_apart,
    a_dialog_in_a_tall_frame_comes_into_sight,
}

const CI: &str = "Accélérer l’intégration continue";

const HEIGHT: &str = "return document.querySelector('iframe').clientHeight";

fn a_frame_grows_with_what_is_in_it(visit: &Visit) {
    let server = server_for(visit);
    let page = visit.page(&(frame(&server, "") + &script(&server)));
    page.becomes("it has grown to its content", &format!("{HEIGHT} > 300"));
    inside(&page, |page| {
        page.propose(CI);
        page.topic(CI).is_marked(Mark::Saved);
        let all = "return document.documentElement.scrollHeight <= innerHeight + 1";
        page.becomes("nothing in it is cut off", all);
    });
    let before = page.host_does(HEIGHT);
    let karim = Person::at(&server, "Karim");
    for number in 0..6 {
        karim.proposes(&format!("Sujet numéro {number}"));
    }
    page.reload();
    page.becomes("it grows with its cards", &format!("{HEIGHT} > {before}"));
}

fn a_frame_without_our_script_scrolls_inside(visit: &Visit) {
    let server = server_for(visit);
    let page = visit.page(&frame(&server, "height=\"320\""));
    inside(&page, |page| {
        page.propose(CI);
        page.topic(CI).is_marked(Mark::Saved);
        assert_eq!(page.host_does("return getComputedStyle(document.documentElement).overflowY"), "visible");
    });
    assert_eq!(page.host_does(HEIGHT), 320);
}

fn a_frame_listens_to_nobody_but_the_page_around_it(visit: &Visit) {
    let server = server_for(visit);
    let page = visit.page(&frame(&server, "height=\"320\""));
    inside(&page, |page| {
        page.button(fr().propose).is_there();
        page.host_does("postMessage({ type: 'cercle:hello' }, '*')");
        page.propose(CI);
        page.topic(CI).is_marked(Mark::Saved);
        assert_eq!(page.host_does("return document.documentElement.className"), "");
    });
}

fn a_page_listens_to_nobody_but_our_frames(visit: &Visit) {
    let server = server_for(visit);
    let page = visit.page(&(frame(&server, "") + &script(&server)));
    page.becomes("it has grown to its content", &format!("{HEIGHT} > 300"));
    let stranger = visit.address_of(
        "b",
        "<!doctype html><title>-</title><script>parent.postMessage({ type: 'cercle:height', height: 9000 }, '*')</script>",
    );
    page.host_does(&format!(
        "window.heard = 0; addEventListener('message', ({{ data }}) => {{ if (data?.height === 9000) window.heard = window.heard + 1 }}); \
         document.querySelector('main').insertAdjacentHTML('beforeend', '<iframe id=\"stranger\" src=\"{stranger}\"></iframe>')"
    ));
    page.becomes("the stranger has spoken", "return window.heard === 1");
    let heights =
        "return [...document.querySelectorAll('iframe')].every((frame) => frame.clientHeight < 5000)";
    page.becomes("nobody listened", heights);
    page.host_does("postMessage({ type: 'cercle:height', height: 9000 }, '*')");
    page.becomes("the page has spoken to itself", "return window.heard === 2");
    page.becomes("nobody listened", heights);
}

fn a_page_that_is_not_on_the_list_cannot_frame_us(visit: &Visit) {
    let server = Server::framed_by(&[visit.origin("b")]);
    let page = visit.page(&frame(&server, ""));
    page.host_does("recorder.faults.length = 0");
    inside(&page, |page| {
        let empty = "return !document.querySelector('cercle-community')";
        page.becomes("nothing of us is there", empty);
    });
}

fn a_frame_in_a_sandbox_with_its_origin_works_like_any_other(visit: &Visit) {
    let server = server_for(visit);
    for (forms, title) in [("allow-forms", CI), ("", "Sans formulaires")] {
        let sandbox = format!("sandbox=\"allow-scripts allow-same-origin {forms}\" height=\"500\"");
        let page = visit.page(&frame(&server, &sandbox));
        inside(&page, |page| {
            page.propose(title);
            page.topic(title).is_marked(Mark::Saved);
        });
    }
}

fn a_frame_in_a_sandbox_without_its_origin_says_that_it_keeps_nothing(visit: &Visit) {
    let server = server_for(visit);
    let page = visit.page(&frame(&server, "sandbox=\"allow-scripts allow-forms\" height=\"500\""));
    inside(&page, |page| {
        if visit.engine == Engine::WebKit {
            // It takes the frame for nobody's, and refuses even our script.
            return page.says("allow-same-origin");
        }
        page.says(fr().trouble(Trouble::MemoryOnly));
        // Nobody's page is on no list of origins.
        page.says(fr().trouble(Trouble::ForbiddenOrigin));
        page.propose(CI);
        page.topic(CI).card().is_there();
    });
}

fn a_frame_keeps_its_own_state_for_each_page_around_it(visit: &Visit) {
    let server = Server::framed_by(&[visit.origin("a"), visit.origin("b")]);
    for device in ["a", "b"] {
        let page = visit.page_at(device, &in_a_page("fr", &frame(&server, "height=\"500\"")));
        inside(&page, |page| {
            let title = format!("Vu de {device}");
            page.propose(&title);
            page.topic(&title).is_marked(Mark::Saved);
            page.topic(&title).vote();
            page.topic(&title).is_marked(Mark::Saved);
        });
    }
}

fn a_frame_in_another_site_says_that_it_is_apart(visit: &Visit) {
    let server = server_for(visit);
    let apart = "return document.querySelector('.apart')?.textContent ?? ''";
    let page = visit.page(&frame(&server, "height=\"700\""));
    inside(&page, |page| {
        page.button(fr().propose).is_there();
        assert!(page.host_does(apart).as_str().is_some_and(|said| said.contains("d’un autre site")));
    });
    // By itself it is where everything is.
    page.browser.go(&format!("{}/embed/{COMMUNITY}?lang=fr", server.url()));
    page.button(fr().propose).is_there();
    assert_eq!(page.host_does(apart), "");
}

fn a_dialog_in_a_tall_frame_comes_into_sight(visit: &Visit) {
    let server = server_for(visit);
    let karim = Person::at(&server, "Karim");
    for number in 0..30 {
        karim.proposes(&format!("Sujet numéro {number}"));
    }
    let page = visit.page(&(frame(&server, "style=\"width: 360px\"") + &script(&server)));
    page.becomes("it is much taller than the window", &format!("{HEIGHT} > 3 * innerHeight"));
    let mut middle = 0.0;
    inside(&page, |page| {
        page.button(fr().propose).click();
        let dialog = "document.querySelector('cercle-community').shadowRoot.querySelector('dialog[open]')";
        page.becomes("the dialog is open", &format!("return Boolean({dialog})"));
        let place =
            format!("const {{ top, height }} = {dialog}.getBoundingClientRect(); return top + height / 2");
        middle = page.host_does(&place).as_f64().expect("a place");
    });
    let top = "const top = document.querySelector('iframe').getBoundingClientRect().top;";
    page.becomes(
        "the page shows the middle of the dialog",
        &format!("{top} return top + {middle} > 0 && top + {middle} < innerHeight"),
    );
}

fn server_for(visit: &Visit) -> Server {
    Server::framed_by(&[visit.origin("a")])
}

fn frame(server: &Server, attributes: &str) -> String {
    format!(
        "<iframe src=\"{}/embed/{COMMUNITY}?lang=fr\" title=\"Cercle\" width=\"900\" {attributes}></iframe>",
        server.url()
    )
}

fn script(server: &Server) -> String {
    format!("<script src=\"{}/cercle-frame.js\"></script>", server.url())
}

/// Does something within the first frame of the page.
pub(crate) fn inside(page: &Page, act: impl FnOnce(&Page)) {
    let frame = page.host_does("return document.querySelector('iframe')");
    page.browser.enter(Element::read(&frame).as_ref());
    act(page);
    page.browser.enter(None);
}
