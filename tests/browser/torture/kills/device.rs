//! A profile that is killed and comes again: what it must show, and how that is told from what it shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tempfile::TempDir;

/// A profile, and what it must show.
pub(super) struct Device {
    pub(super) profile: TempDir,
    pub(super) kills: usize,
    /// What it showed when it was last read.
    pub(super) votes: BTreeSet<usize>,
    /// How many acts waited then.
    pub(super) waiting: usize,
    /// What was clicked since, in each topic at most once, and whether it was shown as kept.
    pub(super) acts: BTreeMap<usize, bool>,
}

/// What a page shows.
pub(super) struct Sight {
    pub(super) votes: BTreeSet<usize>,
    pub(super) waiting: usize,
    pub(super) cards: usize,
    opened: Vec<Value>,
    pub(super) troubles: String,
}

impl Sight {
    pub(super) fn read(told: &Value) -> Self {
        let numbers = told["voted"].as_array().into_iter().flatten().filter_map(Value::as_u64);
        Self {
            votes: numbers.filter_map(|topic| usize::try_from(topic).ok()).collect(),
            waiting: number(&told["sync"]["waiting"]),
            cards: number(&told["cards"]),
            opened: told["opened"].as_array().cloned().unwrap_or_default(),
            troubles: told["troubles"].to_string(),
        }
    }

    /// What the browser said when it came with an empty database to a device that had one.
    pub(super) fn wipe(&self) -> Option<String> {
        self.opened.first().map(ToString::to_string)
    }
}

pub(super) fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}

/// What a look at a device found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) lost: usize,
    pub(super) doubled: usize,
    /// Clicks that had not been shown as kept and are there all the same.
    pub(super) unshown_survived: usize,
}

impl Device {
    pub(super) fn fresh(profile: TempDir) -> Self {
        Self { profile, kills: 0, votes: BTreeSet::new(), waiting: 0, acts: BTreeMap::new() }
    }

    /// How the vote for a topic must stand, where that is known: a click that was not shown as kept leaves it open.
    pub(super) fn must_show(&self, topic: usize) -> Option<bool> {
        let stood = self.votes.contains(&topic);
        match self.acts.get(&topic) {
            None => Some(stood),
            Some(true) => Some(!stood),
            Some(false) => None,
        }
    }

    /// Everything that was kept must be shown; what was clicked and not shown as kept may be. What is shown now must be
    /// shown for ever.
    pub(super) fn compare(&mut self, sight: &Sight) -> Found {
        let flipped: BTreeSet<usize> = self.votes.symmetric_difference(&sight.votes).copied().collect();
        let missing = |(topic, kept): &(&usize, &bool)| **kept && !flipped.contains(topic);
        let missing = self.acts.iter().filter(missing).count();
        // A click too late for the harness to hear of it is a click all the same.
        let unshown = |topic: &&usize| self.acts.get(topic) != Some(&true);
        let unshown_survived = flipped.iter().filter(unshown).count();
        // Each act is one entry: fewer than were there are lost, more than were made are doubled.
        let entries = self.waiting + flipped.len();
        let found = Found {
            lost: missing + entries.saturating_sub(sight.waiting),
            doubled: sight.waiting.saturating_sub(entries),
            unshown_survived,
        };
        self.votes.clone_from(&sight.votes);
        self.waiting = sight.waiting;
        self.acts.clear();
        found
    }
}
