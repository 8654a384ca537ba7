//! A network that fails while people act, and heals: every outbox must run dry, and the server must count each act once.
//!
//! Three pages on two devices at most, two windows and one; each fails together with the others, since they share the way.
//! After each heal the clock runs until every page says that all is saved.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use super::Order;
use super::board;
use super::dice::Dice;
use super::page::{Page, next_run};
use super::report::{Column, Report};
use crate::rig::browser::Browser;
use crate::rig::engine::Engine;
use crate::rig::proxy::{Fault, Proxy, Weather};
use crate::rig::site::Site;
use crate::rig::wait::{at_a_moment, until, within};

/// Failures where nobody says how many: each kind once, and one of them twice.
const CYCLES: usize = 7;
const TOPICS: usize = 60;
/// Most of the time everybody waits for a clock, so several stations fail side by side; few failures need but one.
const STATIONS: usize = 3;
const A_STATION: usize = 50;
/// A network that was away for a moment: a request that nobody answers is given up after three seconds, or six, and the wait
/// behind it is as short. Whoever is later has its story told.
const LATE: Duration = Duration::from_secs(10);
/// However long it was away: 24 seconds, and a minute and a quarter, the longest wait between two tries.
const TOO_LATE: Duration = Duration::from_secs(100);
/// What has not come by then will not come.
const STUCK: Duration = Duration::from_mins(5);
/// How long an act has to be kept.
const KEPT: Duration = Duration::from_secs(15);
/// How long the failure may take to reach somebody.
const NOTICED: Duration = Duration::from_secs(5);

pub(super) fn run(site: &Site, order: &Order, report: &mut Report) {
    let engines =
        [Engine::Chromium, Engine::Firefox].into_iter().filter(|engine| order.wants(&engine.to_string()));
    let (able, unable): (Vec<_>, Vec<_>) = engines.partition(|engine| engine.missing().is_none());
    for engine in &unable {
        println!("NOTICE not tortured: {engine}");
    }
    if !able.is_empty() {
        report.add(&torture(site, order, &able));
    }
}

/// Pages of one browser: one device, and what it voted for.
struct Device {
    browser: Rc<Browser>,
    pages: Vec<Page>,
    votes: BTreeSet<usize>,
}

fn torture(site: &Site, order: &Order, engines: &[Engine]) -> Column {
    let cycles = order.cycles.unwrap_or(CYCLES);
    let stations = cycles.div_ceil(A_STATION).min(STATIONS);
    let count = thread::scope(|scope| {
        let station = |number| {
            move || {
                let mut count = Count::default();
                let all = || station(site, engines, order, number, (cycles, stations), &mut count);
                // A browser that died must not take along what was seen before.
                count.broken = usize::from(catch_unwind(AssertUnwindSafe(all)).is_err());
                count.kinds.truncate(count.drained.len());
                count
            }
        };
        let running: Vec<_> = (0..stations).map(|number| scope.spawn(station(number))).collect();
        let mut all = Count::default();
        for station in running {
            all.add(station.join().expect("a station ends"));
        }
        all
    });
    let mut column = Column::of(format!("{stations} times {}", count.names.join(" + ")));
    column.figure("partitions, each healed", count.kinds.len());
    column.figure("acts, all shown as on this device or saved", count.acts);
    for fault in Fault::ALL {
        let kinds = || count.kinds.iter().zip(&count.drained).filter(|(kind, _)| **kind == fault);
        let healed: Vec<f64> = kinds().map(|(_, took)| *took).collect();
        column.times(&format!("{fault}: from heal to all saved"), &healed);
        let met = count.met.iter().filter(|(with, _)| *with == fault);
        let (requests, ops) =
            met.fold((0, 0), |(requests, ops), (_, more)| (requests + more.0, ops + more.1));
        column.figure(
            &format!("partitions / requests / ops that were {fault}"),
            format!("{} / {requests} / {ops}", healed.len()),
        );
    }
    column.figure("partitions that no request met in time", count.unmet);
    column.times("from heal to all saved on all pages", &count.drained);
    column.must_be_none("acts not shown as on this device in 15 s", count.unkept);
    column.figure("pages that took more than 10 s, each with a note", count.late);
    column.must_be_none("pages that took more than 100 s", count.too_late);
    column.must_be_none("outboxes that did not run dry in 5 min", count.stuck);
    column.figure("ms that the server itself took for a push at most", count.slowest.as_millis());
    column.must_be_none("stations that broke off, their votes not counted on the server", count.broken);
    column.must_be_none("topics with fewer votes on the server than were cast", count.fewer);
    column.must_be_none("topics with more", count.more);
    column.must_be_none("pages that show other votes", count.disagree);
    column.notes.extend(count.notes);
    column
}

/// What came of one station, or of all of them.
#[derive(Default)]
struct Count {
    names: Vec<String>,
    acts: usize,
    kinds: Vec<Fault>,
    /// Requests and ops that met a fault.
    met: Vec<(Fault, (usize, usize))>,
    unmet: usize,
    unkept: usize,
    late: usize,
    too_late: usize,
    stuck: usize,
    fewer: usize,
    more: usize,
    disagree: usize,
    /// Stations that broke off.
    broken: usize,
    slowest: Duration,
    drained: Vec<f64>,
    notes: Vec<String>,
}

