//! What pages tell the harness, the moment that it happens: the record that a killed browser cannot take along.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::rig::site::{Answer, Site};
use crate::rig::wait::within;

/// Everything that was told and not yet taken.
#[derive(Clone, Default)]
pub(super) struct Told(Arc<Mutex<Vec<Value>>>);

impl Told {
    /// Listens at the address that `hand.js` tells things to.
    pub(super) fn at(site: &Site) -> Self {
        let told = Self::default();
        let hears = told.clone();
        site.put("/told", move |request| {
            if let Ok(what) = serde_json::from_slice(&request.body) {
                hears.0.lock().unwrap_or_else(PoisonError::into_inner).push(what);
            }
            Answer::new(204, "text/plain", "")
        });
        told
    }

    /// Waits until a visit has told something of this name.
    pub(super) fn wait(&self, run: u64, name: &str, limit: Duration) -> Result<Value, String> {
        within(limit, || {
            let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let found = told.iter().find(|what| what["run"] == run && !what[name].is_null());
            found.map(|what| what[name].clone()).ok_or_else(|| format!("no page told of `{name}`"))
        })
    }

    /// All that a visit told; what others told is forgotten.
    pub(super) fn take(&self, run: u64) -> Vec<Value> {
        let mut told = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        told.retain(|what| what["run"] == run);
        told
    }
}
