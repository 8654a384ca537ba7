//! Laws of the core, checked on random lives of a community: several people with several devices, two cores on one
//! store, small pages, repeated and stolen op ids.

mod world;

use cercle_domain::Op;
use cercle_domain::community::Community;
use cercle_domain::id::TopicId;
use cercle_domain::member::Size;
use cercle_domain::op::Profile;
use cercle_domain::topic::{Stage, Wording};
use proptest::prelude::*;

use world::{DEVICES, Event, PEOPLE, World};

fn event() -> impl Strategy<Value = Event> {
    let desk = || (0..PEOPLE, 0..DEVICES);
    prop_oneof![
        12 => (desk(), op()).prop_map(|(desk, op)| Event::Acts(desk, op)),
        2 => (desk(), any::<usize>()).prop_map(|(desk, nth)| Event::Repeats(desk, nth)),
        6 => (desk(), 1usize..6).prop_map(|(desk, limit)| Event::Reads(desk, limit)),
        1 => desk().prop_map(Event::Forgets),
        4 => (0..2usize).prop_map(Event::Batch),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let topic = || (0u128..5).prop_map(TopicId);
    let stage = prop::sample::select(Stage::ALL.as_slice());
    let size = prop::option::of(prop::sample::select(Size::ALL.as_slice()));
    let wording = "[a-b ]{0,3}".prop_map(|title| Wording { title, ..Wording::default() });
    let profile = "[a-c]{1,3}".prop_map(|name| Profile {
        name,
        size: Size::Quarter,
        offers: Vec::new(),
        wants: Vec::new(),
    });
    let settings = any::<bool>().prop_map(|hide_tallies| Community { hide_tallies, ..Community::default() });
    prop_oneof![
        4 => (topic(), wording).prop_map(|(topic, wording)| Op::Propose { topic, wording }),
        2 => (topic(), stage).prop_map(|(topic, stage)| Op::Move { topic, stage }),
        2 => (topic(), topic()).prop_map(|(topic, into)| Op::Merge { topic, into }),
        1 => topic().prop_map(|topic| Op::Unmerge { topic }),
        2 => prop::collection::vec(topic(), 0..3).prop_map(|topics| Op::Shown { topics }),
        8 => (topic(), any::<bool>()).prop_map(|(topic, on)| Op::Vote { topic, on }),
        2 => (topic(), any::<bool>()).prop_map(|(topic, on)| Op::Follow { topic, on }),
        2 => (topic(), size).prop_map(|(topic, size)| Op::Volunteer { topic, size }),
        3 => profile.prop_map(Op::Join),
        1 => Just(Op::Leave {}),
        2 => Just(Op::Erase {}),
        2 => settings.prop_map(Op::Settle),
    ]
}

proptest! {
    #[test]
    fn every_device_comes_to_see_exactly_what_its_person_may_see(
        life in prop::collection::vec(event(), 0..80), limit in 1usize..6
    ) {
        let mut world = World::new();
        for event in life {
            world.live(event)?;
        }
        world.rest(limit)?;
    }
}
