//! One circle of people and what its facilitators chose for it.

use serde::Serialize;

use crate::readable;

/// How many votes a person may have on open topics at once, unless facilitators choose otherwise.
pub const DEFAULT_VOTE_CAP: u32 = 5;
/// After how many days a volunteer is asked "still up for it?", unless facilitators choose otherwise.
pub const DEFAULT_CADENCE_DAYS: u32 = 30;

/// The settings of a community.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Community {
    /// What people call it; empty until somebody named it.
    pub name: String,
    /// For whom and why, in one line.
    pub purpose: String,
    /// How many votes one person may have on open topics at once; `None` is as many as they like.
    pub vote_cap: Option<u32>,
    /// Whether the number of votes stays hidden from those who have not voted yet.
    pub hide_tallies: bool,
    /// Days after which an offer to help is gently asked about again.
    pub cadence_days: u32,
}

readable!(Community {
    name or String::new(),
    purpose or String::new(),
    vote_cap or UNSETTLED.vote_cap,
    hide_tallies or UNSETTLED.hide_tallies,
    cadence_days or UNSETTLED.cadence_days,
});

/// A community that nobody has settled yet.
pub static UNSETTLED: Community = Community {
    name: String::new(),
    purpose: String::new(),
    vote_cap: Some(DEFAULT_VOTE_CAP),
    hide_tallies: true,
    cadence_days: DEFAULT_CADENCE_DAYS,
};

impl Default for Community {
    fn default() -> Self {
        UNSETTLED.clone()
    }
}
