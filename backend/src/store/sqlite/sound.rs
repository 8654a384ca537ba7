//! Whether a file is a database that this program can use, found out before anything in it is touched.
//!
//! A file that was cut short, overwritten in the middle or left empty is refused as it is: SQLite by itself would take
//! an empty file for a new database, throw the log beside it away, and begin anew.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{SCHEMA, beside};

/// How long another process may keep the database to itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many bytes a database begins with, whatever is in it: <https://www.sqlite.org/fileformat.html>.
const HEADER: u64 = 100;

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsound {
    #[error("there is no such file")]
    Missing,
    #[error("the file is empty")]
    Empty,
    #[error("the file is not an SQLite database, or its beginning was overwritten")]
    NotSqlite,
    #[error("the file is damaged: {0}")]
    Damaged(String),
    #[error("the file is an SQLite database, but not one of Cercle")]
    Foreign,
    #[error("the file was written by a newer version of this program (schema {0}, this one knows {SCHEMA})")]
    Newer(i64),
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

impl Unsound {
    /// Whether nothing but a backup helps.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self, Self::Missing | Self::Empty | Self::NotSqlite | Self::Damaged(_))
    }
}

impl From<rusqlite::Error> for Unsound {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotSqlite,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

/// Opens a file that is whole, to be read and written.
pub(super) fn open(file: &Path) -> Result<Connection, Unsound> {
    checked(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Opens a file that is whole, to be read.
pub(super) fn open_to_read(file: &Path) -> Result<Connection, Unsound> {
    checked(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn checked(file: &Path, access: OpenFlags) -> Result<Connection, Unsound> {
    let length = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unsound::Missing),
        about => about?.len(),
    };
    match length {
        0 => return Err(Unsound::Empty),
        // SQLite takes what has no room for a header for a database with nothing in it.
        1..HEADER => return Err(Unsound::NotSqlite),
        _ => {}
    }
    let db = Connection::open_with_flags(file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(PATIENCE)?;
    // Whoever closes a database last writes its log into it. Not into one that may be damaged.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check(&db)?;
    // SQLite would read the rest of the last page as zeros. With a log, that page may well be in there.
    let page: u64 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    if length % page != 0 && fs::metadata(beside(file, "-wal")).map_or(0, |log| log.len()) == 0 {
        return Err(Unsound::Damaged("its last page is cut short".to_owned()));
    }
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(db)
}

fn check(db: &Connection) -> Result<(), Unsound> {
    match db.pragma_query_value(None, "user_version", |row| row.get(0))? {
        SCHEMA => {}
        newer if newer > SCHEMA => return Err(Unsound::Newer(newer)),
        _ => return Err(Unsound::Foreign),
    }
    let found: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(Unsound::Damaged(found));
    }
    let mut strays = db.prepare("PRAGMA foreign_key_check")?;
    if strays.exists([])? {
        return Err(Unsound::Damaged("there are rows of communities that are not there".to_owned()));
    }
    Ok(())
}
