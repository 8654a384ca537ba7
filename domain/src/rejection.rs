//! Why something was not done. A rejection is an ordinary answer, final for that op; whoever wrote the op keeps it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::readable;

macro_rules! rejections {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why an op was not done. The code is stable: pages and tests rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rejection {
            $($(#[$doc])* $name,)*
        }

        impl Rejection {
            /// Every rejection there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

rejections! {
    /// The role does not allow it.
    Forbidden = "forbidden",
    /// One joins first.
    JoinFirst = "join_first",
    /// There is no such topic.
    UnknownTopic = "unknown_topic",
    /// Another topic has this id already.
    IdInUse = "id_in_use",
    /// All votes are placed.
    VotesSpent = "votes_spent",
    /// The topic is past voting.
    VotingClosed = "voting_closed",
    /// Somebody edited the same text in between.
    Conflict = "conflict",
    /// The topic was merged into another, which speaks for it.
    Merged = "merged",
    /// A topic cannot be merged into itself or into a part of itself.
    MergeLoop = "merge_loop",
    /// The topic is not merged into another.
    NotMerged = "not_merged",
    /// A title is needed, of at most [`crate::rules::limits::TITLE`] characters.
    TitleLength = "title_length",
    /// The text is longer than [`crate::rules::limits::TEXT`] characters.
    TextLength = "text_length",
    /// A name is needed, of at most [`crate::rules::limits::NAME`] characters.
    NameLength = "name_length",
    /// A skill is empty or longer than [`crate::rules::limits::SKILL`] characters, or there are too many.
    Skills = "skills",
    /// A setting is out of range.
    Settings = "settings",
    /// This version of the backend does not know such an op.
    Unsupported = "unsupported",
    /// The op is older than the backend can check for repetition.
    Expired = "expired",
    /// The backend cannot take this op for a reason that is not in this list.
    Refused = "refused",
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Rejection {}

impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

// A code from a newer backend reads as `Refused`: the op is as final as with a code we know.
readable!(Rejection by |code| {
    let known = Self::ALL.iter().find(|rejection| rejection.code() == code);
    Some(known.copied().unwrap_or(Self::Refused))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_itself_and_a_new_one_as_refused() {
        for rejection in Rejection::ALL {
            let json = serde_json::to_string(rejection).unwrap();
            assert_eq!(serde_json::from_str::<Rejection>(&json).unwrap(), *rejection);
        }
        assert_eq!(serde_json::from_str::<Rejection>("\"from_next_year\"").unwrap(), Rejection::Refused);
    }
}
