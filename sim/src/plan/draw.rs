//! Drawing a plan by lot. What is drawn is meant to hurt: few topics, many hands, every fault within reach of every other.

use super::chance::Chance;
use super::{Act, Blow, Crash, Fate, Line, Loss, Plan, Shape, Version};

const YEAR: i64 = 365 * 24 * 3_600 * 1_000;
/// Of how many histories one runs on a SQLite file: it takes a hundred times as long as one in memory.
const SQLITE_EVERY: u64 = 500;

impl Plan {
    /// The plan of one history of a run.
    #[must_use]
    pub fn draw(seed: u64, number: u64) -> Self {
        let mut chance = Chance::new(seed, number);
        let shape = shape(&mut chance, number);
        let mut lines = Vec::new();
        for tab in 0..shape.profiles.len() {
            acts(&mut chance, &shape, tab, &mut lines);
            fates(&mut chance, tab, &mut lines);
            crashes(&mut chance, tab, &mut lines);
        }
        blows(&mut chance, &shape, &mut lines);
        Self { seed, number, shape, lines }
    }
}

fn shape(chance: &mut Chance, number: u64) -> Shape {
    let tabs = chance.between(3, 5);
    let mut profiles = vec![0];
    for _ in 1..tabs {
        let last = profiles[profiles.len() - 1];
        profiles.push(if chance.permille(250) { last } else { last + 1 });
    }
    let mixed = chance.permille(250);
    let older = profiles.iter().map(|_| mixed && chance.permille(400)).collect();
    Shape {
        profiles,
        locks: chance.permille(700),
        servers: if chance.permille(200) { 2 } else { 1 },
        page: chance.one_of(&[3, 10, 50, 1_000]),
        sqlite: number % SQLITE_EVERY == SQLITE_EVERY - 1,
        json: mixed || chance.permille(100),
        older,
        end: 60_000,
        told: chance.permille(500),
    }
}

fn acts(chance: &mut Chance, shape: &Shape, tab: usize, lines: &mut Vec<Line>) {
    let mut at = chance.below(500);
    for _ in 0..chance.between(100, 200) {
        // Bursts with pauses between, as people are.
        if chance.permille(250) {
            at += chance.below(3_000);
        }
        lines.push(Line::Act(at % shape.end, tab, act(chance, tab == 0)));
    }
}

fn act(chance: &mut Chance, tends: bool) -> Act {
    let topic = |chance: &mut Chance| u32::from(chance.small(12));
    let tending = if tends { 180 } else { 5 };
    if chance.permille(tending) {
        return match chance.below(10) {
            0..=4 => Act::Move(topic(chance), chance.small(6)),
            5..=6 => Act::Merge(topic(chance), topic(chance)),
            7 => Act::Unmerge(topic(chance)),
            8 => Act::Edit(topic(chance)),
            _ => Act::Settle(chance.permille(500)),
        };
    }
    match chance.below(1_000) {
        0..=59 => Act::Propose(chance.permille(300)),
        60..=559 => Act::Vote(topic(chance), chance.permille(650)),
        560..=629 => Act::Follow(topic(chance), chance.permille(600)),
        630..=759 => Act::Volunteer(topic(chance), chance.small(4)),
        760..=809 => Act::StepBack(topic(chance)),
        810..=889 => Act::Join(u32::from(chance.small(100))),
        890..=904 => Act::Leave,
        905..=910 if !tends => Act::Erase,
        911..=957 => Act::Look(topic(chance)),
        958..=967 => Act::LetGo,
        _ => Act::Hide(chance.permille(400)),
    }
}

fn fates(chance: &mut Chance, tab: usize, lines: &mut Vec<Line>) {
    let bad = chance.one_of(&[0, 100, 300, 500]);
    for request in 0..120 {
        if !chance.permille(bad) {
            continue;
        }
        let fate = match chance.below(16) {
            0..=4 => Fate::Slow(chance.below(2_000), chance.below(2_000)),
            5 => Fate::Slow(chance.below(12_000), chance.below(12_000)),
            6 | 7 => Fate::Lost,
            8 | 9 => Fate::NoAnswer,
            10 | 11 => Fate::Twice(chance.below(9_000)),
            12 => Fate::Later(chance.permille(500).then(|| chance.below(5_000))),
            13 => chance.one_of(&[Fate::Unauthorized, Fate::BadAnswer]),
            14 => Fate::Reset,
            _ => Fate::Refused,
        };
        lines.push(Line::Fate(tab, request, fate));
    }
}

fn crashes(chance: &mut Chance, tab: usize, lines: &mut Vec<Line>) {
    for _ in 0..chance.below(4) {
        let loss = match chance.below(10) {
            0..=3 => Loss::Tab,
            4 | 5 => Loss::Browser,
            6 | 7 => Loss::Relaxed,
            8 => Loss::Tail(1 + chance.small(6)),
            _ => Loss::Wiped,
        };
        let step = u32::from(chance.small(250));
        let crash = Crash { done: chance.permille(500), loss, back: chance.below(8_000) };
        lines.push(Line::Crash(tab, step, crash));
    }
}

fn blows(chance: &mut Chance, shape: &Shape, lines: &mut Vec<Line>) {
    let profiles = shape.profiles[shape.profiles.len() - 1] + 1;
    for _ in 0..chance.below(8) {
        let blow = match chance.below(13) {
            12 => Blow::TokenExpires(chance.index(profiles)),
            0 | 1 => Blow::ServerDies(chance.below(6_000)),
            2 | 3 => Blow::ServerDiesInCommit(chance.permille(500), chance.below(6_000)),
            4 | 5 => Blow::CommitFails(chance.permille(500)),
            6 | 7 => Blow::ClockJumps(chance.index(profiles), chance.one_of(&[YEAR, -YEAR, 60_000, -60_000])),
            8..=10 => Blow::Offline(chance.index(profiles), chance.below(20_000), chance.permille(600)),
            _ => Blow::Version(if shape.json {
                chance.one_of(&[Version::Newer, Version::Older, Version::Same])
            } else {
                Version::Same
            }),
        };
        lines.push(Line::Blow(chance.below(shape.end), blow));
    }
    if chance.permille(150) {
        let backup = chance.below(shape.end / 2);
        lines.push(Line::Blow(backup, Blow::Backup));
        let restore = backup + chance.below(shape.end / 2);
        lines.push(Line::Blow(restore, Blow::Restore(chance.below(4_000))));
    }
}
