//! A network that fails while people act, and heals: every outbox must run dry, and the server must count each act once.
//!
//! Three pages on two devices at most, two tabs and one; each fails together with the others, since they share the way.
//! After each heal the clock runs until every page says that all is saved.

use std::collections::BTreeSet;
use std::rc::Rc;
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
/// The widget waits a minute and a quarter at most between two tries.
const STUCK: Duration = Duration::from_secs(90);
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
    let (server, topics) = board::open(&[site.origin("network")], TOPICS);
    let proxy = Proxy::to(server.address);
    board::page(site, "/network.html", &proxy.url());
    // Two tabs of the first browser and one of the second.
    let mut devices: Vec<Device> =
        engines.iter().zip([2, 1]).map(|(engine, tabs)| device(site, *engine, tabs)).collect();
    let mut dice = Dice::new(order.seed);
    let mut count = Count::default();
    let cycles = order.cycles.unwrap_or(CYCLES);
    for cycle in 0..cycles {
        let kinds = Fault::ALL.len();
        let fault = if cycle < kinds { Fault::ALL[cycle] } else { dice.among(&Fault::ALL) };
        partition(&proxy, &mut devices, fault, &mut dice, &mut count);
        if (cycle + 1).is_multiple_of(10) {
            eprintln!("network: {} partitions, {} acts, {} stuck", cycle + 1, count.acts, count.stuck);
        }
    }
    let names: Vec<String> = devices
        .iter()
        .map(|device| {
            format!("{} {}, {} tabs", device.browser.engine, device.browser.version, device.pages.len())
        })
        .collect();
    let mut column = Column::of(names.join(" + "));
    let met = proxy.met();
    column.figure("partitions, each healed", cycles);
    column.figure("acts, all shown as on this device or saved", count.acts);
    for fault in Fault::ALL {
        let (requests, ops) = met.with(fault);
        let healed: Vec<f64> = count
            .kinds
            .iter()
            .zip(&count.drained)
            .filter(|(kind, _)| **kind == fault)
            .map(|(_, took)| *took)
            .collect();
        column.times(&format!("{fault}: from heal to all saved"), &healed);
        column.figure(
            &format!("partitions / requests / ops that were {fault}"),
            format!("{} / {requests} / {ops}", count.kinds.iter().filter(|kind| **kind == fault).count()),
        );
    }
    column.figure("partitions that no request met in time", count.unmet);
    column.times("from heal to all saved on all pages", &count.drained);
    column.must_be_none("acts not shown as on this device in 15 s", count.unkept);
    column.must_be_none("outboxes that did not run dry in 90 s", count.stuck);
    let expected: Vec<u32> = (1..=TOPICS)
        .map(|topic| devices.iter().map(|device| u32::from(device.votes.contains(&topic))).sum())
        .collect();
    let counted = board::tallies(&server, &topics);
    let differ = |fewer: bool| {
        counted
            .iter()
            .zip(&expected)
            .filter(|(now, then)| if fewer { now < then } else { now > then })
            .count()
    };
    column.must_be_none("topics with fewer votes on the server than were cast", differ(true));
    column.must_be_none("topics with more", differ(false));
    let disagree = devices
        .iter()
        .flat_map(|device| device.pages.iter().map(|page| page.votes() != device.votes))
        .filter(|differs| *differs)
        .count();
    column.must_be_none("pages that show other votes", disagree);
    column.notes.extend(count.notes);
    column
}

#[derive(Default)]
struct Count {
    acts: usize,
    kinds: Vec<Fault>,
    unmet: usize,
    unkept: usize,
    stuck: usize,
    drained: Vec<f64>,
    notes: Vec<String>,
}

fn device(site: &Site, engine: Engine, tabs: usize) -> Device {
    let browser = Rc::new(Browser::start(engine));
    let address = || format!("{}/network.html?run={}&topics={TOPICS}", site.origin("network"), next_run());
    let pages: Vec<Page> = (0..tabs).map(|_| Page::open(&browser, &address())).collect();
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
        if let Err(seen) = within(Duration::from_secs(15), || page.has_kept_all()) {
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
        if let Err(seen) = within(STUCK, || page.has_saved_all()) {
            count.stuck += 1;
            count.notes.push(format!("{fault}: stuck: {seen}"));
        }
    }
    count.drained.push(healed.elapsed().as_secs_f64() * 1_000.0);
}
