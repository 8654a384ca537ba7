//! Laws that hold whatever people do, in whatever order: checked on random lives of small communities.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{apply, check};
use crate::community::Community;
use crate::id::{Millis, OpId, PersonId, TopicId};
use crate::member::{Size, Skill};
use crate::op::{Op, Profile, Stamp};
use crate::row::{Key, Mark, Row};
use crate::slice::Slice;
use crate::topic::{Stage, Wording};

const FACILITATOR: PersonId = PersonId(0);

fn person() -> impl Strategy<Value = PersonId> {
    (0u128..4).prop_map(PersonId)
}

fn topic() -> impl Strategy<Value = TopicId> {
    (0u128..6).prop_map(TopicId)
}

fn wording() -> impl Strategy<Value = Wording> {
    ("[a-c ]{0,4}", "[a-b]{0,3}").prop_map(|(title, text)| Wording { title, text, wants: Vec::new() })
}

fn op() -> impl Strategy<Value = Op> {
    let size = prop::option::of(prop::sample::select(Size::ALL.as_slice()));
    let profile = ("[a-c]{0,3}", prop::sample::select(Size::ALL.as_slice())).prop_map(|(name, size)| {
        Profile { name, size, offers: vec![Skill("rust".into())], wants: Vec::new() }
    });
    prop_oneof![
        3 => (topic(), wording()).prop_map(|(topic, wording)| Op::Propose { topic, wording }),
        1 => (topic(), 0u32..3, wording()).prop_map(|(topic, base, wording)| Op::Edit { topic, base, wording }),
        3 => (topic(), prop::sample::select(Stage::ALL.as_slice())).prop_map(|(topic, stage)| Op::Move { topic, stage }),
        2 => (topic(), topic()).prop_map(|(topic, into)| Op::Merge { topic, into }),
        1 => topic().prop_map(|topic| Op::Unmerge { topic }),
        1 => prop::collection::vec(topic(), 0..4).prop_map(|topics| Op::Shown { topics }),
        8 => (topic(), any::<bool>()).prop_map(|(topic, on)| Op::Vote { topic, on }),
        1 => (topic(), any::<bool>()).prop_map(|(topic, on)| Op::Follow { topic, on }),
        2 => (topic(), size).prop_map(|(topic, size)| Op::Volunteer { topic, size }),
        1 => profile.prop_map(Op::Join),
        1 => Just(Op::Leave {}),
        1 => Just(Op::Erase {}),
        1 => (prop::option::of(0u32..4), any::<bool>()).prop_map(|(vote_cap, hide_tallies)| {
            Op::Settle(Community { vote_cap, hide_tallies, ..Community::default() })
        }),
    ]
}

/// What happened, one act after the other.
fn life() -> impl Strategy<Value = Vec<(Stamp, Op)>> {
    let acts = prop::collection::vec((person(), op()), 0..60);
    acts.prop_map(|acts| {
        let stamp = |actor, n| Stamp { actor, at: Millis(n), op: OpId(n.into()) };
        (1u64..).zip(acts).map(|(n, (actor, op))| (stamp(actor, n), op)).collect()
    })
}

fn community() -> Slice {
    let mut slice = Slice::whole();
    slice.put(Key::Facilitator(FACILITATOR), Row::Facilitator(Mark {}));
    slice
}

fn after(life: &[(Stamp, Op)]) -> Slice {
    let mut slice = community();
    for (stamp, op) in life {
        // What is rejected is a part of life too.
        drop(apply(&mut slice, stamp, op));
    }
    slice
}

fn rows(slice: &Slice) -> Vec<(Key, Row)> {
    let mut rows: Vec<_> = slice.rows().map(|(key, row)| (*key, row.clone())).collect();
    rows.sort_by_key(|(key, _)| *key);
    rows
}

/// What one person sees of a community.
fn seen_by(person: PersonId, whole: &Slice) -> Slice {
    let mut slice = Slice::default();
    for (key, row) in whole.rows().filter(|(key, _)| whole.shows(person, key)) {
        slice.put(*key, row.clone());
    }
    slice
}

