//! Which communities there may be, and what happens when one is used for the first time.

use std::collections::BTreeSet;

use cercle_domain::id::CommunityId;

use crate::secret::Code;
use crate::store::{CodeHash, StoreError};

/// Who may open a community.
#[derive(Debug, Clone)]
pub enum Openings {
    /// Whoever asks for one first, until there are this many.
    Anybody {
        /// How many.
        max: usize,
    },
    /// Only these exist.
    Named(BTreeSet<CommunityId>),
}

impl Openings {
    /// Whether this community may be used at all.
    #[must_use]
    pub fn allow(&self, community: &CommunityId) -> bool {
        match self {
            Self::Anybody { .. } => true,
            Self::Named(named) => named.contains(community),
        }
    }

    /// Whether there is room for one more.
    #[must_use]
    pub fn have_room(&self, already: usize) -> bool {
        match self {
            Self::Anybody { max } => already < *max,
            Self::Named(_) => true,
        }
    }
}

/// Makes a fresh code for a community, with its hash. Randomness comes from outside.
pub type NewCode = Box<dyn FnMut(&CommunityId) -> Result<(Code, CodeHash), StoreError> + Send>;

/// What the core has to tell the people who run it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A community was opened; whoever enters this code becomes its first facilitator.
    Opened {
        /// Which.
        community: CommunityId,
        /// The only time that the code is seen in clear.
        code: Code,
    },
    /// A backup was put in the place of the store.
    Restored,
    /// Rows could not be read and were set aside.
    SetAside {
        /// Of which community.
        community: CommunityId,
        /// How many.
        rows: usize,
    },
}
