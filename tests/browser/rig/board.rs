//! What people do with the widget in one breath, so that tests can tell longer stories.

use cercle::app::screen::Mark;
use cercle::text::{Locale, Text};
use cercle_domain::topic::Stage;

use super::page::{Finds, Page};
use super::thing::{Step, Thing};
use super::wait::until;

const ESCAPE: &str = "\u{e00c}";

/// The sentences of most tests.
pub(crate) fn fr() -> &'static Text {
    Locale::Fr.text()
}

impl Page {
    /// Proposes a topic with nothing but its title.
    #[track_caller]
    pub(crate) fn propose(&self, title: &str) {
        self.button(fr().propose).click();
        self.field(fr().question).write(title);
        self.button(fr().later().go_on).click();
        self.button(fr().later().propose_it).click();
        self.topic(title).card().is_there();
    }

    /// A topic on the board.
    pub(crate) fn topic(&self, title: &str) -> Topic {
        Topic { page: self.clone(), title: title.to_owned() }
    }

    pub(crate) fn column(&self, stage: Stage) -> Thing {
        self.region(&format!("{}…", (fr().stage)(stage)))
    }

    /// Chooses from the menu in the head of the widget.
    #[track_caller]
    pub(crate) fn choose_above(&self, item: &str) {
        self.button(fr().other_actions).click();
        self.menu_item(item).click();
    }

    /// Becomes a facilitator by a code.
    #[track_caller]
    pub(crate) fn facilitate(&self, code: &str) {
        self.choose_above(fr().later().facilitate);
        self.field(fr().later().code).write(code);
        self.dialog(fr().later().facilitate_title).button(fr().later().facilitate_do).click();
        self.dialog(fr().later().facilitate_title).is_gone();
        // The right itself comes with the next answer; a menu shows what there was when it was opened.
        until("the menu has the settings", || {
            self.button(fr().other_actions).click();
            let settings = self.menu_item(fr().later().settings).count();
            self.press(&[ESCAPE]);
            if settings == 1 { Ok(()) } else { Err("it has not".to_owned()) }
        });
    }
}

impl Page {
    /// Joins under a name, where the sign-up stands.
    #[track_caller]
    pub(crate) fn join(&self, name: &str) {
        self.field(fr().later().name).write(name);
        self.button(fr().later().join).click();
        self.heading(fr().later().joined).is_there();
    }
}

/// A topic on the board of a page.
pub(crate) struct Topic {
    page: Page,
    title: String,
}

impl Topic {
    /// The list item that is its card.
    pub(crate) fn card(&self) -> Thing {
        self.page.find(Step::holding("listitem", Step::named("heading", &self.title)))
    }

    /// Its vote button, whatever the tally in its name says.
    pub(crate) fn vote_button(&self) -> Thing {
        self.card().button(&fr().vote_for.with([&self.title, "…"]))
    }

    #[track_caller]
    pub(crate) fn vote(&self) {
        self.vote_button().click();
    }

    #[track_caller]
    pub(crate) fn has_my_vote(&self, on: bool) {
        self.vote_button().is("aria-pressed", if on { "true" } else { "false" });
    }

    /// Waits until its card says how far one's own last act on it got.
    #[track_caller]
    pub(crate) fn is_marked(&self, mark: Mark) {
        self.card().says((fr().mark)(mark));
    }

    /// Opens it.
    #[track_caller]
    pub(crate) fn open(&self) -> Thing {
        self.card().button(&self.title).click();
        let sheet = self.page.dialog(&self.title);
        sheet.is_there();
        sheet
    }

    /// Chooses from its menu, by the role that the item has there.
    #[track_caller]
    pub(crate) fn choose(&self, role: &'static str, item: &str) {
        self.card().button(&fr().actions.with([&self.title])).click();
        self.page.thing(role, item).click();
    }

    #[track_caller]
    pub(crate) fn move_to(&self, stage: Stage) {
        self.choose("menuitemradio", (fr().stage)(stage));
    }

    /// Waits until it stands in this stage.
    #[track_caller]
    pub(crate) fn is_in(&self, stage: Stage) {
        let card = Step::holding("listitem", Step::named("heading", &self.title));
        self.page.column(stage).find(card).is_there();
    }
}

impl Page {
    /// Picks a file with this content for the widget to import. The dialog in which people pick files belongs to the
    /// system, so its answer is given in its place.
    #[track_caller]
    pub(crate) fn choose_file(&self, content: &str) {
        let give = "const host = document.querySelector('cercle-board, cercle-community, cercle-signup'); \
                    const input = host.shadowRoot.querySelector('input[type=file]'); \
                    const files = new DataTransfer(); \
                    files.items.add(new File([arguments[0]], 'cercle.json', { type: 'application/json' })); \
                    input.files = files.files; \
                    input.dispatchEvent(new Event('change', { bubbles: true }))";
        self.button(fr().other_actions).is_there();
        let given = self.browser.run(give, &[content.into()]);
        given.unwrap_or_else(|problem| panic!("the file was not taken: {problem}"));
    }
}
