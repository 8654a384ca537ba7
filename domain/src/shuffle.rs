//! The order in which topics are shown to somebody who has not voted: by lot, where topics that fewer people were
//! shown draw better.
//!
//! Weighted sampling without replacement (Efraimidis and Spirakis, 2006): each topic draws a number that is
//! exponentially distributed with its weight `1 / (1 + shown)`, and the smallest comes first. The lot is a hash of
//! person, day and topic, so that a person meets the same order all day and another one tomorrow. The order is a
//! matter of display alone; the float that computes it decides nothing that two sides must agree on.

use crate::digest::Fnv;
use crate::id::{PersonId, TopicId};

/// Orders `topics` (each with the number of people who were shown it) for one person on one day.
#[must_use]
pub fn shuffle(person: PersonId, day: u64, topics: impl IntoIterator<Item = (TopicId, u32)>) -> Vec<TopicId> {
    let mut drawn: Vec<(f64, TopicId)> =
        topics.into_iter().map(|(topic, shown)| (draw(person, day, topic, shown), topic)).collect();
    drawn.sort_unstable_by(|(a, first), (b, second)| a.total_cmp(b).then(first.cmp(second)));
    drawn.into_iter().map(|(_, topic)| topic).collect()
}

fn draw(person: PersonId, day: u64, topic: TopicId, shown: u32) -> f64 {
    let lot = Fnv::default().u128(person.0).u64(day).u128(topic.0).finish();
    // 32 bits of the lot, moved into the open interval (0, 1) so that its logarithm is finite.
    let bits = u32::try_from(lot >> 32).unwrap_or(0);
    let uniform = (f64::from(bits) + 0.5) / (f64::from(u32::MAX) + 1.0);
    -uniform.ln() * (1.0 + f64::from(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how_often_first(shown: [u32; 3]) -> [u32; 3] {
        let mut first = [0; 3];
        for person in 0..6000 {
            let topics = (0u8..).zip(shown).map(|(id, shown)| (TopicId(id.into()), shown));
            first[usize::try_from(shuffle(PersonId(person), 1, topics)[0].0).unwrap()] += 1;
        }
        first
    }

    #[test]
    fn topics_that_were_shown_equally_often_have_the_same_chance() {
        for count in how_often_first([3, 3, 3]) {
            assert!((1850..2150).contains(&count), "2000 were expected, not {count}");
        }
    }

    #[test]
    fn a_topic_nobody_has_seen_comes_first_more_often() {
        // Weights 1, 1/2 and 1/4: four sevenths, two sevenths, one seventh of 6000.
        let [fresh, seen, tired] = how_often_first([0, 1, 3]);
        assert!((3250..3600).contains(&fresh), "{fresh}");
        assert!((1550..1880).contains(&seen), "{seen}");
        assert!((750..970).contains(&tired), "{tired}");
    }

    #[test]
    fn a_person_meets_the_same_order_all_day_and_another_tomorrow() {
        let order = |day| shuffle(PersonId(7), day, (0..20).map(|id| (TopicId(id), 0)));
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }
}
