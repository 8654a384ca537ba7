//! The topics that say nearly the same as one that is being proposed.

use cercle_domain::Slice;
use cercle_domain::id::TopicId;
use cercle_domain::similar::{ALIKE, Gist};

/// How many are offered at most.
const OFFERED: usize = 3;

/// A few topics that say nearly the same as `text`, the most alike first. Looks at every title, so it is asked when the text
/// or the topics change, and not whenever something is drawn.
pub(super) fn alike(slice: &Slice, text: &str) -> Vec<TopicId> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let gist = Gist::of(text);
    let mut alike = Vec::new();
    for (id, topic) in slice.topics().filter(|(_, topic)| topic.merged_into.is_none()) {
        let likeness = gist.likeness(&Gist::of(&topic.wording.title));
        if likeness >= ALIKE {
            alike.push((likeness, id));
        }
    }
    alike.sort_unstable_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
    alike.into_iter().take(OFFERED).map(|(_, id)| id).collect()
}
