//! What every store does.

use cercle_domain::Rejection;
use cercle_domain::id::{OpId, PersonId, TopicId, Ver};
use cercle_domain::member::Skill;
use cercle_domain::op::Op;
use cercle_domain::protocol::WireRow;
use cercle_domain::topic::Wording;

use super::{Bench, Breach, Verdict, act, cursor, in_order, in_use, key, load, page, rows, same, tally};
use crate::app::drafts::Drafts;
use crate::app::effect::{Entry, Kept, Note, Page, Place, REMEMBERED, Saved};
use crate::runtime::store::Store;

/// One list, played twice: natively as tests on memory, and wherever [`all`] is called.
macro_rules! law {
    ($($(#[$doc:meta])* async fn $name:ident($bench:ident) $check:block)+) => {
        $($(#[$doc])* async fn $name<B: Bench>($bench: &B) -> Verdict { $check Ok(()) })+

        /// Plays every check on a bench of its own; says what each found.
        #[cfg(target_arch = "wasm32")]
        pub(super) async fn all<B: Bench>(bench: impl Fn() -> B) -> Vec<(&'static str, Verdict)> {
            vec![$((stringify!($name), $name(&bench()).await)),+]
        }

        #[cfg(test)]
        mod on_memory {
            use super::super::tests::{OnMemory, now};
            $(#[test] fn $name() { now(super::$name(&OnMemory::default())).expect("the law is kept"); })+
        }
    };
}

law! {
    async fn an_empty_store_holds_nothing(bench) {
        let snapshot = load(&bench.open().await).await?;
        same("rows", &snapshot.rows, &vec![])?;
        same("outbox", &snapshot.outbox, &vec![])?;
        same("cursor", &snapshot.cursor, &None)?;
        same("drafts", &snapshot.drafts, &Drafts::default())?;
        same("seen", &snapshot.seen, &vec![])?;
        same("set aside", &snapshot.set_aside, &0)?;
    }

    async fn the_key_of_the_first_load_stays(bench) {
        let first = bench.open().await.load(key(1)).await?;
        let second = bench.open().await.load(key(2)).await?;
        same("at first", &first.key, &key(1))?;
        same("afterwards", &second.key, &key(1))?;
    }

    async fn until_a_backend_has_said_we_are_who_the_key_says(bench) {
        let store = bench.open().await;
        let stored = store.load(key(1)).await?;
        same("before", &stored.snapshot.me, &Some(key(1).person()))?;
        store.keep(&Page { me: PersonId(42), ..page(None, 1) }).await?;
        same("after", &load(&bench.open().await).await?.me, &Some(PersonId(42)))?;
    }

    async fn an_act_is_there_in_the_next_visit(bench) {
        let place = bench.open().await.enqueue(&act(1)).await?.place;
        let kept = Entry { place: Some(place), ..act(1) };
        same("outbox", &load(&bench.open().await).await?.outbox, &vec![kept])?;
    }

    async fn acts_stand_in_the_order_they_came(bench) {
        let store = in_use(bench).await?;
        for n in 1..=20 {
            store.enqueue(&act(n)).await?;
        }
        let outbox = load(&bench.open().await).await?.outbox;
        same("order", &outbox.iter().map(|entry| entry.id.0).collect::<Vec<_>>(), &(1..=20).collect())?;
        same("by places", &outbox.is_sorted_by_key(|entry| entry.place), &true)?;
    }

    async fn no_place_is_given_twice(bench) {
        let store = in_use(bench).await?;
        let first = store.enqueue(&act(1)).await?.place;
        store.keep(&Page { done: vec![first], ..page(None, 1) }).await?;
        let second = store.enqueue(&act(2)).await?.place;
        store.discard(&[second]).await?;
        store.wipe(key(1)).await?;
        let third = bench.open().await.enqueue(&act(3)).await?.place;
        same("later places are behind", &(first < second && second < third), &true)?;
    }

    async fn an_act_comes_back_word_for_word(bench) {
        let title = "« Relire » \"2 000\" lignes \u{2028}\u{0} 🧵 e\u{301}".to_owned();
        let wording = Wording { title, text: "\n\t\\u0041".into(), wants: Vec::<Skill>::new() };
        let act = Entry { op: Op::Propose { topic: TopicId(u128::MAX), wording }, ..act(1) };
        let place = bench.open().await.enqueue(&act).await?.place;
        let kept = Entry { place: Some(place), ..act };
        same("act", &load(&bench.open().await).await?.outbox, &vec![kept])?;
    }

    async fn a_page_is_kept_whole(bench) {
        let store = in_use(bench).await?;
        let done = store.enqueue(&act(1)).await?.place;
        let waits = store.enqueue(&act(2)).await?.place;
        let whole = Page { me: PersonId(9), rows: rows(0, 5, 1), done: vec![done], ..page(None, 5) };
        same("kept", &store.keep(&whole).await?, &Kept::Done)?;
        let snapshot = load(&bench.open().await).await?;
        same("cursor", &snapshot.cursor, &Some(cursor(5)))?;
        same("me", &snapshot.me, &Some(PersonId(9)))?;
        same("rows", &in_order(snapshot.rows), &rows(0, 5, 1))?;
        same("outbox", &snapshot.outbox, &vec![Entry { place: Some(waits), ..act(2) }])?;
    }

    async fn acts_that_are_done_are_remembered_and_can_be_offered_again_where_they_stood(bench) {
        let store = in_use(bench).await?;
        let (first, second) = (store.enqueue(&act(1)).await?.place, store.enqueue(&act(2)).await?.place);
        let saved = |n: u128, place: Place| Saved { place, epoch: cursor(1).epoch, act: act(n) };
        let both = vec![saved(1, first), saved(2, second)];
        store.keep(&Page { done: vec![first, second], saved: both.clone(), ..page(None, 1) }).await?;
        let third = store.enqueue(&act(3)).await?.place;
        let snapshot = load(&bench.open().await).await?;
        same("remembered", &snapshot.saved, &both)?;
        same("waiting", &snapshot.outbox.iter().map(|entry| entry.id.0).collect(), &vec![3])?;

        store.keep(&Page { again: vec![second], ..page(Some(1), 2) }).await?;
        let snapshot = load(&bench.open().await).await?;
        same("still remembered", &snapshot.saved, &vec![saved(1, first)])?;
        let again = Entry { place: Some(second), ..act(2) };
        same("waiting again", &snapshot.outbox, &vec![again, Entry { place: Some(third), ..act(3) }])?;
        let fourth = store.enqueue(&act(4)).await?.place;
        same("places go on", &(fourth > third), &true)?;
    }

    async fn the_acts_of_the_last_places_are_remembered_and_not_all_for_ever(bench) {
        let store = in_use(bench).await?;
        let newest = 3 * REMEMBERED;
        let mut base = None;
        for place in (0..=newest).step_by(40) {
            let saved = vec![Saved { place: Place(place), epoch: cursor(1).epoch, act: act(1) }];
            store.keep(&Page { saved, ..page(base, place) }).await?;
            base = Some(place);
        }
        let saved = load(&bench.open().await).await?.saved;
        let places: Vec<u64> = saved.iter().map(|saved| saved.place.0).collect();
        let (oldest, last) = (places.first().copied(), places.last().copied());
        same("the newest", &last, &Some(newest))?;
        same("enough", &oldest.is_some_and(|oldest| oldest <= newest - REMEMBERED), &true)?;
        same("not all", &oldest.is_some_and(|oldest| oldest > newest - 2 * REMEMBERED), &true)?;
        same("none between is missing", &places.windows(2).all(|two| two[1] - two[0] == 40), &true)?;
    }

    async fn a_stale_page_changes_nothing(bench) {
        let store = in_use(bench).await?;
        let place = store.enqueue(&act(1)).await?.place;
        store.keep(&Page { rows: rows(0, 5, 1), ..page(None, 5) }).await?;
        let before = load(&store).await?;
        let mut late = Page { me: PersonId(7), rows: rows(3, 9, 9), done: vec![place], ..page(None, 9) };
        for base in [None, Some(4), Some(6)] {
            late.base = base.map(cursor);
            late.reset = base.is_none();
            late.refused = vec![(place, Rejection::Refused)];
            same("kept", &store.keep(&late).await?, &Kept::Stale)?;
            same("everything", &load(&store).await?, &before)?;
        }
    }

    async fn a_page_does_not_fit_twice(bench) {
        let store = in_use(bench).await?;
        let page = Page { rows: rows(0, 5, 1), ..page(None, 5) };
        same("first", &store.keep(&page).await?, &Kept::Done)?;
        same("again", &store.keep(&page).await?, &Kept::Stale)?;
    }

    async fn a_newer_row_takes_the_place_of_the_older(bench) {
        let store = in_use(bench).await?;
        store.keep(&Page { rows: rows(0, 5, 1), ..page(None, 1) }).await?;
        store.keep(&Page { rows: vec![tally(2, 2)], ..page(Some(1), 2) }).await?;
        let mut should = rows(0, 5, 1);
        should[2].ver = Ver(2);
        same("rows", &in_order(load(&bench.open().await).await?.rows), &should)?;
    }

    async fn a_row_that_is_gone_leaves_no_trace(bench) {
        let store = in_use(bench).await?;
        store.keep(&Page { rows: rows(0, 5, 1), ..page(None, 1) }).await?;
        let gone = ["once", "twice"].map(|_| WireRow { row: None, ..tally(4, 2) });
        store.keep(&Page { rows: gone.to_vec(), ..page(Some(1), 2) }).await?;
        same("rows", &in_order(load(&bench.open().await).await?.rows), &rows(0, 4, 1))?;
    }

    async fn a_reset_forgets_the_rows_and_nothing_else(bench) {
        let store = in_use(bench).await?;
        let seen = vec![TopicId(1)];
        store.keep(&Page { rows: rows(0, 50, 1), ..page(None, 1) }).await?;
        store.enqueue(&act(1)).await?;
        store.note(&Note::Seen(seen.clone())).await?;
        let before = store.load(key(5)).await?;
        store.keep(&Page { reset: true, rows: rows(100, 103, 1), ..page(Some(1), 7) }).await?;
        let after = bench.open().await.load(key(6)).await?;
        same("rows", &in_order(after.snapshot.rows), &rows(100, 103, 1))?;
        same("outbox", &after.snapshot.outbox, &before.snapshot.outbox)?;
        same("seen", &after.snapshot.seen, &seen)?;
        same("key", &after.key, &before.key)?;
    }

    async fn a_refused_act_stays_with_its_reason(bench) {
        let store = in_use(bench).await?;
        let place = store.enqueue(&act(1)).await?.place;
        let other = store.enqueue(&act(2)).await?.place;
        store.keep(&Page { refused: vec![(place, Rejection::Refused)], ..page(None, 1) }).await?;
        let refused = Entry { place: Some(place), refused: Some(Rejection::Refused), ..act(1) };
        let waits = Entry { place: Some(other), ..act(2) };
        same("outbox", &load(&bench.open().await).await?.outbox, &vec![refused, waits])?;
    }

    async fn an_act_that_is_not_there_any_more_does_not_spoil_a_page(bench) {
        let store = in_use(bench).await?;
        let gone = Place(77);
        let page = Page { done: vec![gone], refused: vec![(gone, Rejection::Refused)], ..page(None, 1) };
        same("kept", &store.keep(&page).await?, &Kept::Done)?;
        same("outbox", &load(&store).await?.outbox, &vec![])?;
    }

    async fn an_act_let_go_of_is_forgotten(bench) {
        let store = in_use(bench).await?;
        let first = store.enqueue(&act(1)).await?.place;
        let second = store.enqueue(&act(2)).await?.place;
        store.discard(&[first]).await?;
        let left = Entry { place: Some(second), ..act(2) };
        same("outbox", &load(&bench.open().await).await?.outbox, &vec![left])?;
    }

    async fn drafts_outlive_the_visit_and_the_last_one_wins(bench) {
        let store = in_use(bench).await?;
        for title in ["Relire", "Relire mieux"] {
            let proposal = Wording { title: title.into(), ..Wording::default() };
            store.note(&Note::Drafts(Drafts { proposal, ..Drafts::default() })).await?;
        }
        let drafts = load(&bench.open().await).await?.drafts;
        same("draft", &drafts.proposal.title, &"Relire mieux".to_owned())?;
    }

    async fn drafts_and_seen_topics_do_not_disturb_each_other(bench) {
        let store = in_use(bench).await?;
        let drafts = Drafts { proposal: Wording { title: "A".into(), ..Wording::default() }, ..Drafts::default() };
        store.note(&Note::Drafts(drafts.clone())).await?;
        store.note(&Note::Seen(vec![TopicId(2), TopicId(1)])).await?;
        let snapshot = load(&bench.open().await).await?;
        same("drafts", &snapshot.drafts, &drafts)?;
        same("seen", &snapshot.seen, &vec![TopicId(2), TopicId(1)])?;
    }

    async fn a_wipe_leaves_nothing_and_makes_room_for_a_new_key(bench) {
        let store = in_use(bench).await?;
        store.enqueue(&act(1)).await?;
        store.note(&Note::Seen(vec![TopicId(1)])).await?;
        store.keep(&Page { rows: rows(0, 50, 1), ..page(None, 1) }).await?;
        store.wipe(key(3)).await?;
        same("nothing is forgotten about others", &load(&store).await?.outbox.len(), &1)?;
        store.wipe(key(1)).await?;
        let after = bench.open().await.load(key(2)).await?;
        same("key", &after.key, &key(2))?;
        same("me", &after.snapshot.me, &Some(key(2).person()))?;
        same("rows", &after.snapshot.rows, &vec![])?;
        same("outbox", &after.snapshot.outbox, &vec![])?;
        same("seen", &after.snapshot.seen, &vec![])?;
        same("cursor", &after.snapshot.cursor, &None)?;
    }

    async fn a_page_for_somebody_who_was_forgotten_is_stale(bench) {
        let (one, other) = (in_use(bench).await?, in_use(bench).await?);
        one.wipe(key(1)).await?;
        let late = Page { rows: rows(0, 2, 1), ..page(None, 1) };
        same("before the next visit", &other.keep(&late).await?, &Kept::Stale)?;
        let next = one.load(key(2)).await?.snapshot;
        same("after it", &other.keep(&late).await?, &Kept::Stale)?;
        same("everything", &load(&one).await?, &next)?;
    }

    async fn an_act_says_who_is_here_by_now(bench) {
        let (one, other) = (in_use(bench).await?, in_use(bench).await?);
        same("the same", &other.enqueue(&act(1)).await?.key, &Some(key(1)))?;
        one.wipe(key(1)).await?;
        same("nobody", &other.enqueue(&act(2)).await?.key, &None)?;
        one.load(key(2)).await?;
        same("somebody else", &other.enqueue(&act(3)).await?.key, &Some(key(2)))?;
    }

    async fn a_wiped_store_keeps_things_again(bench) {
        let store = in_use(bench).await?;
        store.keep(&page(None, 5)).await?;
        store.wipe(key(1)).await?;
        load(&store).await?;
        same("kept", &store.keep(&Page { rows: rows(0, 2, 1), ..page(None, 1) }).await?, &Kept::Done)?;
        same("rows", &in_order(load(&bench.open().await).await?.rows), &rows(0, 2, 1))?;
    }

    async fn two_handles_see_what_the_other_kept(bench) {
        let (one, other) = (in_use(bench).await?, in_use(bench).await?);
        one.enqueue(&act(1)).await?;
        same("one act", &load(&other).await?.outbox.len(), &1)?;
        other.keep(&Page { rows: rows(0, 3, 1), ..page(None, 1) }).await?;
        same("three rows", &load(&one).await?.rows.len(), &3)?;
    }

    async fn acts_of_two_handles_stand_in_one_order(bench) {
        let (one, other) = (bench.open().await, bench.open().await);
        for n in 0..5 {
            one.enqueue(&act(2 * n)).await?;
            other.enqueue(&act(2 * n + 1)).await?;
        }
        let ids: Vec<OpId> = load(&one).await?.outbox.iter().map(|entry| entry.id).collect();
        same("order", &ids, &(0..10).map(OpId).collect())?;
    }

    async fn of_two_handles_that_go_on_from_one_place_the_slower_is_stale(bench) {
        let (one, other) = (in_use(bench).await?, in_use(bench).await?);
        same("one", &one.keep(&Page { rows: rows(0, 3, 1), ..page(None, 1) }).await?, &Kept::Done)?;
        same("other", &other.keep(&Page { rows: rows(0, 9, 2), ..page(None, 2) }).await?, &Kept::Stale)?;
        same("rows", &in_order(load(&other).await?.rows), &rows(0, 3, 1))?;
    }

    async fn a_board_of_3_000_rows_comes_back_as_it_was(bench) {
        let all = rows(0, 3_000, 1);
        in_use(bench).await?.keep(&Page { reset: true, rows: all.clone(), ..page(None, 1) }).await?;
        let back = in_order(load(&bench.open().await).await?.rows);
        if back != all {
            return Err(Breach(format!("{} rows came back, or other ones", back.len())));
        }
    }

    async fn on_a_big_board_a_page_changes_its_own_rows_only(bench) {
        let store = in_use(bench).await?;
        let mut should = rows(0, 3_000, 1);
        store.keep(&Page { reset: true, rows: should.clone(), ..page(None, 1) }).await?;
        for (n, ver) in (2..20).enumerate() {
            should[n * 150].ver = Ver(ver);
            let change = Page { rows: vec![should[n * 150].clone()], ..page(Some(ver - 1), ver) };
            same("kept", &store.keep(&change).await?, &Kept::Done)?;
        }
        if in_order(load(&bench.open().await).await?.rows) != should {
            return Err(Breach("other rows came back".into()));
        }
    }
}
