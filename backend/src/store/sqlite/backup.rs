//! A copy of the database in one file, made while others write.
//!
//! SQLite writes the copy from one moment of the database. It grows under another name and gets its own once it has been
//! read through and is on the disk: a file of that name is always a whole one, and the one before it stays until then.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rusqlite::Connection;

use super::hold::Hold;
use super::{beside, folder_of, sound, text, unusable};
use crate::store::StoreError;

/// Copies a database into a file, in place of what may be there under that name.
pub fn backup(database: &Path, to: &Path) -> Result<(), StoreError> {
    not_itself(database, to)?;
    let _hold = Hold::shared(database)?;
    // A damaged database shall not take the place of a good backup.
    let db = sound::open(database).map_err(|why| unusable(database, &why))?;
    copy(&db, to)
}

/// A whole copy of a database under this name, or none.
pub(super) fn copy(db: &Connection, to: &Path) -> Result<(), StoreError> {
    let partial = beside(to, ".partial");
    let named = |error: io::Error| StoreError::new(format!("{}: {error}", partial.display()));
    // The secret of the database is in there: nobody else's business on this machine.
    let file = OpenOptions::new().create(true).write(true).truncate(false).mode(0o600).open(&partial);
    let file = file.map_err(named)?;
    file.try_lock().map_err(|_| {
        StoreError::new(format!("{}: another backup is just being written", partial.display()))
    })?;
    // What a backup that was killed left behind.
    file.set_len(0).map_err(named)?;
    let copied = fill(db, &partial, &file).and_then(|()| fs::rename(&partial, to).map_err(named));
    if let Err(error) = copied {
        fs::remove_file(&partial).map_err(named)?;
        return Err(error);
    }
    File::open(folder_of(to)).and_then(|folder| folder.sync_all()).map_err(named)
}

fn fill(db: &Connection, partial: &Path, file: &File) -> Result<(), StoreError> {
    db.execute("VACUUM INTO ?1", [text(partial)?])?;
    sound::open_to_read(partial).map_err(|why| unusable(partial, &why))?;
    file.sync_all().map_err(StoreError::new)
}

/// A backup that is the database itself would be its end.
pub(super) fn not_itself(database: &Path, file: &Path) -> Result<(), StoreError> {
    match (fs::canonicalize(database), fs::canonicalize(file)) {
        (Ok(database), Ok(same)) if database == same => {
            Err(StoreError::new(format!("{} is the database itself", file.display())))
        }
        _ => Ok(()),
    }
}
