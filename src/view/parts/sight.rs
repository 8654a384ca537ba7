//! What came in sight: watches elements and tells, in batches, which of them a person could have read.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::js_sys::Array;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::element::El;

/// How long sights are gathered before they are told.
const GATHER: Duration = Duration::from_millis(700);

/// A watch over elements. It ends with its last hold.
#[derive(Clone)]
pub(in crate::view) struct Sight(Option<Rc<Watch>>);

struct Watch {
    observer: IntersectionObserver,
    /// The observer calls it as long as it lives.
    _seen: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Sight {
    /// A watch that tells the ids of elements that came in sight.
    pub(in crate::view) fn new(tell: impl Fn(Vec<String>) + Clone + 'static) -> Self {
        let gathered = Rc::new(RefCell::new(Vec::new()));
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let waiting = !gathered.borrow().is_empty();
            gathered.borrow_mut().extend(entries.iter().filter_map(in_sight));
            if !waiting && !gathered.borrow().is_empty() {
                let (tell, gathered) = (tell.clone(), Rc::clone(&gathered));
                set_timeout(move || tell(gathered.take()), GATHER);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_threshold(&JsValue::from_f64(0.5));
        // Without an observer nothing is told, which costs topics a count of looks and people nothing.
        let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options);
        Self(observer.ok().map(|observer| Rc::new(Watch { observer, _seen: seen })))
    }

    /// Watches an element.
    pub(in crate::view) fn watch(&self, element: El) -> El {
        if let Some(watch) = &self.0 {
            watch.observer.observe(element.node());
        }
        element
    }
}

fn in_sight(entry: JsValue) -> Option<String> {
    let entry: IntersectionObserverEntry = entry.unchecked_into();
    entry.is_intersecting().then(|| entry.target().id())
}
