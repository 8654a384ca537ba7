//! Four tabs of one browser on one board; the renderer of one gets SIGSTOP, in the middle of a push or of writing to the
//! device, and holds whatever it holds. The others must go on, and nothing may be done twice once it runs again.
//!
//! Chromium alone: Firefox's driver itself waits for a tab that stands still, and cannot speak to the others meanwhile.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use super::Order;
use super::board;
use super::dice::Dice;
use super::page::{Page, next_run};
use super::report::{Column, Report};
use crate::rig::browser::Browser;
use crate::rig::engine::Engine;
use crate::rig::process::{signal, worked};
use crate::rig::proxy::{Fault, Proxy, Weather};
use crate::rig::site::Site;
use crate::rig::wait::{at_a_moment, until, within};

/// Stops an engine where nobody says how many.
const CYCLES: usize = 4;
const TABS: usize = 4;
const TOPICS: usize = 80;
/// People act in tabs that they see; of these only one is in sight, and Chromium wakes the others once a second, after five
/// minutes once a minute. Windows side by side would share a process, and could not be stopped one by one.
const AS_IF_IN_SIGHT: [&str; 2] =
    ["--disable-background-timer-throttling", "--disable-renderer-backgrounding"];
/// Between two rounds. The backend lets a person ask ten times a second; all tabs are one person, and quicker than any.
const BREATH: Duration = Duration::from_secs(1);
/// What people are promised, in milliseconds.
const PROMISED: f64 = 2_000.0;
/// How long a tab stays stopped at most.
const STOPPED: Duration = Duration::from_secs(12);
/// How long a tab that is not stopped has to keep its votes.
const KEPT: Duration = Duration::from_secs(5);
/// How long a tab has to show what the others did.
const SHOWN: Duration = Duration::from_secs(10);

pub(super) fn run(site: &Site, order: &Order, report: &mut Report) {
    if let Some(missing) = Engine::Chromium.missing() {
        println!("NOTICE not tortured: {missing}");
    } else if order.wants("chromium") {
        report.add(&torture(site, Engine::Chromium, order));
    }
}

/// What a tab is in the middle of when it is stopped.
#[derive(Clone, Copy, PartialEq)]
enum Middle {
    /// Its push is with the server, and its turn among the tabs with it.
    Push,
    /// A burst of votes on its way to the device.
    Write,
    /// Nothing: it is not stopped, so that there is something to compare with.
    Peace,
}

impl Middle {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Push, "stopped in a push"),
        (Self::Write, "stopped in writing"),
        (Self::Peace, "nobody stopped"),
    ];
}

#[derive(Default)]
struct Count {
    kept: [Vec<f64>; 3],
    saved: [Vec<f64>; 3],
    not_kept: [usize; 3],
    not_saved: [usize; 3],
    in_memory: usize,
    stuck: usize,
    acts: usize,
    notes: BTreeSet<String>,
}

fn torture(site: &Site, engine: Engine, order: &Order) -> Column {
    let (server, topics) = board::open(&[site.origin("tabs")], TOPICS);
    let proxy = Proxy::to(server.address);
    board::page(site, "/tabs.html", &proxy.url());
    let browser = Rc::new(Browser::start_with(engine, &json!(AS_IF_IN_SIGHT)));
    let address = || format!("{}/tabs.html?run={}&topics={TOPICS}", site.origin("tabs"), next_run());
    let tabs: Vec<Page> = (0..TABS).map(|_| Page::open(&browser, &address())).collect();
    for tab in &tabs {
        until("the board is there", || tab.is_complete());
    }
    let renderers: Vec<u32> = tabs.iter().map(renderer).collect();
    let mut column = Column::of(format!("{engine} {}, {TABS} tabs as if in sight", browser.version));
    if renderers.iter().collect::<BTreeSet<_>>().len() < TABS {
        column.figure("not stopped: tabs share a process, one alone cannot be", "-");
        column.notes.push(format!("the tabs' processes: {renderers:?}"));
        return column;
    }
    let mut dice = Dice::new(order.seed);
    let (mut votes, mut count) = (BTreeSet::new(), Count::default());
    let cycles = order.cycles.unwrap_or(CYCLES);
    for cycle in 0..cycles {
        let (middle, _) = Middle::ALL[cycle % Middle::ALL.len()];
        stop_one(&proxy, &tabs, &renderers, middle, &mut votes, &mut dice, &mut count);
        at_a_moment(BREATH);
        if (cycle + 1).is_multiple_of(10) {
            eprintln!(
                "{engine}: {} stops, {:?} not kept, {:?} not saved in time",
                cycle + 1,
                count.not_kept,
                count.not_saved
            );
        }
    }
    column.figure("rounds: a third of each kind", cycles);
    column.figure("not played, the tab to be stopped being in memory", count.in_memory);
    column.figure("acts", count.acts);
    column.figure(
        "requests told to come later, too many at once",
        tabs.iter().map(Page::told_to_come_later).sum::<u64>(),
    );
    for (index, (_, what)) in Middle::ALL.iter().enumerate() {
        column.times(&format!("{what}: the others' votes on this device"), &count.kept[index]);
        column.times(&format!("{what}: the others' votes saved"), &count.saved[index]);
        column.must_be_none(&format!("{what}: tabs not kept in 2 s"), count.not_kept[index]);
        column.must_be_none(&format!("{what}: tabs not saved in 2 s"), count.not_saved[index]);
    }
    column.must_be_none("tabs not saved 90 s after all ran again", count.stuck);
    let expected: Vec<u32> = (1..=TOPICS).map(|topic| u32::from(votes.contains(&topic))).collect();
    let counted = board::tallies(&server, &topics);
    column.must_be_none(
        "topics with a wrong tally on the server",
        counted.iter().zip(&expected).filter(|(now, then)| now != then).count(),
    );
    let shows = |tab: &Page| {
        within(SHOWN, || {
            if tab.votes() == votes {
                Ok(())
            } else {
                Err(format!("a tab shows {:?} rather than {votes:?}", tab.votes()))
            }
        })
    };
    let others: Vec<String> = tabs.iter().filter_map(|tab| shows(tab).err()).collect();
    column.must_be_none("tabs that show other votes 10 s later", others.len());
    column.notes.extend(others);
    column.notes.extend(count.notes);
    column
}

