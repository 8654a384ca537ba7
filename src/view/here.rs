//! What every part of the view has at hand: a voice to speak with and a way to ask. Nothing else goes everywhere.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::Intent;
use crate::text::Text;
use crate::text::voice::Voice;

/// Where a person's intents go.
#[derive(Clone)]
pub(crate) struct Dispatch(Rc<dyn Fn(Intent)>);

impl Dispatch {
    /// Sends intents to `take`.
    pub(crate) fn new(take: impl Fn(Intent) + 'static) -> Self {
        Self(Rc::new(take))
    }
}

/// A voice and a way to ask.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) text: &'static Text,
    pub(super) voice: Voice,
    dispatch: StoredValue<Dispatch, LocalStorage>,
}

impl Here {
    pub(super) fn new(voice: Voice, dispatch: StoredValue<Dispatch, LocalStorage>) -> Self {
        Self { text: voice.text(), voice, dispatch }
    }

    /// Asks for something. A press that comes while the view goes away asks for nothing.
    pub(super) fn ask(self, intent: Intent) {
        if let Some(Dispatch(take)) = self.dispatch.try_get_value() {
            take(intent);
        }
    }
}
