//! Mistakes planted on purpose, one at a time, to see whether the tests would catch them: the check of the checks.
//!
//! Without the feature `planted`, which only the simulator's own test asks for, nothing is ever planted and the compiler
//! drops every trace of it.

/// A mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// The backend does an op again that it has done.
    NoDedupe,
    /// A vote is turned over rather than set.
    Toggle,
    /// A server writes without having looked what others wrote, and nothing stops it.
    CursorWithoutLock,
    /// Receipts are given although the commit failed.
    ReceiptsOutsideTransaction,
    /// A token that ran out is not asked for anew.
    UnauthorizedNotRetried,
    /// Receipts are taken for the ops in the same place, not for those of the same id.
    SenderByIndex,
    /// Acts are written to the device a few at a time, and said to be there before.
    OutboxThrottled,
    /// The cursor moves on before the page it belongs to is whole.
    CursorBeforePage,
    /// A clock that goes back prolongs a wait.
    ClockProlongsWait,
    /// Rows of a late answer stand in the place of newer ones.
    OlderRowsWin,
    /// An answer is taken although somebody else asked.
    AnswerToAnother,
    /// Acts are not offered again to another incarnation.
    NotOfferedAgain,
    /// Acts are offered again before what they need is there.
    OfferedTooEarly,
    /// Nothing decides between topics of the same rank.
    TiesUnbroken,
}

impl Bug {
    /// Every mistake there is to plant.
    pub const ALL: [Self; 14] = [
        Self::NoDedupe,
        Self::Toggle,
        Self::CursorWithoutLock,
        Self::ReceiptsOutsideTransaction,
        Self::UnauthorizedNotRetried,
        Self::SenderByIndex,
        Self::OutboxThrottled,
        Self::CursorBeforePage,
        Self::ClockProlongsWait,
        Self::OlderRowsWin,
        Self::AnswerToAnother,
        Self::NotOfferedAgain,
        Self::OfferedTooEarly,
        Self::TiesUnbroken,
    ];
}

#[cfg(feature = "planted")]
std::thread_local! {
    static PLANTED: std::cell::Cell<Option<Bug>> = const { std::cell::Cell::new(None) };
}

/// Plants a mistake on this thread, in place of the one before.
#[cfg(feature = "planted")]
pub fn plant(bug: Option<Bug>) {
    PLANTED.set(bug);
}

/// Whether this mistake is planted.
#[cfg(feature = "planted")]
#[must_use]
pub fn planted(bug: Bug) -> bool {
    PLANTED.get() == Some(bug)
}

/// Whether this mistake is planted: no.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn planted(_: Bug) -> bool {
    false
}
