//! What the page says unasked: that it comes into sight or goes out of it, that the network is back.

use gloo_events::EventListener;
use js_sys::Reflect;
use web_sys::VisibilityState;

use crate::app::Reply;

/// A sign of the page.
pub(super) enum Sign {
    /// Something for the app.
    Reply(Reply),
    /// The page may be put aside whole: let go of whatever keeps a browser from that.
    LetGo,
}

/// Listens until it is dropped.
#[derive(Debug)]
pub(super) struct Signs {
    _listeners: Vec<EventListener>,
}

impl Signs {
    pub(super) fn to(tell: impl Fn(Sign) + Clone + 'static) -> Self {
        let Some(window) = web_sys::window() else { return Self { _listeners: Vec::new() } };
        let Some(page) = window.document() else { return Self { _listeners: Vec::new() } };
        let leaves = |tell: &dyn Fn(Sign)| {
            tell(Sign::Reply(Reply::Visible(false)));
            tell(Sign::LetGo);
        };
        let online = {
            let tell = tell.clone();
            EventListener::new(&window, "online", move |_| tell(Sign::Reply(Reply::Online)))
        };
        let visibility = {
            let tell = tell.clone();
            EventListener::new(&page, "visibilitychange", move |_| {
                if is_visible() { tell(Sign::Reply(Reply::Visible(true))) } else { leaves(&tell) }
            })
        };
        let hide = {
            let tell = tell.clone();
            EventListener::new(&window, "pagehide", move |_| leaves(&tell))
        };
        let freeze = {
            let tell = tell.clone();
            EventListener::new(&page, "freeze", move |_| tell(Sign::LetGo))
        };
        let show = EventListener::new(&window, "pageshow", move |event| {
            let put_aside =
                Reflect::get(event, &"persisted".into()).is_ok_and(|put_aside| put_aside.is_truthy());
            if put_aside {
                // Hints that came meanwhile were not heard.
                tell(Sign::Reply(Reply::Elsewhere));
                tell(Sign::Reply(Reply::Visible(is_visible())));
            }
        });
        Self { _listeners: vec![online, visibility, hide, freeze, show] }
    }
}

/// Whether the page is in sight.
pub(super) fn is_visible() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_none_or(|page| page.visibility_state() == VisibilityState::Visible)
}
