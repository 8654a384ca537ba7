//! What floats above everything: a `<dialog>`, modal, closed by Esc, by a press beside it, or by going away.
//!
//! Nothing outside of a modal dialog is heard, so each carries its own live region.

use leptos::html;
use leptos::prelude::*;
use web_sys::{HtmlDialogElement, MouseEvent};

use super::icon::{Icon, icon};
use super::press;

/// How a dialog presents itself.
pub(in crate::view) struct Frame {
    /// Its class.
    pub(in crate::view) class: &'static str,
    /// The id of its title.
    pub(in crate::view) title: &'static str,
    /// What is said to ears.
    pub(in crate::view) say: Signal<String>,
    /// What happens when the person closes it; it stays in the page until its owner takes it away.
    pub(in crate::view) close: Callback<()>,
}

/// A dialog that opens as it is drawn and closes as it goes, giving the focus back to where it was.
pub(in crate::view) fn dialog(frame: Frame, body: AnyView) -> AnyView {
    let Frame { class, title, say, close } = frame;
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
            && dialog.show_modal().is_err()
        {
            dialog.set_open(true);
        }
    });
    on_cleanup(move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    });
    // A dialog that its owner has taken away still tells that it closed.
    let closed = move |_| {
        if node.try_get_untracked().flatten().is_some_and(|dialog| dialog.is_connected()) {
            close.run(());
        }
    };
    // A text may be selected from inside to outside: only a press that begins and ends beside the dialog closes it.
    let began_beside = StoredValue::new(false);
    let beside =
        move |event: &MouseEvent| node.get_untracked().is_some_and(|dialog| is_beside(&dialog, event));
    view! {
        <dialog
            class=class
            aria-labelledby=title
            node_ref=node
            on:close=closed
            on:mousedown=move |event| began_beside.set_value(beside(&event))
            on:click=move |event| {
                if began_beside.get_value() && beside(&event) {
                    close.run(());
                }
            }
        >
            {body}
            <p class="say hidden" role="status">
                {say}
            </p>
        </dialog>
    }
    .into_any()
}

/// The button that closes.
pub(in crate::view) fn close_button(label: &'static str, close: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="icon-button" aria-label=label on:click=press(move || close.run(()))>
            {icon(Icon::Close)}
        </button>
    }
    .into_any()
}

fn is_beside(dialog: &HtmlDialogElement, event: &MouseEvent) -> bool {
    let on_itself = event.target().is_some_and(|target| target == *****dialog);
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let frame = dialog.get_bounding_client_rect();
    on_itself && (x < frame.left() || x > frame.right() || y < frame.top() || y > frame.bottom())
}
