//! The page that a browser shows, as a person meets it: things with a role and a name, words, and what went wrong.

use std::rc::Rc;

use serde_json::{Value, json};

use super::browser::Browser;
use super::thing::{Step, Thing};
use super::wait::until;

/// The script that finds things; every question begins with it.
const EYES: &str = include_str!("eyes.js");

#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) browser: Rc<Browser>,
    /// A selector of the one element on the page that is looked at; none is all of the page.
    host: Option<String>,
}

/// Where things can be looked for: on a page, or in another thing.
pub(crate) trait Finds {
    fn find(&self, step: Step) -> Thing;

    fn thing(&self, role: &'static str, name: &str) -> Thing {
        self.find(Step::named(role, name))
    }

    fn button(&self, name: &str) -> Thing {
        self.thing("button", name)
    }

    fn field(&self, name: &str) -> Thing {
        self.thing("textbox", name)
    }

    fn dialog(&self, name: &str) -> Thing {
        self.thing("dialog", name)
    }

    fn menu_item(&self, name: &str) -> Thing {
        self.thing("menuitem", name)
    }

    fn heading(&self, name: &str) -> Thing {
        self.thing("heading", name)
    }

    fn region(&self, name: &str) -> Thing {
        self.thing("region", name)
    }
}

impl Page {
    pub(crate) fn new(browser: &Rc<Browser>) -> Self {
        Self { browser: Rc::clone(browser), host: None }
    }

    /// The same page, but only the widget in this element.
    pub(crate) fn only(&self, selector: &str) -> Self {
        Self { host: Some(selector.to_owned()), ..self.clone() }
    }

    pub(crate) fn reload(&self) {
        self.browser.reload();
    }

    /// Presses keys wherever the focus is.
    pub(crate) fn press(&self, keys: &[&str]) {
        self.browser.press(keys);
    }

    /// Runs a script of the host page, which knows nothing of the widget's inside.
    #[track_caller]
    pub(crate) fn host_does(&self, script: &str) -> Value {
        let done = self.browser.run(script, &[]);
        done.unwrap_or_else(|problem| panic!("the host page cannot `{script}`: {problem}"))
    }

    /// Waits until these words stand on the page.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        until(format_args!("the page says “{words}”"), || {
            let said = self.words()?;
            if spaced(&said).contains(&spaced(words)) { Ok(()) } else { Err(format!("it says:\n{said}")) }
        });
    }

    /// Waits until these words do not, or no longer, stand on the page.
    #[track_caller]
    pub(crate) fn no_longer_says(&self, words: &str) {
        until(format_args!("the page no longer says “{words}”"), || {
            let said = self.words()?;
            if spaced(&said).contains(&spaced(words)) { Err(format!("it says:\n{said}")) } else { Ok(()) }
        });
    }

    /// Waits until a script of the host page returns true.
    #[track_caller]
    pub(crate) fn becomes(&self, what: &str, script: &str) {
        until(what, || match self.browser.run(script, &[])? {
            Value::Bool(true) => Ok(()),
            other => Err(format!("`{script}` is {other}")),
        });
    }

    /// All that there is to read on the page.
    pub(crate) fn words(&self) -> Result<String, String> {
        let words = self.look("return spaces(wordsOf(inReach(root)))", &json!(null))?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// All that there is to hear on the page, one line a thing.
    pub(crate) fn heard(&self) -> Result<Vec<String>, String> {
        let lines = self.look("return hear(root)", &json!(null))?;
        Ok(serde_json::from_value(lines).unwrap_or_default())
    }

    /// Asks the eyes something about what is looked at, `root`, with one `argument`.
    pub(crate) fn look(&self, question: &str, argument: &Value) -> Result<Value, String> {
        let script = format!(
            "{EYES}\nconst [host, argument] = arguments;\n\
             const root = host ? document.querySelector(host) : document.body;\n{question}"
        );
        self.browser.run(&script, &[json!(self.host), argument.clone()])
    }
}

impl Finds for Page {
    fn find(&self, step: Step) -> Thing {
        Thing::new(self.clone(), vec![step])
    }
}

/// French puts no-break spaces where tests put plain ones.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}
