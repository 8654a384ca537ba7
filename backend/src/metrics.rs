//! A few numbers for whoever runs this, in the text format of Prometheus. None of them is about a person.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! metrics {
    ($($(#[$doc:meta])* $field:ident: $kind:literal $name:literal $help:literal,)*) => {
        /// Counters and gauges.
        #[derive(Debug, Default)]
        pub(crate) struct Metrics {
            $($(#[$doc])* pub(crate) $field: AtomicU64,)*
        }

        impl Metrics {
            /// All of them, as Prometheus reads them.
            pub(crate) fn text(&self) -> String {
                let mut text = String::new();
                let mut line = |name: &str, kind: &str, help: &str, value: &AtomicU64| {
                    let value = value.load(Ordering::Relaxed);
                    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}")
                };
                $(line($name, $kind, $help, &self.$field).ok();)*
                text
            }
        }
    };
}

metrics! {
    requests: "counter" "cercle_requests_total" "Requests to the API.",
    problems: "counter" "cercle_problems_total" "Requests to the API that were answered with a problem.",
    ops_done: "counter" "cercle_ops_done_total" "Ops that were done.",
    ops_repeated: "counter" "cercle_ops_repeated_total" "Ops that had been done before.",
    ops_rejected: "counter" "cercle_ops_rejected_total" "Ops that the rules rejected.",
    store_failures: "counter" "cercle_store_failures_total" "Requests that the store failed.",
    streams: "gauge" "cercle_streams" "Event streams that are open.",
    waiting: "gauge" "cercle_waiting" "Long polls that are waiting.",
}

/// Counts one for as long as it lives.
pub(crate) struct Gauge<F: Fn(&Metrics) -> &AtomicU64>(std::sync::Arc<Metrics>, F);

impl<F: Fn(&Metrics) -> &AtomicU64> Gauge<F> {
    pub(crate) fn enter(metrics: &std::sync::Arc<Metrics>, which: F) -> Self {
        which(metrics).fetch_add(1, Ordering::Relaxed);
        Self(std::sync::Arc::clone(metrics), which)
    }
}

impl<F: Fn(&Metrics) -> &AtomicU64> Drop for Gauge<F> {
    fn drop(&mut self) {
        (self.1)(&self.0).fetch_sub(1, Ordering::Relaxed);
    }
}
