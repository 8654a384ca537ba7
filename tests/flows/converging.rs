//! Random lives of several devices, with the way to the backend opening and shutting: in the end all see the same,
//! nothing acknowledged is lost, nothing counts twice, and no outbox is stuck.

use std::collections::BTreeMap;

use cercle::app::{Intent, Reply};
use cercle_domain::id::TopicId;
use cercle_domain::topic::Stage;
use proptest::prelude::*;

use crate::desk::Desk;
use crate::office::{Office, Way};
use crate::words::{facilitator, propose};

#[derive(Debug, Clone)]
enum Act {
    Propose,
    Vote(prop::sample::Index, bool),
    Move(prop::sample::Index, Stage),
    Merge(prop::sample::Index, prop::sample::Index),
    Shut(bool),
    OneWay,
    CatchUp,
    Reopen,
    Wait,
}

fn act() -> impl Strategy<Value = Act> {
    let any_topic = any::<prop::sample::Index>;
    prop_oneof![
        2 => Just(Act::Propose),
        6 => (any_topic(), any::<bool>()).prop_map(|(topic, on)| Act::Vote(topic, on)),
        1 => (any_topic(), prop::sample::select(Stage::ALL.as_slice())).prop_map(|(topic, to)| Act::Move(topic, to)),
        1 => (any_topic(), any_topic()).prop_map(|(topic, into)| Act::Merge(topic, into)),
        1 => any::<bool>().prop_map(Act::Shut),
        1 => Just(Act::OneWay),
        2 => Just(Act::CatchUp),
        1 => Just(Act::Reopen),
        1 => Just(Act::Wait),
    ]
}

/// Every topic on screen with its tally, whatever the order.
fn seen(desk: &Desk) -> BTreeMap<TopicId, (Stage, Option<u32>)> {
    let screen = desk.screen();
    let cards = screen.columns.iter().flat_map(|column| &column.cards);
    cards.map(|card| (card.id, (card.stage, card.vote.tally))).collect()
}

fn pick(desk: &Desk, index: prop::sample::Index) -> Option<TopicId> {
    let topics: Vec<TopicId> = seen(desk).into_keys().collect();
    (!topics.is_empty()).then(|| *index.get(&topics))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn in_the_end_all_devices_see_the_same(acts in prop::collection::vec((0usize..3, act()), 0..60)) {
        let office = Office::open();
        office.limit.set(5);
        let mut desks = vec![facilitator(&office), Desk::at(&office), Desk::at(&office)];
        for (n, (who, act)) in acts.iter().enumerate() {
            let desk = &mut desks[*who];
            match act {
                Act::Propose => desk.does(propose(&format!("sujet {n}"))),
                Act::Vote(index, on) => if let Some(topic) = pick(desk, *index) {
                    desk.does(Intent::Vote { topic, on: *on });
                },
                Act::Move(index, stage) => if let Some(topic) = pick(desk, *index) {
                    desk.does(Intent::Move { topic, stage: *stage });
                },
                Act::Merge(part, into) => if let (Some(topic), Some(into)) = (pick(desk, *part), pick(desk, *into)) {
                    desk.does(Intent::Merge { topic, into });
                },
                Act::Shut(shut) => office.way.set(if *shut { Way::Shut } else { Way::Open }),
                Act::OneWay => office.way.set(Way::NoReturn),
                Act::CatchUp => desk.catches_up(),
                Act::Reopen => {
                    let reopened = desk.another_tab();
                    *desk = reopened;
                }
                Act::Wait => desk.waits(5_000),
            }
        }
        office.way.set(Way::Open);
        // Twice, because what the last device sends is news to the first.
        for desk in &mut desks {
            desk.hears(Reply::Online);
        }
        for desk in &mut desks {
            desk.hears(Reply::Online);
            desk.does(Intent::ShowNews);
            prop_assert!(desk.screen().bars.is_empty(), "something is stuck: {:?}", desk.screen().bars);
        }
        let sights: Vec<_> = desks.iter().map(seen).collect();
        for sight in &sights {
            // Tallies are hidden from those who have not voted; whoever sees one sees the same.
            prop_assert_eq!(sight.keys().collect::<Vec<_>>(), sights[0].keys().collect::<Vec<_>>());
            for (topic, (stage, tally)) in sight {
                for (other_stage, other_tally) in sights.iter().map(|sight| sight[topic]) {
                    prop_assert_eq!(*stage, other_stage);
                    prop_assert!(tally.is_none() || other_tally.is_none() || *tally == other_tally);
                }
            }
        }
    }
}
