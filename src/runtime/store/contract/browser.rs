//! The law played on IndexedDB, and what only a database can suffer.

use std::cell::Cell;
use std::rc::Rc;

use cercle_domain::topic::Wording;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Bench, Breach, Verdict, act, in_use, key, law, load, page, rows, same, tally};
use crate::app::drafts::Drafts;
use crate::app::effect::{Kept, Note, Page};
use crate::runtime::clock::{BrowserClock, Clock as _};
use crate::runtime::js::pause;
use crate::runtime::js::spawn;
use crate::runtime::store::indexed_db::cache::Cache;
use crate::runtime::store::schema::{DRAFTS, KEY, META, OUTBOX, ROWS, SEEN, VERSION};
use crate::runtime::store::{IndexedDb, Store, StoreError};

/// What one check found, for the page.
#[derive(Serialize)]
struct Found {
    name: &'static str,
    ok: bool,
    error: Option<String>,
}

/// Plays the law on this browser's IndexedDB: JSON, one object a check.
#[wasm_bindgen]
pub async fn contract() -> String {
    let mut verdicts = law::all(OneDatabase::fresh).await;
    macro_rules! also {
        ($($check:ident),+ $(,)?) => { $(verdicts.push((stringify!($check), $check().await));)+ };
    }
    also![
        rows_that_cannot_be_read_are_set_aside_and_fetched_again,
        an_act_that_cannot_be_read_is_set_aside_and_the_others_stay,
        a_key_that_cannot_be_read_makes_room_for_a_new_one,
        what_was_set_aside_before_stays_when_more_is_set_aside,
        a_page_that_meets_what_cannot_be_read_changes_nothing,
        a_change_is_heard_elsewhere_and_not_where_it_was_made,
        a_database_that_was_closed_behind_our_back_is_opened_again,
        a_database_that_does_not_open_is_given_up,
        a_database_that_was_lost_gets_back_what_nobody_else_has,
        what_is_done_or_let_go_of_leaves_no_copy,
        whoever_is_forgotten_does_not_come_back,
        a_copy_that_was_lost_is_made_again,
        without_a_backend_there_is_no_second_copy,
    ];
    let found: Vec<Found> = verdicts
        .into_iter()
        .map(|(name, verdict)| {
            let error = verdict.err().map(|breach| breach.to_string());
            Found { name, ok: error.is_none(), error }
        })
        .collect();
    serde_json::to_string(&found).unwrap_or_default()
}

/// A database that no other check uses.
struct OneDatabase(String);

impl OneDatabase {
    fn fresh() -> Self {
        Self(format!("cercle-contract-{:032x}", BrowserClock::default().moment().dice))
    }

    /// Puts something in place of a record, as another program might.
    async fn spoil(&self, store: &str, key: impl Into<JsValue>, value: impl Into<JsValue>) -> Verdict {
        self.raw(store, async |objects| {
            objects.put(value.into()).with_key(key.into()).without_key_type().primitive()?.await
        })
        .await
    }

    async fn asides(&self) -> Result<Vec<String>, Breach> {
        self.raw(META, async |objects| {
            let keys: Result<Vec<String>, _> = objects.get_all_keys::<String>().primitive()?.await?.collect();
            Ok(keys?.into_iter().filter(|key| key.starts_with("aside/")).collect())
        })
        .await
    }

    fn cache(&self) -> Cache {
        Cache::of(self.0.clone())
    }

    /// Waits until these names, and no others, stand in the second copy.
    async fn copies(&self, names: &[&str]) -> Verdict {
        let mut copied = Vec::new();
        for _ in 0..200 {
            copied =
                self.cache().read().await.unwrap_or_default().into_iter().map(|(name, _)| name).collect();
            if copied == names {
                return Ok(());
            }
            pause(10).await;
        }
        same("the second copy", &copied, &names.iter().map(ToString::to_string).collect())
    }

    /// Loses the database, as browsers do.
    async fn lose(&self) -> Verdict {
        let deleting = Database::delete_by_name(&self.0).map_err(|error| Breach(error.to_string()))?;
        deleting.await.map_err(StoreError::from)?;
        Ok(())
    }

