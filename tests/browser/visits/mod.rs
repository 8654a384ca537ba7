//! What is promised, a file a promise.

mod voting;
mod proposing;
mod signing_up;
mod tending;
mod together;
mod offline;
mod alone;
mod hosting;
mod builds;
mod policies;
pub(crate) mod looking;
mod frames;
pub(crate) mod sharepoint;
mod manifest;
mod frameworks;
mod confluence_cloud;
mod confluence_data_center;
mod later;
mod lies;
mod tokens;
mod storage;
mod sleeping;
mod contract;
mod keyboard;
mod accessibility;
mod languages;
mod narrow;
mod motion;

use crate::rig::run::Test;

/// Every test, in the order in which they are best read.
pub(crate) fn all() -> Vec<&'static Test> {
    let files = [
        voting::VISITS,
        proposing::VISITS,
        signing_up::VISITS,
        tending::VISITS,
        together::VISITS,
        offline::VISITS,
        alone::VISITS,
        hosting::VISITS,
        builds::VISITS,
        policies::VISITS,
        looking::VISITS,
        frames::VISITS,
        sharepoint::VISITS,
        manifest::VISITS,
        frameworks::VISITS,
        confluence_cloud::VISITS,
        confluence_data_center::VISITS,
        later::VISITS,
        lies::VISITS,
        tokens::VISITS,
        storage::VISITS,
        sleeping::VISITS,
        contract::VISITS,
        keyboard::VISITS,
        accessibility::VISITS,
        languages::VISITS,
        narrow::VISITS,
        motion::VISITS,
    ];
    files.into_iter().flatten().collect()
}
