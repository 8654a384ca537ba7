//! How much text a person may write, in Unicode scalar values. Both sides hold to the same numbers.

/// The longest title of a topic, and the longest name or purpose of a community.
pub const TITLE: usize = 140;
/// The longest text of a topic.
pub const TEXT: usize = 4_000;
/// The longest display name.
pub const NAME: usize = 60;
/// The longest name of a skill.
pub const SKILL: usize = 40;
/// How many skills one list may hold.
pub const SKILLS: usize = 12;
/// How many topics one `topic.shown` may name.
pub const SHOWN: usize = 200;
/// The largest vote cap.
pub const VOTE_CAP: u32 = 100;
/// The longest cadence, in days.
pub const CADENCE_DAYS: u32 = 366;