/// The process that draws a tab: the one that works when the tab does.
fn renderer(tab: &Page) -> u32 {
    let family = tab.browser.family();
    let before: Vec<u64> = family.iter().map(|process| worked(*process)).collect();
    let work = "const end = performance.now() + 600; let n = 0; while (performance.now() < end) n += 1; return n > 0";
    assert_eq!(tab.run(work, &[]), Ok(true.into()), "the tab works");
    let after = family
        .iter()
        .zip(before)
        .map(|(process, before)| (worked(*process).saturating_sub(before), *process));
    after.max().map(|(_, process)| process).expect("a browser has processes")
}

/// Topics of one tab alone, so that nobody has to guess who came last.
fn own(tab: usize, how_many: usize, dice: &mut Dice) -> BTreeSet<usize> {
    let all: Vec<usize> = (1..=TOPICS).filter(|topic| topic % TABS == tab).collect();
    (0..how_many).map(|_| dice.among(&all)).collect()
}

#[expect(clippy::disallowed_methods, reason = "how long the others wait is the figure")]
fn stop_one(
    proxy: &Proxy,
    tabs: &[Page],
    renderers: &[u32],
    middle: Middle,
    votes: &mut BTreeSet<usize>,
    dice: &mut Dice,
    count: &mut Count,
) {
    let stopped = dice.below(TABS);
    let index = Middle::ALL.iter().position(|(other, _)| *other == middle).unwrap_or(0);
    let mut act = |tab: usize, how_many: usize, dice: &mut Dice| {
        for (topic, on) in tabs[tab].click(&own(tab, how_many, dice)) {
            count.acts += 1;
            if on {
                votes.insert(topic);
            } else {
                votes.remove(&topic);
            }
        }
    };
    let posts = proxy.met().all();
    if middle == Middle::Push {
        proxy.is(Weather::Bad(Fault::Stall));
        act(stopped, 2, dice);
        // While it has no device since somebody was stopped before, its votes are nowhere but with the server.
        if within(KEPT, || tabs[stopped].has_kept_all()).is_err() {
            count.in_memory += 1;
            return proxy.is(Weather::Fair);
        }
        // Its own post, or a sibling's for it: whoever heard first may have taken the turn.
        until("somebody pushes", || {
            if proxy.met().all() > posts { Ok(()) } else { Err("nobody does".to_owned()) }
        });
    } else {
        act(stopped, 8, dice);
        at_a_moment(dice.moment(0, 25));
    }
    if middle != Middle::Peace {
        signal(renderers[stopped], Signal::STOP);
    }
    proxy.is(Weather::Fair);
    let others: Vec<usize> = (0..TABS).filter(|tab| *tab != stopped).collect();
    let began = Instant::now();
    for tab in &others {
        act(*tab, 2, dice);
    }
    let passed = || began.elapsed().as_secs_f64() * 1_000.0;
    let limit = || STOPPED.saturating_sub(began.elapsed());
    for tab in &others {
        let seen = within(limit(), || tabs[*tab].has_kept_all());
        count.kept[index].push(passed());
        count.not_kept[index] += usize::from(seen.is_err() || passed() > PROMISED);
    }
    for tab in &others {
        let seen = within(limit(), || tabs[*tab].has_saved_all());
        count.saved[index].push(passed());
        count.not_saved[index] += usize::from(seen.is_err() || passed() > PROMISED);
        if passed() > PROMISED {
            let (end, kind) = (seen.map_or_else(|seen| seen, |()| "saved".to_owned()), Middle::ALL[index].1);
            count.notes.insert(format!(
                "{kind}: {end} after {:.0} ms; {}",
                passed(),
                tabs[*tab].story(STOPPED)
            ));
        }
    }
    if middle != Middle::Peace {
        signal(renderers[stopped], Signal::CONT);
    }
    for tab in tabs {
        if let Err(seen) = within(Duration::from_secs(90), || tab.has_saved_all()) {
            count.stuck += 1;
            count.notes.insert(format!("not saved after all ran again: {seen}"));
        }
    }
}
