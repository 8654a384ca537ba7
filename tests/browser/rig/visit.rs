//! One test in one engine: a fresh device on a stranger's page, a second one where two meet, and servers of its own.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;
use std::rc::Rc;

use serde_json::Value;

use super::browser::Browser;
use super::engine::Engine;
use super::page::Page;
use super::server::{COMMUNITY, Server};
use super::site::{Answer, Site};

const HTML: &str = "text/html; charset=utf-8";

/// The browsers of one engine, started when first needed and kept from test to test.
pub(crate) struct Browsers {
    engine: Engine,
    kept: RefCell<[Option<Rc<Browser>>; 2]>,
    /// One that is set up for a single test.
    odd: RefCell<Option<Rc<Browser>>>,
}

impl Browsers {
    pub(crate) fn of(engine: Engine) -> Self {
        Self { engine, kept: RefCell::default(), odd: RefCell::default() }
    }

    fn get(&self, index: usize) -> Rc<Browser> {
        let mut kept = self.kept.borrow_mut();
        Rc::clone(kept[index].get_or_insert_with(|| Rc::new(Browser::start(self.engine))))
    }

    /// Those that were started so far.
    pub(crate) fn started(&self) -> Vec<Rc<Browser>> {
        self.kept.borrow().iter().chain([&*self.odd.borrow()]).flatten().cloned().collect()
    }

    /// Ends what was for one test only.
    pub(crate) fn tidy(&self) {
        self.odd.take();
    }

    /// After a failure nobody knows what they are up to.
    pub(crate) fn forget(&self) {
        self.kept.take();
        self.tidy();
    }
}

pub(crate) struct Visit<'a> {
    pub(crate) engine: Engine,
    pub(crate) site: &'a Site,
    browsers: &'a Browsers,
    /// Tells the origins of this test from those of all others.
    number: usize,
    pages: Cell<usize>,
}

impl<'a> Visit<'a> {
    pub(crate) fn new(browsers: &'a Browsers, site: &'a Site, number: usize) -> Self {
        let engine = browsers.engine;
        Self { engine, site, browsers, number, pages: Cell::new(0) }
    }

    /// A server that takes requests from this visit's pages.
    pub(crate) fn server(&self) -> Server {
        Server::start(&[self.origin("a"), self.origin("b")], false)
    }

    /// Opens a page with this in its body, on a device that was never here.
    pub(crate) fn page(&self, body: &str) -> Page {
        self.page_at("a", &in_a_page("fr", body))
    }

    /// Opens a page from `tests/pages`.
    pub(crate) fn page_from(&self, file: &str, server: &Server) -> Page {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(file);
        let html =
            fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        self.page_at("a", &html.replace("{{backend}}", &server.url()).replace("{{community}}", COMMUNITY))
    }

    /// Opens a whole page in the first browser, on the device with this letter.
    pub(crate) fn page_at(&self, device: &str, html: &str) -> Page {
        self.open(0, device, html)
    }

    /// Opens a whole page that comes with this content security policy, on a device that was never here.
    pub(crate) fn page_under(&self, policy: &str, html: &str) -> Page {
        self.visit_address(&self.address_under("a", policy, html))
    }

    /// Makes a whole page that comes with this content security policy, and gives back its address.
    pub(crate) fn address_under(&self, device: &str, policy: &str, html: &str) -> String {
        let mut answer = Answer::new(200, HTML, html);
        answer.headers.push(("content-security-policy".to_owned(), policy.to_owned()));
        self.address_of_answer(device, answer)
    }

    /// Opens a page with this in its body in another browser, which is another person's.
    pub(crate) fn elsewhere(&self, body: &str) -> Page {
        self.open(1, "b", &in_a_page("fr", body))
    }

    /// Opens a page in a Firefox with these preferences.
    pub(crate) fn in_firefox_with(&self, preferences: &Value, html: &str) -> Page {
        let browser = Rc::new(Browser::start_with(self.engine, preferences));
        self.browsers.odd.replace(Some(Rc::clone(&browser)));
        browser.go(&self.address_of("a", html));
        Page::new(&browser)
    }

    /// An address that is nobody's page.
    pub(crate) fn visit_address(&self, address: &str) -> Page {
        let browser = self.browsers.get(0);
        browser.go(address);
        Page::new(&browser)
    }

    /// Makes a whole page and gives back its address.
    pub(crate) fn address_of(&self, device: &str, html: &str) -> String {
        self.address_of_answer(device, Answer::new(200, HTML, html))
    }

    /// Opens a page with this in its body that comes by https, on a device that was never here.
    pub(crate) fn page_by_https(&self, body: &str) -> Page {
        let address = self.address_of("a", &in_a_page("fr", body));
        self.visit_address(&address.replace(&self.origin("a"), &self.secure_origin()))
    }

    /// The origin of pages that come by https.
    pub(crate) fn secure_origin(&self) -> String {
        self.site.secure_origin(&format!("a{}", self.number))
    }

    fn address_of_answer(&self, device: &str, answer: Answer) -> String {
        let path = format!("/visit-{}-{}.html", self.number, self.pages.replace(self.pages.get() + 1));
        self.site.put(&path, move |_| answer.clone());
        self.origin(device) + &path
    }

    /// The origin of the device with this letter.
    pub(crate) fn origin(&self, device: &str) -> String {
        self.site.origin(&format!("{device}{}", self.number))
    }

    /// Nothing that happened may have disturbed the host page.
    pub(crate) fn left_no_faults(&self) {
        for browser in self.browsers.started() {
            let faults = browser.run("return window.recorder?.faults ?? []", &[]).unwrap_or_default();
            let none = faults.as_array().is_none_or(Vec::is_empty);
            assert!(none, "the host page noticed: {faults:#}");
        }
    }

    fn open(&self, browser: usize, device: &str, html: &str) -> Page {
        let browser = self.browsers.get(browser);
        browser.go(&self.address_of(device, html));
        Page::new(&browser)
    }
}

/// A page of somebody's intranet with the widget's two lines, the second of which the test writes.
pub(crate) fn in_a_page(lang: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Intranet</title><link rel=\"icon\" href=\"data:,\"><script src=\"/recorder.js\"></script>\
         <script type=\"module\" src=\"/cercle.js\"></script></head><body style=\"font-family: system-ui, sans-serif\"><main><h1>Intranet</h1>{body}</main></body></html>"
    )
}

/// Such a page in French, on which a script did something before the widget came.
pub(crate) fn after(script: &str, body: &str) -> String {
    let scripts = format!("<script>{script}</script><script type=\"module\"");
    in_a_page("fr", body).replace("<script type=\"module\"", &scripts)
}

/// The page's clock is this many days ahead.
pub(crate) const MUCH_LATER: &str = "const now = Date.now; Date.now = () => now() + 40 * 24 * 60 * 60 * 1000";

/// The widget's element.
pub(crate) fn element(tag: &str, server: &Server) -> String {
    format!("<{tag} community=\"{COMMUNITY}\" backend=\"{}\"></{tag}>", server.url())
}

/// The widget's element without a backend.
pub(crate) fn alone(tag: &str) -> String {
    format!("<{tag} community=\"{COMMUNITY}\"></{tag}>")
}
