//! One thing on a page: looked up anew for each deed, waited for until it is there, and never guessed between two.

use std::fmt;

use serde_json::{Value, json};

use super::browser::Element;
use super::page::{Finds, Page, spaced};
use super::wait::until;

/// The key with which people begin anew in a field: everything is selected, what is typed next takes its place.
const SELECT_ALL: &str = "\u{e009}a";

const FOCUSED: &str = "return String(argument.getRootNode().activeElement === argument)";

/// One look: a role, a name, and perhaps something that must be inside.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    role: &'static str,
    /// Any name, if none; what follows `…` does not matter.
    name: Option<String>,
    holds: Option<Box<Step>>,
}

impl Step {
    pub(crate) fn named(role: &'static str, name: &str) -> Self {
        Self { role, name: Some(name.to_owned()), holds: None }
    }

    /// Known by what it holds rather than by a name of its own.
    pub(crate) fn holding(role: &'static str, inner: Self) -> Self {
        Self { role, name: None, holds: Some(Box::new(inner)) }
    }

    fn json(&self) -> Value {
        json!({ "role": self.role, "name": self.name, "holds": self.holds.as_ref().map(|step| step.json()) })
    }
}

#[derive(Clone)]
pub(crate) struct Thing {
    pub(crate) page: Page,
    steps: Vec<Step>,
}

impl Thing {
    pub(crate) fn new(page: Page, steps: Vec<Step>) -> Self {
        Self { page, steps }
    }

    /// Clicks in its middle, unless something is in the way. Not with WebDriver's own click on an element: WebKit's
    /// takes the inside of a field in a shadow root for something in the way.
    #[track_caller]
    pub(crate) fn click(&self) {
        self.act("to click on", |element| {
            let (x, y) = self.place(element)?;
            self.page.browser.click(x, y)
        });
    }

    /// Takes it by its middle and lets it go in the middle of another.
    #[track_caller]
    pub(crate) fn drag_to(&self, other: &Self) {
        let there = other.act("to drop on", |element| other.place(element));
        self.act("to drag", |element| self.page.browser.drag(self.place(element)?, there));
    }

    fn place(&self, element: &Element) -> Result<(i64, i64), String> {
        let place = self.page.look("return placeOf(argument)", &element.argument())?;
        let whole = |index: usize| place[index].as_i64();
        whole(0).zip(whole(1)).ok_or_else(|| place.as_str().unwrap_or_default().to_owned())
    }

    /// Types into a field, in place of what it holds.
    #[track_caller]
    pub(crate) fn write(&self, text: &str) {
        self.click();
        let keys: Vec<String> = text.chars().map(String::from).collect();
        self.page.press(&[SELECT_ALL]);
        self.page.press(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Chooses what a list of choices calls by this name.
    #[track_caller]
    pub(crate) fn choose(&self, option: &str) {
        self.thing("option", option).act("to choose", |option| self.page.browser.choose(option));
    }

    /// Waits until it is there.
    #[track_caller]
    pub(crate) fn is_there(&self) -> &Self {
        until(format_args!("there is {self}"), || self.one().map(drop));
        self
    }

    /// Waits until it is not, or no longer, there.
    #[track_caller]
    pub(crate) fn is_gone(&self) {
        until(format_args!("{self} is gone"), || match self.all()?.0.as_slice() {
            [] => Ok(()),
            found => Err(format!("there are still {}", found.len())),
        });
    }

    /// Waits until its words contain these.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        self.comes_to("says", words, "return spaces(wordsOf(argument))", |said| {
            spaced(said).contains(&spaced(words))
        });
    }

    /// Waits until a field holds exactly this.
    #[track_caller]
    pub(crate) fn holds(&self, text: &str) {
        self.comes_to("holds", text, "return argument.value", |value| value == text);
    }

    /// Waits until its whole name is this.
    #[track_caller]
    pub(crate) fn is_called(&self, name: &str) {
        self.comes_to("is called", name, "return nameOf(argument)", |said| spaced(said) == spaced(name));
    }

    /// Waits until an attribute has this value, such as `aria-pressed`.
    #[track_caller]
    pub(crate) fn is(&self, attribute: &str, value: &str) {
        let script = format!("return argument.getAttribute('{attribute}')");
        self.comes_to(attribute, value, &script, |now| now == value);
    }

    /// Waits until it has the focus.
    #[track_caller]
    pub(crate) fn has_focus(&self) {
        self.comes_to("has the focus:", "true", FOCUSED, |now| now == "true");
    }

    /// Whether it has the focus now.
    #[track_caller]
    pub(crate) fn has_focus_now(&self) -> bool {
        self.act("to look at", |element| self.tell(element, FOCUSED)) == "true"
    }

    /// Role and name as the engine itself tells them.
    #[track_caller]
    pub(crate) fn spoken(&self) -> (String, String) {
        self.act("to listen to", |element| self.page.browser.spoken(element))
    }

    /// Does something to the one element that this is, once it is there and lets it happen.
    #[track_caller]
    pub(crate) fn act<T>(&self, deed: &str, act: impl Fn(&Element) -> Result<T, String>) -> T {
        until(format_args!("there is {self} {deed}"), || act(&self.one()?))
    }

    /// How many there are now.
    #[track_caller]
    pub(crate) fn count(&self) -> usize {
        until(format_args!("{self} can be counted"), || self.all().map(|(found, _)| found.len()))
    }

    #[track_caller]
    fn comes_to(&self, verb: &str, wanted: &str, script: &str, fits: impl Fn(&str) -> bool) {
        until(format_args!("{self} {verb} “{wanted}”"), || {
            let now = self.tell(&self.one()?, script)?;
            if fits(&now) { Ok(()) } else { Err(format!("it is “{now}”")) }
        });
    }

    fn tell(&self, element: &Element, script: &str) -> Result<String, String> {
        let told = self.page.look(script, &element.argument())?;
        Ok(told.as_str().unwrap_or_default().to_owned())
    }

    /// The one element; an error if there is none or more than one, since a person could not tell them apart.
    fn one(&self) -> Result<Element, String> {
        let (found, near) = self.all()?;
        match found.as_slice() {
            [element] => Ok(element.clone()),
            [] => Err(format!("there are only: {near}")),
            several => Err(format!("there are {} of them", several.len())),
        }
    }

    fn all(&self) -> Result<(Vec<Element>, String), String> {
        let steps: Vec<Value> = self.steps.iter().map(Step::json).collect();
        let seen = self.page.look("return find(argument, root)", &json!(steps))?;
        let found = seen["found"].as_array().into_iter().flatten().filter_map(Element::read);
        Ok((found.collect(), seen["near"].as_str().unwrap_or_default().to_owned()))
    }
}

impl Finds for Thing {
    fn find(&self, step: Step) -> Thing {
        let steps = self.steps.iter().cloned().chain([step]).collect();
        Self { page: self.page.clone(), steps }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().rev().enumerate() {
            f.write_str(if index == 0 { "the " } else { " in the " })?;
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.role)?;
        if let Some(name) = &self.name {
            write!(f, " “{name}”")?;
        }
        if let Some(inner) = &self.holds {
            write!(f, " with the {inner}")?;
        }
        Ok(())
    }
}