proptest! {
    #[test]
    fn doing_it_twice_is_doing_it_once(life in life(), stamp_op in (person(), op())) {
        let (stamp, op) = (Stamp { actor: stamp_op.0, at: Millis(99), op: OpId(99) }, stamp_op.1);
        let mut slice = after(&life);
        if apply(&mut slice, &stamp, &op).is_ok() && !matches!(op, Op::Shown { .. }) {
            let once = rows(&slice);
            // An act can end the right to repeat it (leaving, erasing); it never does anything new.
            if let Ok(changed) = apply(&mut slice, &stamp, &op) {
                prop_assert!(changed.is_empty(), "{:?} changed {:?} again", op, changed);
            }
            prop_assert_eq!(rows(&slice), once);
        }
    }

    #[test]
    fn what_is_rejected_changes_nothing_and_what_is_checked_is_done(life in life(), actor in person(), op in op()) {
        let stamp = Stamp { actor, at: Millis(99), op: OpId(99) };
        let mut slice = after(&life);
        let before = rows(&slice);
        let verdict = check(&slice, &stamp, &op);
        let result = apply(&mut slice, &stamp, &op);
        prop_assert_eq!(verdict.err(), result.as_ref().err().copied());
        match result {
            Err(_) => prop_assert_eq!(rows(&slice), before),
            Ok(changed) => {
                let (before, now): (BTreeSet<_>, BTreeSet<_>) = (
                    before.into_iter().map(|(key, row)| (key, format!("{row:?}"))).collect(),
                    rows(&slice).into_iter().map(|(key, row)| (key, format!("{row:?}"))).collect(),
                );
                let differing: BTreeSet<Key> = before.symmetric_difference(&now).map(|(key, _)| *key).collect();
                prop_assert_eq!(changed, Vec::from_iter(differing));
            }
        }
    }

    #[test]
    fn a_tally_is_the_number_of_people_who_voted_each_counted_once(life in life()) {
        let slice = after(&life);
        for (id, topic) in slice.topics().filter(|(_, topic)| topic.merged_into.is_none()) {
            let voters = u32::try_from(slice.voters(id).len()).unwrap();
            prop_assert_eq!(slice.count(&Key::Tally(id)), Some(voters), "{:?}", topic);
        }
    }

    #[test]
    fn no_vote_takes_a_person_above_the_cap(life in life()) {
        let mut slice = community();
        for (stamp, op) in &life {
            let before = slice.active_votes_of(stamp.actor).len();
            let done = apply(&mut slice, stamp, op).is_ok();
            let now = slice.active_votes_of(stamp.actor).len();
            if done && matches!(op, Op::Vote { .. }) && now > before {
                let cap = slice.community().vote_cap;
                prop_assert!(cap.is_none_or(|cap| now <= cap as usize), "{now} votes under a cap of {cap:?}");
            }
        }
    }

    #[test]
    fn moving_a_topic_on_refunds_exactly_its_voters_and_bringing_it_back_spends_exactly_those(
        life in life(), topic in topic(), on in prop::sample::select(&[Stage::Scheduled, Stage::Active, Stage::Adopted, Stage::Parked])
    ) {
        let mut slice = after(&life);
        let facilitator = Stamp { actor: FACILITATOR, at: Millis(99), op: OpId(99) };
        slice.put(Key::Facilitator(FACILITATOR), Row::Facilitator(Mark {}));
        let place = |stage| Op::Move { topic, stage };
        if apply(&mut slice, &facilitator, &place(Stage::Backlog)).is_err() {
            return Ok(());
        }
        let spent = |slice: &Slice| (0..4).map(|p| slice.active_votes_of(PersonId(p)).len()).collect::<Vec<_>>();
        let open = spent(&slice);
        let voters: Vec<usize> = (0..4).map(|p| usize::from(slice.has_voted(PersonId(p), topic))).collect();
        apply(&mut slice, &facilitator, &place(on)).unwrap();
        let refunded: Vec<usize> = open.iter().zip(spent(&slice)).map(|(before, now)| before - now).collect();
        prop_assert_eq!(refunded, voters);
        apply(&mut slice, &facilitator, &place(Stage::Proposed)).unwrap();
        prop_assert_eq!(spent(&slice), open);
    }

    #[test]
    fn merging_two_open_topics_refunds_one_vote_to_whoever_voted_for_both_and_nothing_to_others(
        life in life(), topic in topic(), into in topic()
    ) {
        let mut slice = after(&life);
        slice.put(Key::Facilitator(FACILITATOR), Row::Facilitator(Mark {}));
        let stamp = Stamp { actor: FACILITATOR, at: Millis(99), op: OpId(99) };
        for topic in [topic, into] {
            if apply(&mut slice, &stamp, &Op::Move { topic, stage: Stage::Backlog }).is_err() {
                return Ok(());
            }
        }
        let spent = |slice: &Slice| (0..4).map(|p| slice.active_votes_of(PersonId(p)).len()).collect::<Vec<_>>();
        let before = spent(&slice);
        let voted = |topic| (0..4).map(|p| slice.has_voted(PersonId(p), topic)).collect::<Vec<_>>();
        let both: Vec<usize> = voted(topic).into_iter().zip(voted(into)).map(|(a, b)| usize::from(a && b)).collect();
        if apply(&mut slice, &stamp, &Op::Merge { topic, into }).is_ok() {
            let refunded: Vec<usize> = before.iter().zip(spent(&slice)).map(|(before, now)| before - now).collect();
            prop_assert_eq!(refunded, both);
        }
    }

    #[test]
    fn unmerging_undoes_merging(life in life(), topic in topic(), into in topic()) {
        let mut slice = after(&life);
        slice.put(Key::Facilitator(FACILITATOR), Row::Facilitator(Mark {}));
        let stamp = Stamp { actor: FACILITATOR, at: Millis(99), op: OpId(99) };
        let apart = rows(&slice);
        let merged_already = slice.topic(topic).is_some_and(|topic| topic.merged_into.is_some());
        if !merged_already && apply(&mut slice, &stamp, &Op::Merge { topic, into }).is_ok() {
            apply(&mut slice, &stamp, &Op::Unmerge { topic }).unwrap();
            prop_assert_eq!(rows(&slice), apart);
        }
    }

    #[test]
    fn what_a_person_sees_at_once_is_what_the_backend_will_say(life in life(), actor in person(), op in op()) {
        let mut whole = after(&life);
        let mut seen = seen_by(actor, &whole);
        let stamp = Stamp { actor, at: Millis(99), op: OpId(99) };
        let (said, shown) = (apply(&mut whole, &stamp, &op), apply(&mut seen, &stamp, &op));
        prop_assert_eq!(said.err(), shown.err());
        for (key, row) in rows(&seen) {
            prop_assert_eq!(whole.get(&key), Some(&row), "{:?} differs", key);
        }
        for (key, _) in rows(&whole).iter().filter(|(key, _)| whole.shows(actor, key)) {
            prop_assert!(seen.has(key) || matches!(key, Key::Tally(_)), "{:?} is missing", key);
        }
    }

    #[test]
    fn who_erased_themselves_is_nowhere_and_closed_tallies_hold(life in life(), actor in person()) {
        let mut slice = after(&life);
        let closed = |slice: &Slice| -> Vec<_> {
            let past = slice.topics().filter(|(_, t)| t.merged_into.is_none() && !t.stage.takes_votes());
            past.map(|(id, _)| (id, slice.count(&Key::Tally(id)))).collect()
        };
        let tallies = closed(&slice);
        apply(&mut slice, &Stamp { actor, at: Millis(99), op: OpId(99) }, &Op::Erase {}).unwrap();
        prop_assert_eq!(closed(&slice), tallies);
        let name = format!("{actor:?}");
        for (key, row) in rows(&slice) {
            prop_assert!(!format!("{key:?} {row:?}").contains(&name), "{:?} still knows them", key);
        }
    }
}
