//! What floats above everything: a `<dialog>`, modal, closed by Esc, by a press beside it, or by going away.
//!
//! Nothing outside of a modal dialog is heard, so each carries its own live region.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, MouseEvent};

use super::element::{El, el, sure};
use super::icon::{Icon, icon};

/// How a dialog presents itself.
pub(in crate::view) struct Frame {
    /// Its class.
    pub(in crate::view) class: &'static str,
    /// The id of its title.
    pub(in crate::view) title: &'static str,
    /// The region that is heard while it is open.
    pub(in crate::view) say: El,
    /// What happens when the person closes it; it stays in the page until its owner takes it away.
    pub(in crate::view) close: Rc<dyn Fn()>,
}

/// A dialog that opens as it is drawn and closes as it goes, giving the focus back to where it was.
/// What stands in it, `fill` adds.
pub(in crate::view) fn dialog(frame: Frame, fill: impl FnOnce(El) -> El) -> El {
    let Frame { class, title, say, close } = frame;
    let drawn = el("dialog", class).attr("aria-labelledby", title);
    let dialog: HtmlDialogElement = drawn.node().clone().unchecked_into();

    let opening = dialog.clone();
    queue_microtask(move || {
        if opening.is_connected() && !opening.open() {
            sure(opening.show_modal());
        }
    });
    let closing = StoredValue::new_local(dialog.clone());
    on_cleanup(move || closing.with_value(HtmlDialogElement::close));

    // A text may be selected from inside to outside: only a press that begins and ends beside the dialog closes it.
    let began_beside = Rc::new(Cell::new(false));
    let (begins, frame) = (Rc::clone(&began_beside), dialog.clone());
    let (closed, pressed) = (Rc::clone(&close), close);
    let drawn = drawn
        .on("close", move |_| closed())
        .on("mousedown", move |event| begins.set(is_beside(&frame, &event)))
        .on("click", move |event| {
            if began_beside.get() && is_beside(&dialog, &event) {
                pressed();
            }
        });
    fill(drawn).child(say)
}

/// The button that closes.
pub(in crate::view) fn close_button(label: &str, close: Rc<dyn Fn()>) -> El {
    el("button", "icon-button")
        .attr("type", "button")
        .attr("aria-label", label)
        .press(move || close())
        .child(icon(Icon::Close))
}

fn is_beside(dialog: &HtmlDialogElement, event: &Event) -> bool {
    let event: &MouseEvent = event.unchecked_ref();
    let on_itself = event.target().is_some_and(|target| target == *****dialog);
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let frame = dialog.get_bounding_client_rect();
    on_itself && (x < frame.left() || x > frame.right() || y < frame.top() || y > frame.bottom())
}
