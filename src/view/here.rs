//! What every part of the view has at hand: what there is to see, a voice to speak with, a way to ask. Nothing else
//! goes everywhere.

use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::{Intent, Screen};
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

/// What there is to see, a voice, and a way to ask.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) text: &'static Text,
    pub(super) voice: Voice,
    screen: ReadSignal<Screen>,
    dispatch: StoredValue<Dispatch, LocalStorage>,
}

impl Here {
    pub(super) fn new(
        voice: Voice,
        screen: ReadSignal<Screen>,
        dispatch: StoredValue<Dispatch, LocalStorage>,
    ) -> Self {
        Self { text: voice.text(), voice, screen, dispatch }
    }

    /// What there is to see. Read where something is followed, it is looked at again whenever it changes.
    pub(super) fn screen(self) -> impl Deref<Target = Screen> {
        self.screen.read()
    }

    /// Asks for something. A press that comes while the view goes away asks for nothing.
    pub(super) fn ask(self, intent: Intent) {
        if let Some(Dispatch(take)) = self.dispatch.try_get_value() {
            take(intent);
        }
    }
}