    async fn raw<T>(
        &self,
        store: &str,
        work: impl AsyncFnOnce(indexed_db_futures::object_store::ObjectStore<'_>) -> indexed_db_futures::Result<T>,
    ) -> Result<T, Breach> {
        let database = Database::open(&self.0).with_version(VERSION).await;
        let database = database.map_err(|error| Breach(error.to_string()))?;
        let transaction = database.transaction(store).with_mode(TransactionMode::Readwrite).build();
        let transaction = transaction.map_err(StoreError::from)?;
        let objects = transaction.object_store(store).map_err(StoreError::from)?;
        let done = work(objects).await.map_err(StoreError::from)?;
        transaction.commit().await.map_err(StoreError::from)?;
        database.close();
        Ok(done)
    }
}

impl Bench for OneDatabase {
    type Store = IndexedDb;

    async fn open(&self) -> IndexedDb {
        IndexedDb::new(self.0.clone(), true, || {})
    }
}

impl Drop for OneDatabase {
    fn drop(&mut self) {
        // Done in the background; a browser's profile is not kept after a test.
        drop(Database::delete_by_name(&self.0));
        let cache = self.cache();
        spawn(async move { cache.clear().await });
    }
}

fn half_a_record() -> JsValue {
    Uint8Array::from(&b"[[\"tally\",{\"id\":\"0000"[..]).into()
}

async fn rows_that_cannot_be_read_are_set_aside_and_fetched_again() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    store.keep(&Page { rows: rows(0, 500, 1), ..page(None, 1) }).await?;
    bench.spoil(ROWS, 8, half_a_record()).await?;
    let snapshot = load(&store).await?;
    same("set aside", &snapshot.set_aside, &1)?;
    same("cursor", &snapshot.cursor, &None)?;
    same("some rows are left", &(400..500).contains(&snapshot.rows.len()), &true)?;
    same("aside", &bench.asides().await?, &vec!["aside/rows/8/0".to_owned()])?;
    same("said once", &load(&store).await?.set_aside, &0)?;
    same(
        "fetched again",
        &store.keep(&Page { reset: true, rows: rows(0, 500, 1), ..page(None, 1) }).await?,
        &Kept::Done,
    )
}

async fn an_act_that_cannot_be_read_is_set_aside_and_the_others_stay() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    let place = store.enqueue(&act(1)).await?.place;
    store.enqueue(&act(2)).await?;
    bench.spoil(OUTBOX, JsValue::from_f64(1.0), "not even bytes").await?;
    same("the first place", &place.0, &1)?;
    let snapshot = load(&store).await?;
    same("acts", &snapshot.outbox.iter().map(|entry| entry.id.0).collect(), &vec![2])?;
    same("set aside", &snapshot.set_aside, &1)?;
    same("aside", &bench.asides().await?, &vec!["aside/outbox/1/0".to_owned()])
}

async fn a_key_that_cannot_be_read_makes_room_for_a_new_one() -> Verdict {
    let bench = OneDatabase::fresh();
    // Elsewhere there is the second copy of it.
    let alone = || IndexedDb::new(bench.0.clone(), false, || {});
    let store = alone();
    store.load(key(1)).await?;
    bench.spoil(META, KEY, half_a_record()).await?;
    same("key", &store.load(key(2)).await?.key, &key(2))?;
    same("key, later", &alone().load(key(3)).await?.key, &key(2))?;
    same("aside", &bench.asides().await?, &vec!["aside/meta/key/0".to_owned()])
}

async fn what_was_set_aside_before_stays_when_more_is_set_aside() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    for _ in 0..3 {
        store.note(&Note::Seen(Vec::new())).await?;
        bench.spoil(META, SEEN, half_a_record()).await?;
        same("set aside", &load(&store).await?.set_aside, &1)?;
    }
    same("asides", &bench.asides().await?.len(), &3)
}

async fn a_page_that_meets_what_cannot_be_read_changes_nothing() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    store.keep(&Page { rows: rows(0, 2, 1), ..page(None, 1) }).await?;
    bench.spoil(ROWS, 8, half_a_record()).await?;
    let change = Page { rows: vec![tally(0, 2), tally(1, 2)], ..page(Some(1), 2) };
    same("kept", &store.keep(&change).await?, &Kept::Stale)?;
    same("nothing aside yet", &bench.asides().await?, &vec![])?;
    same("set aside by the load", &load(&store).await?.set_aside, &1)
}