impl Count {
    fn add(&mut self, other: Self) {
        if self.names.is_empty() {
            self.names = other.names;
        }
        self.acts += other.acts;
        self.kinds.extend(other.kinds);
        self.met.extend(other.met);
        self.unmet += other.unmet;
        self.unkept += other.unkept;
        self.late += other.late;
        self.too_late += other.too_late;
        self.stuck += other.stuck;
        self.fewer += other.fewer;
        self.more += other.more;
        self.disagree += other.disagree;
        self.broken += other.broken;
        self.slowest = self.slowest.max(other.slowest);
        self.drained.extend(other.drained);
        self.notes.extend(other.notes);
    }
}

/// A backend, a proxy and pages of their own; does its share of all partitions.
fn station(
    site: &Site,
    engines: &[Engine],
    order: &Order,
    number: usize,
    (cycles, stations): (usize, usize),
    count: &mut Count,
) {
    let name = format!("network{number}");
    let (server, topics) = board::open(&[site.origin(&name)], TOPICS);
    let proxy = Proxy::to(server.address);
    board::page(site, &format!("/{name}.html"), &proxy.url());
    let address = format!("{}/{name}.html", site.origin(&name));
    // Two windows of the first browser and one of the second.
    let mut devices: Vec<Device> =
        engines.iter().zip([2, 1]).map(|(engine, tabs)| device(&address, *engine, tabs)).collect();
    let mut dice = Dice::new(order.seed ^ (number as u64) << 32);
    let names = |device: &Device| {
        format!("{} {}, {} windows", device.browser.engine, device.browser.version, device.pages.len())
    };
    count.names = devices.iter().map(names).collect();
    for cycle in (number..cycles).step_by(stations).take_while(|_| !order.is_over()) {
        let kinds = Fault::ALL.len();
        let fault = if cycle < kinds { Fault::ALL[cycle] } else { dice.among(&Fault::ALL) };
        partition(&proxy, &mut devices, fault, &mut dice, count);
        if count.kinds.len().is_multiple_of(10) {
            let done = count.kinds.len();
            let Count { acts, late, stuck, .. } = &*count;
            eprintln!("{name}: {done} partitions, {acts} acts, {late} late, {stuck} stuck");
        }
    }
    let met = proxy.met();
    count.slowest = met.slowest;
    count.met = Fault::ALL.iter().map(|fault| (*fault, met.with(*fault))).collect();
    for (topic, counted) in (1..).zip(board::tallies(&server, &topics)) {
        let cast = devices.iter().filter(|device| device.votes.contains(&topic)).count();
        let counted = usize::try_from(counted).unwrap_or(usize::MAX);
        count.fewer += usize::from(counted < cast);
        count.more += usize::from(counted > cast);
    }
    let differs = |device: &Device| device.pages.iter().filter(|page| page.votes() != device.votes).count();
    count.disagree = devices.iter().map(differs).sum();
}

fn device(page: &str, engine: Engine, tabs: usize) -> Device {
    let browser = Rc::new(Browser::start(engine));
    let address = || format!("{page}?run={}&topics={TOPICS}", next_run());
    let pages: Vec<Page> = (0..tabs).map(|_| Page::open_in_sight(&browser, &address())).collect();
    for page in &pages {
        until("the board is there", || page.is_complete());
    }
    Device { browser, pages, votes: BTreeSet::new() }
}

#[expect(clippy::disallowed_methods, reason = "how long a heal takes is a figure")]
fn partition(proxy: &Proxy, devices: &mut [Device], fault: Fault, dice: &mut Dice, count: &mut Count) {
    let before = proxy.met().all();
    count.kinds.push(fault);
    proxy.is(Weather::Bad(fault));
    for device in &mut *devices {
        let tabs = device.pages.len();
        for (number, page) in device.pages.iter().enumerate() {
            // No two tabs have a topic in common: who came last would be anybody's guess.
            let own: Vec<usize> = (1..=TOPICS).filter(|topic| topic % tabs == number).collect();
            let chosen = (0..=dice.below(5)).map(|_| dice.among(&own)).collect();
            for (topic, on) in page.click(&chosen) {
                count.acts += 1;
                if on {
                    device.votes.insert(topic);
                } else {
                    device.votes.remove(&topic);
                }
            }
        }
    }
    let pages = || devices.iter().flat_map(|device| &device.pages);
    for page in pages() {
        if let Err(seen) = within(KEPT, || page.keeps_all_soon()) {
            count.unkept += 1;
            count.notes.push(format!("{fault}: not kept: {seen}"));
        }
    }
    // Whoever finds nobody listening is counted nowhere but on the pages.
    let noticed = within(NOTICED, || {
        if proxy.met().all() > before || fault == Fault::Refuse { Ok(()) } else { Err(String::new()) }
    });
    count.unmet += usize::from(noticed.is_err());
    at_a_moment(dice.moment(1, 800));
    proxy.is(Weather::Fair);
    let healed = Instant::now();
    for page in pages() {
        let waits =
            |limit: Duration| within(limit.saturating_sub(healed.elapsed()), || page.saves_all_soon());
        let Err(seen) = waits(LATE) else { continue };
        let done = waits(STUCK);
        let after = healed.elapsed();
        count.late += 1;
        count.too_late += usize::from(after > TOO_LATE);
        count.stuck += usize::from(done.is_err());
        let end = done.map_or_else(|seen| format!("not done: {seen}"), |()| "done".to_owned());
        let (after, story) = (after.as_secs_f64(), page.story(after + Duration::from_secs(30)));
        let note =
            format!("{fault}, {}: late: {seen}; {end} after {after:.1} s; {story}", page.browser.engine);
        eprintln!("{note}");
        count.notes.push(note);
    }
    count.drained.push(healed.elapsed().as_secs_f64() * 1_000.0);
}
