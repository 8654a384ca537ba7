//! Rows in the order of their keys, in runs of a bounded length: whatever comes in between moves few others.
//!
//! A `BTreeMap` does the same, and is what the tests compare with. A page that shows a board would load 2 kB more for it.

use std::ops::RangeInclusive;

use super::Held;
use crate::row::Key;

/// How many rows a run may have; a longer one becomes two.
const LONGEST: usize = 128;

/// Rows by key. No run is empty, and each ends before the next one begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs(Vec<Vec<(Key, Held)>>);

impl Runs {
    /// The run that a key belongs to, and its place there: `Err` is where it would be.
    fn find(&self, key: &Key) -> (usize, Result<usize, usize>) {
        let at = self.0.partition_point(|run| run[0].0 <= *key).saturating_sub(1);
        let place = self.0.get(at).map_or(Err(0), |run| run.binary_search_by(|(other, _)| other.cmp(key)));
        (at, place)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Held> {
        let (at, Ok(place)) = self.find(key) else { return None };
        Some(&self.0[at][place].1)
    }

    /// Puts this in place of whatever is there.
    pub(super) fn insert(&mut self, key: Key, held: Held) {
        let (at, place) = self.find(&key);
        if self.0.is_empty() {
            self.0.push(Vec::new());
        }
        let run = &mut self.0[at];
        match place {
            Ok(place) => run[place].1 = held,
            Err(place) => run.insert(place, (key, held)),
        }
        if run.len() > LONGEST {
            let rest = run.split_off(LONGEST / 2);
            self.0.insert(at + 1, rest);
        }
    }

    pub(super) fn remove(&mut self, key: &Key) {
        let (at, Ok(place)) = self.find(key) else { return };
        self.0[at].remove(place);
        if self.0[at].is_empty() {
            self.0.remove(at);
        }
    }

    /// What stands under some keys, in their order.
    pub(super) fn range(&self, keys: RangeInclusive<Key>) -> Walk<'_> {
        let (at, place) = self.find(keys.start());
        Walk { runs: &self.0, at, place: place.unwrap_or_else(|next| next), last: *keys.end() }
    }
}

impl IntoIterator for Runs {
    type Item = (Key, Held);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(Key, Held)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

/// The rows from a place on, up to the last key.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    runs: &'a [Vec<(Key, Held)>],
    at: usize,
    place: usize,
    last: Key,
}

impl<'a> Iterator for Walk<'a> {
    type Item = (&'a Key, &'a Held);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(run) = self.runs.get(self.at) {
            if let Some((key, held)) = run.get(self.place) {
                self.place += 1;
                return (*key <= self.last).then_some((key, held));
            }
            self.at += 1;
            self.place = 0;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{Held, LONGEST, Runs};
    use crate::id::{TopicId, Ver};
    use crate::row::Key;

    fn key(number: u16) -> Key {
        Key::Topic(TopicId(number.into()))
    }

    proptest! {
        #[test]
        fn rows_are_found_walked_through_and_removed_as_in_a_tree(
            // Keys near each other, so that they meet again; more than one run holds.
            changes in vec((0..600_u16, any::<Option<u64>>()), 0..(10 * LONGEST)),
            spans in vec((0..600_u16, 0..600_u16), 8),
        ) {
            let (mut runs, mut tree) = (Runs::default(), BTreeMap::new());
            for (number, ver) in changes {
                if let Some(ver) = ver {
                    runs.insert(key(number), Held { row: None, ver: Some(Ver(ver)) });
                    tree.insert(key(number), Some(Ver(ver)));
                } else {
                    runs.remove(&key(number));
                    tree.remove(&key(number));
                }
                prop_assert_eq!(runs.is_empty(), tree.is_empty());
            }
            for number in 0..600 {
                prop_assert_eq!(runs.get(&key(number)).map(|held| held.ver), tree.get(&key(number)).copied());
            }
            for (one, other) in spans {
                let keys = key(one.min(other))..=key(one.max(other));
                let walked: Vec<_> = runs.range(keys.clone()).map(|(key, held)| (*key, held.ver)).collect();
                let expected: Vec<_> = tree.range(keys).map(|(key, ver)| (*key, *ver)).collect();
                prop_assert_eq!(walked, expected);
            }
            prop_assert_eq!(
                runs.into_iter().map(|(key, held)| (key, held.ver)).collect::<Vec<_>>(),
                tree.into_iter().collect::<Vec<_>>()
            );
        }
    }
}
