//! The second copy of what nobody else has: the device's key, the drafts and the acts that wait, in a cache of the
//! browser beside its database. Pure: what stands on both sides in, what to mend out; [`super::indexed_db`] does it.
//!
//! Browsers lose databases: a Chromium that was killed has been seen to begin with an empty one, and all that it says is
//! that there was none. Caches are kept apart from databases, and outlived every one of those kills.
//!
//! The key tells a wipe from a first visit: it is random, made once, and the first thing that a database holds. A copy
//! that has a key beside a database that has none was left behind by a wipe. Acts are put back in the order in which the
//! copy got them; those that the backend has it does not do again, because they keep their ids. Rows are not copied: the
//! backend sends them again. Where there is no backend there is no second copy.

use super::DeviceKey;
use super::schema::{DRAFTS, KEY, Record, Spot, Write, named, parse};
use crate::app::effect::{Entry, Place};

/// What stands in the second copy: JSON by name, in the order in which it came. Acts stand under their ids.
pub(super) type Copy = Vec<(String, String)>;

/// What makes the two agree.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Amends {
    /// What the database gets back.
    pub(super) back: Vec<Write>,
    /// What the copy lacks.
    pub(super) lacking: Vec<(String, Vec<u8>)>,
    /// Acts that the copy holds although they are done.
    pub(super) done: Vec<String>,
}

/// Compares the copy with the records that it is a copy of.
pub(super) fn compare(records: &[Record], copy: &Copy) -> Amends {
    let mut amends = Amends::default();
    let copied = |name: &str| copy.iter().find(|(is, _)| is == name).map(|(_, text)| text.as_bytes());
    let is_key = |json: &&[u8]| parse::<DeviceKey>(Some(json)).is_some();
    let (key, copied_key) = (find(records, KEY).filter(is_key), copied(KEY).filter(is_key));
    match (key, copied_key) {
        (Some(key), copied_key) if copied_key != Some(key) => amends.lacking.push((KEY.into(), key.into())),
        (None, Some(copied_key)) => {
            amends.back.push(Write::Put(named(KEY), copied_key.into()));
            let drafts = copied(DRAFTS).filter(|_| find(records, DRAFTS).is_none());
            amends.back.extend(drafts.map(|drafts| Write::Put(named(DRAFTS), drafts.into())));
        }
        _ => {}
    }

    let held: Vec<Held<'_>> = records.iter().filter_map(Held::read).collect();
    let (mut acts, mut returns) = (Vec::new(), false);
    for (id, text) in copy.iter().filter(|(name, _)| name != KEY && name != DRAFTS) {
        match held.iter().find(|act| act.id == *id) {
            Some(act) => acts.push(act.json),
            // The same database has let go of it.
            None if key.is_some() && key == copied_key => amends.done.push(id.clone()),
            None if parse::<Entry>(Some(text.as_bytes())).is_some() => {
                acts.push(text.as_bytes());
                returns = true;
            }
            None => {}
        }
    }
    for act in held.iter().filter(|act| copied(&act.id).is_none()) {
        acts.push(act.json);
        amends.lacking.push((act.id.clone(), act.json.into()));
    }
    if returns {
        // What was done since the wipe comes behind what was done before it.
        amends.back.extend(held.iter().map(|act| Write::Delete(act.spot.clone())));
        amends.back.extend(acts.into_iter().map(|act| Write::Add(act.into())));
    }
    amends
}

/// The names of these acts in the copy.
pub(super) fn names(records: &[Record], places: &[Place]) -> Vec<String> {
    let held = records.iter().filter_map(Held::read);
    let among = |act: &Held<'_>| places.iter().any(|place| *act.spot == Spot::Act(place.0));
    held.filter(among).map(|act| act.id).collect()
}

/// The name of an act.
pub(super) fn name(act: &Entry) -> String {
    act.id.to_string()
}

/// An act in the database.
struct Held<'a> {
    id: String,
    spot: &'a Spot,
    json: &'a [u8],
}

impl<'a> Held<'a> {
    fn read((spot, json): &'a Record) -> Option<Self> {
        let json = json.as_deref().filter(|_| matches!(spot, Spot::Act(_)))?;
        let act: Entry = parse(Some(json))?;
        Some(Self { id: name(&act), spot, json })
    }
}

fn find<'a>(records: &'a [Record], key: &str) -> Option<&'a [u8]> {
    let is = |spot: &Spot| matches!(spot, Spot::Meta(is) if is == key);
    records.iter().find(|(spot, _)| is(spot))?.1.as_deref()
}

#[cfg(test)]
mod tests;
