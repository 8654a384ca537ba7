//! What keeps a browser's databases, and what it leaves on disk.

use std::fs;
use std::path::Path;

use crate::rig::engine::Engine;

/// Something that keeps a browser's databases.
pub(super) struct BackEnd {
    pub(super) name: &'static str,
    pub(super) engine: Engine,
    /// Arguments of the browser.
    pub(super) extra: &'static [&'static str],
}

pub(super) const BACK_ENDS: [BackEnd; 3] = [
    BackEnd { name: "chromium", engine: Engine::Chromium, extra: &[] },
    BackEnd {
        name: "chromium-sqlite",
        engine: Engine::Chromium,
        extra: &["--enable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout"],
    },
    BackEnd { name: "firefox", engine: Engine::Firefox, extra: &[] },
];

/// What the browser keeps its databases in, by the ends of their names.
pub(super) fn storage_of(profile: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![profile.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let within = path.to_string_lossy().to_lowercase().replace("indexeddb", "idb");
            if name.ends_with(".leveldb") {
                found.push("LevelDB".to_owned());
            } else if path.is_dir() {
                folders.push(path);
            } else if within.contains("idb") && !name.ends_with("-wal") && !name.ends_with("-shm") {
                let head = fs::read(&path).unwrap_or_default();
                found.extend(head.starts_with(b"SQLite format 3").then(|| "SQLite".to_owned()));
            }
        }
    }
    found
}
