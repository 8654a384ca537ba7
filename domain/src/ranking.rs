//! How topics are ranked, and why one stands where it stands.
//!
//! The smoothed approval rate `(v + 5p) / (n + 5)`: `v` votes, `n` people who were shown the topic, `p` the mean rate
//! of the community. Five imaginary people with the community's mean opinion look at every topic, so that one vote
//! out of one look does not beat forty out of fifty. Compared as fractions of integers: no float decides.

use std::cmp::Ordering;

use crate::id::{Millis, TopicId};
use crate::planted::{Bug, planted};

/// How many imaginary people with the mean opinion are added to each topic.
const PRIOR: u128 = 5;
/// Below this many people who were shown a topic, it is too early to tell.
pub const QUORUM: u32 = 5;

/// What is known about one topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The topic.
    pub topic: TopicId,
    /// When it was proposed; among equals the oldest comes first.
    pub at: Millis,
    /// How many people voted for it.
    pub votes: u32,
    /// How many people were shown it.
    pub shown: u32,
}

/// Why a topic stands where it stands: all that one sentence needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Too few people were shown it.
    TooEarly {
        /// How many were.
        shown: u32,
    },
    /// It is ranked.
    Ranked {
        /// Its place, from one.
        place: usize,
        /// Among how many ranked topics.
        of: usize,
        /// How many people voted for it.
        votes: u32,
        /// Out of how many who were shown it.
        shown: u32,
    },
}

/// Ranks topics, the best first; those it is too early to tell about come last, the least seen of them first.
#[must_use]
pub fn rank(standings: &[Standing]) -> Vec<(TopicId, Why)> {
    let mut standings: Vec<Standing> = standings.iter().map(counted).collect();
    let mean = Mean::of(&standings);
    let early = |standing: &Standing| standing.shown < QUORUM;
    standings.sort_unstable_by(|a, b| {
        let better = match (early(a), early(b)) {
            (false, false) => mean.compare(b, a),
            (true, true) => a.shown.cmp(&b.shown),
            (a, b) => a.cmp(&b),
        };
        if planted(Bug::TiesUnbroken) { better } else { better.then_with(|| oldest(a, b)) }
    });
    let of = standings.iter().filter(|standing| !early(standing)).count();
    let why = |(index, standing): (usize, &Standing)| {
        let Standing { topic, votes, shown, .. } = *standing;
        let place = index + 1;
        (topic, if place > of { Why::TooEarly { shown } } else { Why::Ranked { place, of, votes, shown } })
    };
    standings.iter().enumerate().map(why).collect()
}

/// Who voted has seen it, whatever the count of looks says.
fn counted(standing: &Standing) -> Standing {
    Standing { shown: standing.shown.max(standing.votes), ..*standing }
}

fn oldest(a: &Standing, b: &Standing) -> Ordering {
    a.at.cmp(&b.at).then(a.topic.cmp(&b.topic))
}

/// The community's mean approval rate, as a fraction.
struct Mean {
    votes: u128,
    shown: u128,
}

impl Mean {
    fn of(standings: &[Standing]) -> Self {
        let sum = |count: fn(&Standing) -> u32| standings.iter().map(|s| u128::from(count(s))).sum();
        Self { votes: sum(|s| s.votes), shown: sum(|s| s.shown).max(1) }
    }

    /// Compares `(v + 5V/N) / (n + 5)` of two topics, multiplied out. Every factor stays far below 2⁶⁴.
    fn compare(&self, a: &Standing, b: &Standing) -> Ordering {
        let above = |s: &Standing| u128::from(s.votes) * self.shown + PRIOR * self.votes;
        let below = |s: &Standing| u128::from(s.shown) + PRIOR;
        (above(a) * below(b)).cmp(&(above(b) * below(a)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing(topic: u128, votes: u32, shown: u32) -> Standing {
        Standing { topic: TopicId(topic), at: Millis(0), votes, shown }
    }

    fn order(standings: &[Standing]) -> Vec<u128> {
        rank(standings).into_iter().map(|(topic, _)| topic.0).collect()
    }

    #[test]
    fn many_votes_of_many_looks_beat_few_votes_of_few_looks() {
        assert_eq!(order(&[standing(1, 5, 5), standing(2, 45, 50), standing(3, 1, 50)]), [2, 1, 3]);
    }

    #[test]
    fn a_new_topic_is_not_punished_for_being_new() {
        let ranked = rank(&[standing(1, 1, 2), standing(2, 10, 40)]);
        assert_eq!(ranked[1], (TopicId(1), Why::TooEarly { shown: 2 }));
    }

    #[test]
    fn among_equals_the_oldest_comes_first() {
        let old = Standing { at: Millis(1), ..standing(9, 4, 10) };
        let new = Standing { at: Millis(2), ..standing(1, 4, 10) };
        assert_eq!(order(&[new, old]), [9, 1]);
    }

    #[test]
    fn who_voted_has_seen_it() {
        assert_eq!(rank(&[standing(1, 7, 2)])[0].1, Why::Ranked { place: 1, of: 1, votes: 7, shown: 7 });
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_the_order_of_asking(
            mut standings in proptest::collection::vec((0u32..50, 0u32..50), 0..30)
                .prop_map(|counts| (0u128..).zip(counts).map(|(id, (v, n))| standing(id, v, n)).collect::<Vec<_>>())
        ) {
            let forth = order(&standings);
            standings.reverse();
            prop_assert_eq!(order(&standings), forth);
        }

        #[test]
        fn one_more_vote_never_lowers_a_topic(
            votes in 0u32..1000, shown in 1000u32..2000, other in (0u32..1000, 1000u32..2000)
        ) {
            let place = |votes| order(&[standing(1, votes, shown), standing(2, other.0, other.1)])
                .iter().position(|id| *id == 1);
            prop_assert!(place(votes + 1) <= place(votes));
        }
    }
}
