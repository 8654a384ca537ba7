//! What will happen in one history, written down before it begins: who acts when, and what goes wrong.
//!
//! A plan is all that a history depends on. Playing it throws no dice, so a plan can be kept in a file, and a failing one
//! can be made smaller line by line until every line that is left is needed.

pub(crate) mod chance;
mod draw;

use serde::{Deserialize, Serialize};

/// One history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What made it; ids and small delays follow from it too.
    pub seed: u64,
    /// The number of the history within its run.
    pub number: u64,
    /// How the world is built.
    pub shape: Shape,
    /// What happens, in no order that means anything.
    pub lines: Vec<Line>,
}

/// How the world of a history is built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// The profile of each tab: two tabs on one profile share its store.
    pub profiles: Vec<usize>,
    /// Whether tabs take turns by locks; on plain http they cannot.
    pub locks: bool,
    /// How many servers share the store.
    pub servers: usize,
    /// How many rows an answer carries.
    pub page: usize,
    /// Whether the store is a SQLite file.
    pub sqlite: bool,
    /// Whether what travels goes over JSON and back. Always so where versions are mixed.
    pub json: bool,
    /// Which tabs run the version before this one.
    pub older: Vec<bool>,
    /// When the faults stop, in milliseconds.
    pub end: u64,
    /// Whether browsers say that the network is back when the faults stop.
    pub told: bool,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// At this time, somebody does something in a tab.
    Act(u64, usize, Act),
    /// This is what becomes of the n-th request of a tab.
    Fate(usize, u32, Fate),
    /// A tab ends at the n-th thing that it asks its device to do.
    Crash(usize, u32, Crash),
    /// At this time, something happens to the world.
    Blow(u64, Blow),
}

/// What a person does. Topics are picked by number among all that were ever proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Proposes a topic, perhaps offering to host it.
    Propose(bool),
    /// Votes, or withdraws the vote.
    Vote(u32, bool),
    /// Follows, or stops.
    Follow(u32, bool),
    /// Offers this much.
    Volunteer(u32, u8),
    /// Steps back.
    StepBack(u32),
    /// Joins under the n-th name.
    Join(u32),
    /// Leaves.
    Leave,
    /// Leaves and is forgotten.
    Erase,
    /// Puts a topic into the n-th stage.
    Move(u32, u8),
    /// Makes the first topic a part of the second.
    Merge(u32, u32),
    /// Undoes a merge.
    Unmerge(u32),
    /// Edits a topic.
    Edit(u32),
    /// Has topics in sight, from this one on.
    Look(u32),
    /// Chooses whether tallies are hidden.
    Settle(bool),
    /// Looks elsewhere, or comes back.
    Hide(bool),
    /// Lets go of whatever was refused first.
    LetGo,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It takes this long there, and the answer this long back.
    Slow(u64, u64),
    /// It never arrives.
    Lost,
    /// It arrives, and the answer is lost.
    NoAnswer,
    /// It arrives once more, this much later.
    Twice(u64),
    /// The backend is busy, and may say for how long.
    Later(Option<u64>),
    /// The token has run out.
    Unauthorized,
    /// Something else answers.
    BadAnswer,
    /// It is answered with everything from the start.
    Reset,
    /// The connection breaks at once.
    Refused,
}

/// How a tab ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// Whether the device has done what was asked, without an answer having come; else it has not.
    pub done: bool,
    /// What happens to the profile.
    pub loss: Loss,
    /// After how long the page is opened again.
    pub back: u64,
}

/// What a profile loses when a tab ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The tab alone ends; nothing is lost.
    Tab,
    /// The browser ends with all its tabs; nothing is lost.
    Browser,
    /// The browser ends, and what was written since the last strict write is lost.
    Relaxed,
    /// The browser ends, and so many of the last writes are lost, strict or not: the disk lied.
    Tail(u8),
    /// The browser ends, and everything is lost.
    Wiped,
}

/// What happens to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blow {
    /// The servers end and are started again after this long.
    ServerDies(u64),
    /// The servers end in the next commit, before or after it is done.
    ServerDiesInCommit(bool, u64),
    /// The next commit fails, having been done or not.
    CommitFails(bool),
    /// A backup is made.
    Backup,
    /// The last backup is put in place of the store, as a new incarnation.
    Restore(u64),
    /// A profile's clock jumps by so many milliseconds.
    ClockJumps(usize, i64),
    /// A profile is without network for so long, and is told when it is back.
    Offline(usize, u64, bool),
    /// The token of a profile runs out.
    TokenExpires(usize),
    /// The backend becomes another version: one that says more than we know, or knows less than we do.
    Version(Version),
}

/// The version of the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// This one.
    Same,
    /// One that adds fields to everything it says.
    Newer,
    /// One that does not know how to follow topics.
    Older,
}