async fn a_change_is_heard_elsewhere_and_not_where_it_was_made() -> Verdict {
    let bench = OneDatabase::fresh();
    let heard = [0, 1].map(|_| Rc::new(Cell::new(0)));
    let [here, there] =
        heard.clone().map(|heard| IndexedDb::new(bench.0.clone(), true, move || heard.set(heard.get() + 1)));
    load(&here).await?;
    load(&there).await?;
    here.enqueue(&act(1)).await?;
    here.keep(&page(None, 1)).await?;
    here.keep(&page(None, 2)).await?;
    until(|| heard[1].get() >= 2).await?;
    same("heard here and there; a stale page is no change", &heard.map(|heard| heard.get()), &[0, 2])
}

async fn a_database_that_was_closed_behind_our_back_is_opened_again() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    store.enqueue(&act(1)).await?;
    store.break_connection();
    store.enqueue(&act(2)).await?;
    same("acts", &load(&store).await?.outbox.len(), &2)
}

async fn a_database_that_does_not_open_is_given_up() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    store.enqueue(&act(1)).await?;
    // Whoever opens a database that is being deleted waits until all others have closed it.
    let deleting = Database::delete_by_name(&bench.0).map_err(|error| Breach(error.to_string()))?;
    same("failed", &bench.open().await.enqueue(&act(2)).await.is_err(), &true)?;
    drop(store);
    deleting.await.map_err(StoreError::from)?;
    Ok(())
}

/// Names of acts in the second copy.
const FIRST: &str = "00000000000000000000000000000001";
const SECOND: &str = "00000000000000000000000000000002";

async fn a_database_that_was_lost_gets_back_what_nobody_else_has() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    bench.copies(&[KEY]).await?;
    store.enqueue(&act(2)).await?;
    store.enqueue(&act(1)).await?;
    let proposal = Wording { title: "Relire".into(), ..Wording::default() };
    let drafts = Drafts { proposal, ..Drafts::default() };
    store.note(&Note::Drafts(drafts.clone())).await?;
    store.keep(&Page { rows: rows(0, 3, 1), ..page(None, 1) }).await?;
    bench.copies(&[KEY, SECOND, FIRST, DRAFTS]).await?;
    drop(store);
    bench.lose().await?;

    let stored = bench.open().await.load(key(2)).await?;
    same("key", &stored.key, &key(1))?;
    same("acts", &stored.snapshot.outbox.iter().map(|entry| entry.id.0).collect(), &vec![2, 1])?;
    same("drafts", &stored.snapshot.drafts, &drafts)?;
    same("cursor", &stored.snapshot.cursor, &None)?;
    same("lost", &stored.snapshot.lost, &false)
}

async fn what_is_done_or_let_go_of_leaves_no_copy() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    bench.copies(&[KEY]).await?;
    let (done, gone) = (store.enqueue(&act(1)).await?.place, store.enqueue(&act(2)).await?.place);
    bench.copies(&[KEY, FIRST, SECOND]).await?;
    store.keep(&Page { done: vec![done], ..page(None, 1) }).await?;
    bench.copies(&[KEY, SECOND]).await?;
    store.discard(&[gone]).await?;
    bench.copies(&[KEY]).await
}

async fn whoever_is_forgotten_does_not_come_back() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    bench.copies(&[KEY]).await?;
    store.enqueue(&act(1)).await?;
    store.wipe(key(1)).await?;
    bench.copies(&[]).await?;
    let stored = bench.open().await.load(key(2)).await?;
    same("key", &stored.key, &key(2))?;
    same("acts", &stored.snapshot.outbox, &vec![])
}

async fn a_copy_that_was_lost_is_made_again() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = in_use(&bench).await?;
    bench.copies(&[KEY]).await?;
    store.enqueue(&act(1)).await?;
    bench.cache().clear().await;
    bench.open().await.load(key(2)).await?;
    bench.copies(&[KEY, FIRST]).await
}

async fn without_a_backend_there_is_no_second_copy() -> Verdict {
    let bench = OneDatabase::fresh();
    let store = IndexedDb::new(bench.0.clone(), false, || {});
    store.load(key(1)).await?;
    store.enqueue(&act(1)).await?;
    bench.copies(&[]).await
}

/// Waits for a condition that a browser brings about in its own time.
async fn until(condition: impl Fn() -> bool) -> Verdict {
    for _ in 0..200 {
        if condition() {
            return Ok(());
        }
        pause(10).await;
    }
    Err(Breach("waited in vain".into()))
}
