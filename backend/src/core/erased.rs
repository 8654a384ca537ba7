//! Erasures that a restore would undo.

use cercle_domain::id::CommunityId;

use super::draft::Draft;
use super::whole::Whole;
use crate::store::{Erased, Since, Write};

/// Who erased themselves after a backup was made is erased from what it holds. See [`crate::store::EraseAgain`].
#[must_use]
pub fn erase_again(community: CommunityId, since: Since, erased: Erased) -> Option<Write> {
    let mut whole = Whole::empty();
    if !whole.catch_up(since) {
        return None;
    }
    let mut draft = Draft::on(&whole);
    draft.erase_again(erased);
    draft.write(community)
}
