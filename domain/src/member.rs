//! People: what they call themselves, how much they can give just now, what they know and what they would learn.

use serde::Serialize;

use crate::id::Millis;
use crate::readable;

/// How much somebody can give. Sizes, not hours; none is better than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Just listening.
    Listening,
    /// Fifteen minutes here or there.
    Quarter,
    /// One session.
    Session,
    /// Can host a session.
    Host,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 4] = [Self::Listening, Self::Quarter, Self::Session, Self::Host];
}

readable!(Size by |name| Some(match name {
    "listening" => Self::Listening,
    "quarter" => Self::Quarter,
    "session" => Self::Session,
    "host" => Self::Host,
    _ => return None,
}));

/// Something people know or would like to know, as they wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Skill(pub String);

readable!(Skill(_));

impl Skill {
    /// Whether two people mean the same skill: case, accents and spaces do not count.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        crate::similar::fold(&self.0) == crate::similar::fold(&other.0)
    }
}

/// Somebody who joined.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Member {
    /// The display name they chose.
    pub name: String,
    /// What they can give just now.
    pub size: Size,
    /// Skills they offer.
    pub offers: Vec<Skill>,
    /// Skills they would like to gain.
    pub wants: Vec<Skill>,
    /// When they joined.
    pub at: Millis,
}

readable!(Member { name, size, offers or Vec::new(), wants or Vec::new(), at or Millis(0) });

/// A member's offer on one topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Volunteering {
    /// What they offer.
    pub size: Size,
    /// When they last said so.
    pub at: Millis,
}

readable!(Volunteering { size, at or Millis(0) });

/// What time has made of an offer, with nobody having to say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Said within one cadence.
    Fresh,
    /// Older than that: time to ask "still up for it?".
    Asking,
    /// Twice as old: it lapsed quietly and is no longer counted.
    Lapsed,
}

impl Volunteering {
    /// How fresh the offer is at `now` in a community with this cadence.
    #[must_use]
    pub fn freshness(&self, now: Millis, cadence_days: u32) -> Freshness {
        let cadence = u64::from(cadence_days.max(1)) * Millis::DAY;
        match now.since(self.at) / cadence {
            0 => Freshness::Fresh,
            1 => Freshness::Asking,
            _ => Freshness::Lapsed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_asked_about_after_one_cadence_and_lapses_after_two() {
        let offer = Volunteering { size: Size::Quarter, at: Millis(0) };
        let on_day = |day| offer.freshness(Millis(day * Millis::DAY), 30);
        assert_eq!([on_day(29), on_day(30), on_day(59), on_day(60)], {
            use Freshness::{Asking, Fresh, Lapsed};
            [Fresh, Asking, Asking, Lapsed]
        });
    }

    #[test]
    fn an_offer_from_a_clock_that_runs_ahead_is_fresh() {
        let offer = Volunteering { size: Size::Host, at: Millis(400 * Millis::DAY) };
        assert_eq!(offer.freshness(Millis(0), 30), Freshness::Fresh);
    }
}
