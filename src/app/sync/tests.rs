//! Every state of [`super::Sync`] with every event, written out.

use cercle_domain::id::{Millis, OpId};

use super::super::Moment;
use super::super::reply::RemoteError;
use super::{Event, State, Step, Sync};

const NOW: Millis = Millis(10_000);
const EARLIER: Millis = Millis(5_000);
const LATER: Millis = Millis(20_000);

fn at(now: Millis) -> Moment {
    Moment { now, dice: 0 }
}

fn in_state(state: State, sent: usize) -> Sync {
    let mut sync = Sync::new(true);
    sync.state = state;
    sync.sending((0..sent).map(|n| OpId(n as u128)).collect(), NOW);
    sync
}

#[test]
fn the_whole_table() {
    use Event::{Answered, Busy, Failed, Online, Wanted, Woke};
    use State::{Absent, Asking, Resting, Waiting};
    use Step::{Ask, GiveUp, Nothing, Wait};
    let more = Answered { more: true };
    let done = Answered { more: false };
    let asking = Asking { again: false };
    let again = Asking { again: true };
    let waiting = Waiting { since: NOW, until: LATER, patient: false };
    let patient = Waiting { since: NOW, until: LATER, patient: true };
    let over = Waiting { since: EARLIER, until: NOW, patient: false };
    let patience_over = Waiting { since: EARLIER, until: NOW, patient: true };
    let ahead = Waiting { since: LATER, until: Millis(LATER.0 + 1), patient: true };
    let unreachable = Failed(RemoteError::Unreachable);
    let busy_wait = Waiting { since: NOW, until: Millis(10_300), patient: false };
    let first_wait = Waiting { since: NOW, until: Millis(11_000), patient: false };

    #[rustfmt::skip]
    let table = [
        // state         event        step                     state after
        (Absent,         Wanted,      Nothing,                 Absent),
        (Absent,         more,        Nothing,                 Absent),
        (Absent,         done,        Nothing,                 Absent),
        (Absent,         Busy,        Nothing,                 Absent),
        (Absent,         unreachable, Nothing,                 Absent),
        (Absent,         Woke,        Nothing,                 Absent),
        (Absent,         Online,      Nothing,                 Absent),
        (Resting,        Wanted,      Ask,                     asking),
        (Resting,        more,        Nothing,                 Resting),
        (Resting,        done,        Nothing,                 Resting),
        (Resting,        Busy,        Nothing,                 Resting),
        (Resting,        unreachable, Nothing,                 Resting),
        (Resting,        Woke,        Nothing,                 Resting),
        (Resting,        Online,      Ask,                     asking),
        (asking,         Wanted,      Nothing,                 again),
        (asking,         more,        Ask,                     asking),
        (asking,         done,        Nothing,                 Resting),
        (asking,         Busy,        Wait(Millis(10_300)),    busy_wait),
        (asking,         unreachable, Wait(Millis(11_000)),    first_wait),
        (asking,         Woke,        Nothing,                 asking),
        (asking,         Online,      Nothing,                 again),
        (again,          Wanted,      Nothing,                 again),
        (again,          more,        Ask,                     asking),
        (again,          done,        Ask,                     asking),
        (again,          Busy,        Wait(Millis(10_300)),    busy_wait),
        (again,          unreachable, Wait(Millis(11_000)),    first_wait),
        (again,          Woke,        Nothing,                 again),
        (again,          Online,      Nothing,                 again),
        (waiting,        Wanted,      Ask,                     asking),
        (waiting,        more,        Nothing,                 waiting),
        (waiting,        done,        Nothing,                 waiting),
        (waiting,        Busy,        Nothing,                 waiting),
        (waiting,        unreachable, Nothing,                 waiting),
        (waiting,        Woke,        Wait(LATER),             waiting),
        (waiting,        Online,      Ask,                     asking),
        (over,           Woke,        Ask,                     asking),
        (patient,        Wanted,      Nothing,                 patient),
        (patient,        more,        Nothing,                 patient),
        (patient,        done,        Nothing,                 patient),
        (patient,        Busy,        Nothing,                 patient),
        (patient,        unreachable, Nothing,                 patient),
        (patient,        Woke,        Wait(LATER),             patient),
        (patient,        Online,      Nothing,                 patient),
        (patience_over,  Woke,        Ask,                     asking),
        (ahead,          Woke,        Ask,                     asking),
    ];
    for (state, event, step, after) in table {
        let mut sync = in_state(state, 0);
        assert_eq!((sync.step(at(NOW), event), sync.state), (step, after), "{state:?} with {event:?}");
    }
    assert_eq!(in_state(asking, 1).step(at(NOW), Failed(RemoteError::Refused)), GiveUp);
}

