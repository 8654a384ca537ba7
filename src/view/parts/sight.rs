//! What came in sight: watches elements and tells, in batches, which of them a person could have read.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::js_sys::Array;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How long sights are gathered before they are told.
const GATHER: Duration = Duration::from_millis(700);

/// A watch over elements, each told once.
#[derive(Clone, Copy)]
pub(in crate::view) struct Sight(StoredValue<Option<Watch>, LocalStorage>);

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
    pub(in crate::view) fn new(tell: Callback<Vec<String>>) -> Self {
        let gathered = StoredValue::new(Vec::<String>::new());
        let flush = move || {
            let ids = gathered.try_update_value(std::mem::take).unwrap_or_default();
            if !ids.is_empty() {
                tell.run(ids);
            }
        };
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let ids: Vec<String> = entries.iter().filter_map(told_once).collect();
            let first = gathered.try_update_value(|gathered| {
                let first = gathered.is_empty();
                gathered.extend(ids);
                first && !gathered.is_empty()
            });
            if first == Some(true) {
                set_timeout(flush, GATHER);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_threshold(&JsValue::from_f64(0.5));
        // Without an observer nothing is told, which costs topics a count of looks and people nothing.
        let watch = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok();
        Self(StoredValue::new_local(watch.map(|observer| Watch { observer, _seen: seen })))
    }
}

/// For `use:watched=sight`.
pub(in crate::view) fn watched(element: Element, sight: Sight) {
    sight.0.with_value(|watch| {
        if let Some(watch) = watch {
            watch.observer.observe(&element);
        }
    });
}

fn told_once(entry: JsValue) -> Option<String> {
    let entry: IntersectionObserverEntry = entry.unchecked_into();
    let element = entry.target();
    entry.is_intersecting().then(|| element.id())
}
