//! What a history comes to, once everything has healed and is at rest.

use std::collections::{BTreeMap, BTreeSet};

use cercle::app::effect::Entry;
use cercle::app::screen::Bar;
use cercle::app::{Input, Intent, project};
use cercle_backend::store::{self, StoreError};
use cercle_domain::id::{Millis, OpId, PersonId};
use cercle_domain::protocol::WireRow;
use cercle_domain::{Key, Op, Rejection};

use crate::oracle::Oracle;
use crate::world::{DIVERGED, Shelf, World};

/// What a history must never come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// The backend acknowledged an op and does not know it any more.
    LostAcknowledged,
    /// An op was shown as kept on a device, and is neither there nor on the backend.
    LostKept,
    /// An op took effect twice.
    Twice,
    /// An op was taken that should not have been, or the other way round.
    WronglyTaken,
    /// Two places that should hold the same do not.
    Diverged,
    /// A tab found that its rows and the backend's have different digests.
    Digest,
    /// An outbox does not empty.
    Stuck,
    /// A tab would not hear of news any more.
    Deaf,
}

impl Judgement {
    /// Every judgement, the gravest first.
    pub const ALL: [Self; 8] = [
        Self::LostAcknowledged,
        Self::LostKept,
        Self::Twice,
        Self::WronglyTaken,
        Self::Diverged,
        Self::Digest,
        Self::Stuck,
        Self::Deaf,
    ];

    /// What the report calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LostAcknowledged => "acknowledged ops lost",
            Self::LostKept => "ops kept on a device lost",
            Self::Twice => "ops applied twice",
            Self::WronglyTaken => "ops wrongly taken or refused",
            Self::Diverged => "places that disagree",
            Self::Digest => "digests that differ",
            Self::Stuck => "outboxes stuck",
            Self::Deaf => "tabs that hear no news",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub judgement: Judgement,
    /// The particulars.
    pub what: String,
}

/// Under what name acts are counted that wait on their device for what others never brought back.
const HELD_BACK: &str = "op held back after a restore";

/// Judges a world that has been played.
pub(crate) fn judge(world: &mut World<'_>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    let mut found = |judgement, what: String| faults.push(Fault { judgement, what });

    let waiting = world.waiting();
    for (id, profile) in &waiting {
        let op = world.records.acts.get(id).map(|(_, op)| op);
        found(Judgement::Stuck, format!("{id} waits on profile {profile}: {op:?}"));
    }
    for tab in world.deaf() {
        found(Judgement::Deaf, format!("tab {tab} does not listen"));
    }

    for _ in 0..world.records.counts.of(DIVERGED) {
        found(Judgement::Digest, "a tab said so".to_owned());
    }

    let log = world.server.log_after(0);
    let logged: BTreeSet<OpId> = log.iter().map(|entry| entry.op).collect();
    let refused = world.refused();
    if logged.len() < log.len() {
        found(Judgement::Twice, format!("{} lines of the log are repetitions", log.len() - logged.len()));
    }
    for ((epoch, id), times) in &world.records.first_times {
        if *times > 1 {
            found(Judgement::Twice, format!("{id} was new to {epoch} {times} times"));
        }
    }

    let oracle = second_opinion(world, &log, &mut found);
    let anew = world.records.first_times.keys().map(|(_, id)| id).collect::<Vec<_>>();
    let brought_back = anew.len() - anew.into_iter().collect::<BTreeSet<_>>().len();
    let held = acknowledged_but_unknown(world, &oracle, &log, &refused, &mut found);
    let (_, rows) = world.server.rows()?;
    for difference in oracle.differs_from(&rows) {
        found(Judgement::Diverged, format!("backend: {difference}"));
    }
    if waiting.is_empty() {
        compare_profiles(world, &oracle, &rows, &mut found);
        compare_screens(world, &oracle, &mut found);
    }
    world.records.counts.add_many(HELD_BACK, held);
    world.records.counts.add_many("op brought back after a restore", brought_back);
    Ok(faults)
}

/// Looks for acts that were acknowledged and are not in the log, which an older backup can come to. What stays on its
/// device because the rules would still refuse it (its topic never came back) is not lost; says how many those are.
fn acknowledged_but_unknown(
    world: &World<'_>,
    oracle: &Oracle,
    log: &[store::Entry],
    refused: &[OpId],
    found: &mut impl FnMut(Judgement, String),
) -> usize {
    let mut held: BTreeSet<OpId> = BTreeSet::new();
    for profile in &world.profiles {
        profile.device.look(|shelf| {
            let acts = shelf.saved.values().map(|saved| &saved.act);
            let too_early = |act: &&Entry| shelf.me.is_some_and(|me| !oracle.takes(me, &act.op));
            held.extend(acts.filter(too_early).map(|act| act.id));
        });
    }
    let logged: BTreeSet<OpId> = log.iter().map(|entry| entry.op).collect();
    // Whoever was erased took with them what they did in other tabs at that moment.
    let actor = |id: &OpId| world.records.actors.get(id).copied();
    let erasures = world.records.acts.iter().filter(|(_, (_, op))| matches!(op, Op::Erase {}));
    let erased: BTreeSet<PersonId> = erasures.filter_map(|(id, _)| actor(id)).collect();
    let excused = |id: &OpId| {
        world.records.excused.contains(id) || actor(id).is_some_and(|actor| erased.contains(&actor))
    };
    // Once refused for want of what somebody else had yet to bring back, an act is refused for good.
    let leaves = |entry: &store::Entry| {
        matches!(entry.t.as_str(), "member.leave" | "member.erase") && entry.rejected.is_none()
    };
    let left: BTreeSet<PersonId> =
        log.iter().filter(|entry| leaves(entry)).filter_map(|entry| actor(&entry.op)).collect();
    let too_early = log.iter().filter(|entry| match entry.rejected {
        Some(Rejection::UnknownTopic | Rejection::Forbidden) => true,
        // Who left or was erased took their offers back, whichever tab says so first.
        Some(Rejection::JoinFirst) => !actor(&entry.op).is_some_and(|actor| left.contains(&actor)),
        _ => false,
    });
    for entry in too_early.filter(|entry| world.records.acknowledged.contains(&entry.op)) {
        let why = entry.rejected.map_or("", Rejection::code);
        found(Judgement::LostAcknowledged, format!("{why}: {}", describe(world, entry.op)));
    }
    let mut count = 0;
    for id in &world.records.acknowledged {
        let there = logged.contains(id) || refused.contains(id) || excused(id);
        if held.contains(id) && !there {
            count += 1;
        } else if !there {
            found(Judgement::LostAcknowledged, describe(world, *id));
        }
    }
    for id in world.records.kept.difference(&world.records.answered) {
        let waits = held.contains(id) || world.waiting().contains_key(id);
        if !waits && !logged.contains(id) && !refused.contains(id) && !excused(id) {
            found(Judgement::LostKept, describe(world, *id));
        }
    }
    count
}

