//! Who may do what: one table, written out whole.

/// What a person is in a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Somebody who reads the page.
    Visitor,
    /// Somebody who joined.
    Member,
    /// Somebody who looks after the community.
    Facilitator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Visitor, Self::Member, Self::Facilitator];
}

/// The kinds of things that people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Propose a topic.
    Propose,
    /// Change what a topic says.
    Edit,
    /// Put a topic into another stage, parking included.
    Move,
    /// Merge two topics.
    Merge,
    /// Undo a merge.
    Unmerge,
    /// Be shown topics.
    Shown,
    /// Vote, or withdraw a vote.
    Vote,
    /// Follow a topic, or stop.
    Follow,
    /// Offer help on a topic.
    Volunteer,
    /// Take an offer back.
    StepBack,
    /// Join, or change one's profile.
    Join,
    /// Leave.
    Leave,
    /// Be forgotten.
    Erase,
    /// Change the settings.
    Settle,
}

/// Whether a role may do something. Nobody needs a reason or a role to leave, to step back or to be forgotten.
#[must_use]
pub fn may(role: Role, act: Act) -> bool {
    match act {
        Act::Propose
        | Act::Shown
        | Act::Vote
        | Act::Follow
        | Act::StepBack
        | Act::Join
        | Act::Leave
        | Act::Erase => true,
        Act::Volunteer => role >= Role::Member,
        Act::Edit | Act::Move | Act::Merge | Act::Unmerge | Act::Settle => role == Role::Facilitator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        #[rustfmt::skip]
        let table = [
            //                 visitor  member facilitator
            (Act::Propose,     [true,  true,  true]),
            (Act::Edit,        [false, false, true]),
            (Act::Move,        [false, false, true]),
            (Act::Merge,       [false, false, true]),
            (Act::Unmerge,     [false, false, true]),
            (Act::Shown,       [true,  true,  true]),
            (Act::Vote,        [true,  true,  true]),
            (Act::Follow,      [true,  true,  true]),
            (Act::Volunteer,   [false, true,  true]),
            (Act::StepBack,    [true,  true,  true]),
            (Act::Join,        [true,  true,  true]),
            (Act::Leave,       [true,  true,  true]),
            (Act::Erase,       [true,  true,  true]),
            (Act::Settle,      [false, false, true]),
        ];
        for (act, expected) in table {
            assert_eq!(Role::ALL.map(|role| may(role, act)), expected, "{act:?}");
        }
    }
}
