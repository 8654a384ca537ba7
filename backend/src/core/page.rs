//! Answers: the rows that changed after somebody's cursor, as far as they may see them.
//!
//! An answer holds whole versions, so that a cursor never lies within one, and a first page reaches at least to the
//! horizon, below which nobody could go on. Every page is made from the latest state: a row that changes while somebody
//! turns pages simply comes later.

use cercle_domain::Key;
use cercle_domain::digest::Digest;
use cercle_domain::id::{PersonId, Ver};
use cercle_domain::protocol::{PAGE_ROWS, WireRow};

use super::whole::Whole;

/// One page.
pub(super) struct Page {
    pub(super) rows: Vec<WireRow>,
    pub(super) cursor: Ver,
    pub(super) more: bool,
    pub(super) reset: bool,
    pub(super) digest: Option<Digest>,
}

impl Whole {
    /// The next rows for somebody who stands at `since`; `None` is somebody who starts afresh.
    pub(super) fn page(&self, person: PersonId, since: Option<Ver>, limit: usize) -> Page {
        let since = since.filter(|since| (self.horizon..=self.ver).contains(since));
        let reset = since.is_none();
        let since = since.unwrap_or_default();
        if limit == 0 {
            return self.knock(reset, since);
        }

        let (mut rows, cursor, more) = self.rows(person, since, limit.min(PAGE_ROWS));
        if self.entitlement_changed(person, since, cursor) {
            self.all_tallies(person, since, reset, &mut rows);
        }
        rows.sort_by_key(|row| (row.ver, row.key));
        Page { rows, cursor, more, reset, digest: (!more).then(|| self.digest(person)) }
    }

    /// Whether there is anything new, and nothing else.
    fn knock(&self, reset: bool, since: Ver) -> Page {
        Page { rows: Vec::new(), cursor: since, more: reset || self.loud > since, reset: false, digest: None }
    }

    fn rows(&self, person: PersonId, since: Ver, limit: usize) -> (Vec<WireRow>, Ver, bool) {
        let mut rows: Vec<WireRow> = Vec::new();
        // How many of them belong to versions that are complete, and the last of those versions.
        let (mut complete, mut cursor) = (0, since);
        for (ver, key) in self.after(since) {
            if rows.last().is_some_and(|last| last.ver < ver) {
                complete = rows.len();
                cursor = Ver(ver.0 - 1);
            }
            if !self.slice.shows(person, &key) {
                continue;
            }
            if rows.len() >= limit && complete > 0 && cursor >= self.horizon {
                rows.truncate(complete);
                return (rows, cursor, true);
            }
            rows.push(self.wire(key, ver));
        }
        (rows, self.ver, false)
    }

    /// Whether what decides about seeing tallies changed within these versions.
    fn entitlement_changed(&self, person: PersonId, since: Ver, cursor: Ver) -> bool {
        [Key::Community, Key::Voter(person)]
            .iter()
            .filter_map(|key| self.ver_of(key))
            .any(|ver| since < ver && ver <= cursor)
    }

    /// Who has just been allowed to see tallies gets all of them, whatever their versions; who no longer is loses them.
    fn all_tallies(&self, person: PersonId, since: Ver, reset: bool, rows: &mut Vec<WireRow>) {
        if self.slice.sees_tallies(person) {
            let older = self.tallies().filter(|(ver, _)| *ver <= since);
            rows.extend(older.map(|(ver, key)| self.wire(key, ver)));
        } else if !reset {
            rows.extend(self.tallies().map(|(ver, key)| WireRow { key, ver, row: None }));
        }
    }
}