fn describe(world: &World<'_>, id: OpId) -> String {
    match world.records.acts.get(&id) {
        Some((profile, op)) => format!("{id} of profile {profile}: {op:?}"),
        None => format!("{id}, which nobody did"),
    }
}

/// What the community should be, from the log alone.
fn second_opinion(
    world: &World<'_>,
    log: &[store::Entry],
    found: &mut impl FnMut(Judgement, String),
) -> Oracle {
    let mut oracle = Oracle::default();
    for entry in log {
        if entry.t == "facilitator.claim" {
            entry.actor.into_iter().for_each(|actor| oracle.appoint(actor));
            continue;
        }
        let act = world.records.acts.get(&entry.op).zip(world.records.actors.get(&entry.op));
        let Some(((_, op), actor)) = act else {
            found(Judgement::Twice, format!("the log knows {}, which nobody did", entry.op));
            continue;
        };
        // An older backend may not know an op; it says so, and that is not for the rules to judge.
        if entry.rejected != Some(Rejection::Unsupported) {
            let (should, was) = (oracle.takes(*actor, op), entry.rejected.is_none());
            if should != was {
                let why = entry.rejected.map_or("taken", Rejection::code);
                found(Judgement::WronglyTaken, format!("{}: {op:?} was {why}", entry.op));
            }
        }
        if entry.rejected.is_none() {
            oracle.happens(*actor, entry.op, op);
        }
    }
    oracle
}

/// Each profile keeps exactly the rows that its person may see, in the backend's versions.
fn compare_profiles(
    world: &mut World<'_>,
    oracle: &Oracle,
    rows: &[WireRow],
    found: &mut impl FnMut(Judgement, String),
) {
    for (nth, profile) in world.profiles.iter().enumerate() {
        profile.device.look(|shelf| {
            let Some(me) = shelf.me else { return };
            let visible = |row: &&WireRow| row.row.is_some() && oracle.shows(me, &row.key);
            let should: BTreeMap<Key, &WireRow> =
                rows.iter().filter(visible).map(|row| (row.key, row)).collect();
            let has: BTreeMap<Key, &WireRow> = shelf.rows.iter().map(|(key, row)| (*key, row)).collect();
            // Looks alone wake nobody: their number may be an older one.
            let older = |row: &WireRow, other: &WireRow| {
                matches!(row.key, Key::Exposure(_)) && row.ver <= other.ver && row.row.is_some()
            };
            let fits = |row: &WireRow, other: &&WireRow| row == *other || older(row, other);
            let missing = should.values().filter(|row| !has.get(&row.key).is_some_and(|has| fits(has, row)));
            let extra = has.values().filter(|row| !should.get(&row.key).is_some_and(|has| fits(row, has)));
            let (missing, extra): (Vec<_>, Vec<_>) = (missing.collect(), extra.collect());
            if !missing.is_empty() || !extra.is_empty() {
                found(
                    Judgement::Diverged,
                    format!("profile {nth}: should have {missing:?} rather than {extra:?}"),
                );
            }
        });
    }
}

/// Each tab shows what its person should see.
fn compare_screens(world: &mut World<'_>, oracle: &Oracle, found: &mut impl FnMut(Judgement, String)) {
    for tab in 0..world.tabs.len() {
        world.take(tab, Input::Intent(Intent::ShowNews));
        let profile = world.tabs[tab].profile;
        let Some(me) = world.profiles[profile].device.look(|shelf| shelf.me) else { continue };
        let screen = project(&world.tabs[tab].model, Millis(world.clock(profile)));
        for difference in oracle.differs_on(&screen, me) {
            found(Judgement::Diverged, format!("screen of tab {tab}: {difference}"));
        }
        // What waits for somebody who never comes back is told for as long as it waits.
        let waits = world.profiles[profile].device.look(Shelf::waits_for_others);
        for bar in screen.bars.iter().filter(|bar| **bar != Bar::HeldBack(waits)) {
            found(Judgement::Diverged, format!("screen of tab {tab} still says {bar:?}"));
        }
    }
}
