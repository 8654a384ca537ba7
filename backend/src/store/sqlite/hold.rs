//! Who has a database open: a lock on its folder, shared by all who use it and held alone by whoever replaces the file.
//!
//! SQLite's own locks keep transactions apart. This one keeps the file itself from being exchanged under a server that
//! has it open, and a server from starting while that is done. It lies on the folder, so there is no file to leave
//! behind, and the operating system takes it back from whoever is killed.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::store::StoreError;

/// The lock, for as long as it lives.
#[derive(Debug)]
pub(super) struct Hold(#[expect(dead_code, reason = "it holds by being open")] File);

impl Hold {
    /// One of those who use this database.
    pub(super) fn shared(database: &Path) -> Result<Self, StoreError> {
        let folder = folder(database)?;
        match folder.try_lock_shared() {
            Ok(()) => Ok(Self(folder)),
            Err(TryLockError::WouldBlock) => {
                Err(StoreError::new("a restore is just replacing it; try again when that is done"))
            }
            Err(TryLockError::Error(error)) => Err(StoreError::new(error)),
        }
    }

    /// The only one; none if somebody uses the database.
    pub(super) fn alone(database: &Path) -> Result<Option<Self>, StoreError> {
        let folder = folder(database)?;
        match folder.try_lock() {
            Ok(()) => Ok(Some(Self(folder))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(StoreError::new(error)),
        }
    }
}

fn folder(database: &Path) -> Result<File, StoreError> {
    let folder = super::folder_of(database);
    File::open(folder).map_err(|error| StoreError::new(format!("{}: {error}", folder.display())))
}
