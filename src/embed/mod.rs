//! How a host page meets us: the composition root, where element, runtime and view come together.
//!
//! The elements' classes are JavaScript, `element.js`, for Rust cannot make any; they hand everything over to a
//! [`Handle`] and show what it throws. A host page meets attributes, events and one property, and never an exception.

mod config; // what the page asks for
#[cfg(target_arch = "wasm32")]
mod handle; // what element.js holds
#[cfg(target_arch = "wasm32")]
mod instance; // one widget, put together
#[cfg(target_arch = "wasm32")]
mod engine; // the loop
#[cfg(target_arch = "wasm32")]
mod page; // what the page is told
#[cfg(target_arch = "wasm32")]
mod signs; // what the page says unasked

#[cfg(target_arch = "wasm32")]
pub use handle::{Handle, mount};

#[cfg(test)]
mod tests {
    use crate::text::Locale;

    #[test]
    fn what_is_said_without_the_module_is_said_in_every_language() {
        let element = include_str!("element.js");
        for locale in Locale::ALL {
            let (tag, sentence) = (locale.tag(), locale.text().later().broken);
            assert!(
                element.contains(&format!("  {tag}: {{\n    loading: '")),
                "element.js has no word in {tag}"
            );
            assert!(
                element.contains(&format!("broken: '{sentence}'")),
                "element.js does not say: {sentence}"
            );
        }
    }
}
