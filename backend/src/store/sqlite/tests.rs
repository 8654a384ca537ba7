//! The contract on a real file, and what only SQLite can get wrong.

use cercle_domain::id::{Epoch, Ver};
use tempfile::TempDir;

use super::{Sqlite, backup, restore};
use crate::store::contract::{contract, identity};
use crate::store::{CodeHash, Committed, Identity, Store, Write};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Box<dyn Store> {
        Box::new(self.file())
    }

    fn file(&self) -> Sqlite {
        Sqlite::open(&self.0.path().join("cercle.sqlite"), &identity()).unwrap()
    }
}

contract!(Folder::new());

#[test]
fn what_is_acknowledged_is_synced_to_the_disk() {
    let folder = Folder::new();
    let db = folder.file().db;
    let pragma = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(pragma("synchronous"), Ok(2));
    assert_eq!(pragma("foreign_keys"), Ok(1));
    assert_eq!(pragma("busy_timeout"), Ok(5000));
    let journal = db.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
    assert_eq!(journal.unwrap(), "wal");
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_as_they_were_found() {
    let folder = Folder::new();
    let community = "vannerie".parse().unwrap();
    let mut store = folder.file();
    store.open(&community, &CodeHash("x".to_owned())).unwrap();
    let bad = [
        ("topic", "00000000000000000000000000000001", "{torn"),
        ("topic", "not an id", "{}"),
        ("dragon", "", r#"{"fire":true}"#),
    ];
    for (kind, id, body) in bad {
        let row = ("vannerie", kind, id, 3, body);
        store.db.execute("INSERT INTO row VALUES (?1, ?2, ?3, ?4, ?5)", row).unwrap();
    }
    store.db.execute("INSERT INTO row VALUES ('vannerie', 'community', '', 2, '{}')", ()).unwrap();
    store.db.execute("UPDATE community SET ver = 3", ()).unwrap();

    let since = store.since(&community, Ver(0)).unwrap().unwrap();
    assert_eq!((since.rows.len(), since.set_aside), (1, 3));
    let again = store.since(&community, Ver(0)).unwrap().unwrap();
    assert_eq!((again.rows.len(), again.set_aside), (1, 0));

    let mut kept = store.db.prepare("SELECT kind, id, body FROM quarantine ORDER BY rowid").unwrap();
    let kept = kept.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let mut kept: Vec<(String, String, String)> = kept.unwrap().map(Result::unwrap).collect();
    kept.sort();
    let mut bad = bad.map(|(kind, id, body)| (kind.to_owned(), id.to_owned(), body.to_owned()));
    bad.sort();
    assert_eq!(kept, bad);
}

#[test]
fn a_file_from_a_newer_program_is_left_alone() {
    let folder = Folder::new();
    folder.file().db.pragma_update(None, "user_version", 99).unwrap();
    let refused = Sqlite::open(&folder.0.path().join("cercle.sqlite"), &identity());
    assert!(refused.unwrap_err().to_string().contains("newer version"));
}

#[test]
fn after_a_restore_nothing_is_written_or_read_until_the_store_is_asked_who_it_is() {
    let folder = Folder::new();
    let community = "vannerie".parse().unwrap();
    let mut store = folder.file();
    store.open(&community, &CodeHash("x".to_owned())).unwrap();
    let (database, copy) = (folder.0.path().join("cercle.sqlite"), folder.0.path().join("copy.sqlite"));
    backup(&database, &copy).unwrap();
    restore(&database, &copy, &Identity { epoch: Epoch(8), ..identity() }, |_, _, _| None).unwrap();

    let write = Write {
        community,
        from: Ver(0),
        to: Ver(1),
        horizon: Ver(0),
        purge: Vec::new(),
        rows: Vec::new(),
        forget: Vec::new(),
        log: Vec::new(),
        spend: None,
    };
    assert_eq!(store.commit(std::slice::from_ref(&write)).unwrap(), Committed::Behind);
    assert!(store.since(&write.community, Ver(9)).unwrap_err().to_string().contains("restored"));
    assert_eq!(store.identity().unwrap().epoch, Epoch(8));
    assert_eq!(store.commit(std::slice::from_ref(&write)).unwrap(), Committed::Done);
    assert_eq!(store.since(&write.community, Ver(0)).unwrap().unwrap().ver, Ver(1));
}
