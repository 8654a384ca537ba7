//! What every route may use.

use std::sync::Arc;

use axum::http::HeaderValue;
use tokio::sync::watch;

use crate::assets::Assets;
use crate::buckets::Buckets;
use crate::identity::Authenticator;
use crate::metrics::Metrics;
use crate::secret::Secret;
use crate::writer::Writer;

/// Shared by all requests.
pub(crate) struct App {
    pub(crate) writer: Writer,
    pub(crate) authenticator: Box<dyn Authenticator>,
    pub(crate) secret: Secret,
    pub(crate) buckets: Buckets,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) assets: Assets,
    /// Other origins whose pages may ask.
    pub(crate) origins: Vec<HeaderValue>,
    /// The content security policy of embed pages, with the list of those who may frame them.
    pub(crate) embed_policy: HeaderValue,
    /// True once the backend is stopping: whatever waits must end.
    pub(crate) stopping: watch::Receiver<bool>,
}