#[test]
fn waits_double_up_to_a_minute_and_an_answer_starts_them_afresh() {
    let mut sync = in_state(State::Resting, 0);
    sync.step(at(Millis(0)), Event::Online);
    let mut now = Millis(0);
    let waits: Vec<u64> = std::iter::repeat_with(|| {
        let wait = fails(&mut sync, now);
        now.0 += wait;
        assert_eq!(sync.step(at(now), Event::Woke), Step::Ask);
        wait
    })
    .take(8)
    .collect();
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);

    sync.step(at(now), Event::Answered { more: false });
    sync.step(at(now), Event::Wanted);
    assert_eq!(fails(&mut sync, now), 1_000);
}

#[test]
fn tries_that_are_brought_forward_make_no_wait_longer() {
    let mut sync = in_state(State::Asking { again: false }, 0);
    assert_eq!(fails(&mut sync, NOW), 1_000);
    sync.step(at(Millis(NOW.0 + 1_000)), Event::Woke);
    for event in [Event::Wanted, Event::Online, Event::Wanted, Event::Wanted] {
        assert_eq!(fails(&mut sync, NOW), 2_000);
        assert_eq!(sync.step(at(NOW), event), Step::Ask);
    }
}

#[test]
fn an_answer_may_take_four_times_as_long_as_the_last_one_did_and_twice_as_long_after_each_that_never_came() {
    let mut sync = in_state(State::Resting, 0);
    let mut patience_after = |took: u64, event: Event| {
        sync.state = State::Asking { again: false };
        sync.sending(Vec::new(), NOW);
        sync.step(at(Millis(NOW.0 + took)), event);
        sync.patience_ms()
    };
    let never = Event::Failed(RemoteError::Unreachable);
    let answered = Event::Answered { more: false };
    assert_eq!([(); 5].map(|()| patience_after(3_000, never)), [6_000, 12_000, 24_000, 24_000, 24_000]);
    assert_eq!(patience_after(2_500, answered), 10_000, "it is a slow way");
    assert_eq!(patience_after(20, answered), 3_000, "it is a quick one again");
    assert_eq!(patience_after(3_600_000, answered), 24_000, "the clock was put forward meanwhile");
}

/// Fails; how long it waits then.
fn fails(sync: &mut Sync, now: Millis) -> u64 {
    match sync.step(at(now), Event::Failed(RemoteError::Unreachable)) {
        Step::Wait(until) => until.since(now),
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_request_that_is_never_taken_is_halved_down_to_the_one_op_that_is_given_up() {
    let mut sync = in_state(State::Asking { again: false }, 100);
    let mut sizes = Vec::new();
    while sync.step(at(NOW), Event::Failed(RemoteError::Refused)) == Step::Ask {
        sizes.push(sync.batch());
        sync.sending((0..sync.batch()).map(|n| OpId(n as u128)).collect(), NOW);
    }
    assert_eq!(sizes, [50, 25, 12, 6, 3, 1]);
    assert_eq!(sync.sent().len(), 1);
}

#[test]
fn a_token_that_ran_out_is_renewed_at_once_and_only_once() {
    let mut sync = in_state(State::Asking { again: false }, 0);
    assert_eq!(sync.step(at(NOW), Event::Failed(RemoteError::Unauthorized)), Step::Ask);
    assert!(sync.takes_fresh_token());
    assert_eq!(sync.step(at(NOW), Event::Failed(RemoteError::Unauthorized)), Step::Wait(Millis(11_000)));
    assert!(sync.takes_fresh_token(), "the next try asks for a new token again");
}

#[test]
fn a_backend_that_names_a_time_is_not_asked_before() {
    let mut sync = in_state(State::Asking { again: false }, 0);
    let step = sync.step(at(NOW), Event::Failed(RemoteError::Later(Some(30_000))));
    assert_eq!(step, Step::Wait(Millis(40_000)));
    assert_eq!(sync.step(at(NOW), Event::Wanted), Step::Nothing);
}
