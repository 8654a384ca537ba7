//! The whole browser gets SIGKILL at a random moment while a page votes offline; the same profile comes again, and
//! everything that was shown as "on this device" must be there.
//!
//! A device is a fresh profile that met the server once. It lives through some kills, is online at last, and then the
//! server must have exactly the votes that the device shows. What a page acknowledged counts as soon as the harness has
//! heard of it. A kill of processes is no power cut: this says nothing about disks.

mod back_end; // what keeps the databases
mod device; // what must be there again

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use cercle_domain::id::TopicId;

use super::dice::Dice;
use super::report::{Column, Report};
use super::told::Told;
use super::{Order, board};
use crate::rig::process::Process;
use crate::rig::server::Server;
use crate::rig::site::Site;
use crate::rig::wait::{at_a_moment, within};
use back_end::{BACK_ENDS, BackEnd, storage_of};
use device::{Device, Sight, number};

/// Kills a back end where nobody says how many.
const CYCLES: usize = 3;
/// More than a page casts before it is killed.
const TOPICS: usize = 300;
/// How many kills a device lives through. Longer, and most of the time would go into outboxes that nobody has.
const LIVES: usize = 10;
/// When the kill comes, in milliseconds after the first click.
const KILL: (u64, u64) = (150, 1_350);
/// How long a browser has to start and to show the board.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a board that did not show is looked for again, as people would.
const LOOKS: usize = 3;

pub(super) fn run(site: &Site, order: &Order, report: &mut Report) {
    for back_end in BACK_ENDS.iter().filter(|back_end| order.wants(back_end.name)) {
        if let Some(missing) = back_end.engine.missing() {
            println!("NOTICE not tortured: {missing}");
            continue;
        }
        let mut torture = Torture::begin(site, back_end, order.seed);
        for cycle in 0..order.cycles.unwrap_or(CYCLES) {
            torture.kill_once(cycle);
        }
        report.add(&torture.end());
    }
}

/// The tally of one back end.
#[derive(Default)]
struct Count {
    devices: usize,
    kills: usize,
    clicked: usize,
    acknowledged: usize,
    unshown_survived: usize,
    lost: usize,
    lost_in_wipes: usize,
    doubled: usize,
    wipes: Vec<String>,
    wiped_and_whole: usize,
    unread: usize,
    wrong_on_server: usize,
    stuck: usize,
    took: Vec<f64>,
}

struct Torture<'a> {
    site: &'a Site,
    told: Told,
    back_end: &'a BackEnd,
    dice: Dice,
    server: Server,
    topics: Vec<TopicId>,
    /// What the server must count: the votes of the devices that are done.
    expected: Vec<u32>,
    run: u64,
    device: Option<Device>,
    count: Count,
    storage: BTreeSet<String>,
}

impl<'a> Torture<'a> {
    fn begin(site: &'a Site, back_end: &'a BackEnd, seed: u64) -> Self {
        let (server, topics) = board::open(&[site.origin("killed")], TOPICS);
        board::page(site, "/killed.html", &server.url());
        Self {
            site,
            told: Told::at(site),
            back_end,
            dice: Dice::new(seed),
            server,
            expected: vec![0; topics.len()],
            topics,
            run: 0,
            device: None,
            count: Count::default(),
            storage: BTreeSet::new(),
        }
    }

    /// Starts the browser on the device's page, which casts so many votes.
    fn visit(&mut self, profile: &Path, votes: usize) -> Process {
        self.run += 1;
        let (from, ahead) = (self.dice.below(TOPICS), self.dice.among(&[1, 4, 16]));
        let run = self.run;
        let address = format!(
            "{}/killed.html?run={run}&topics={TOPICS}&votes={votes}&from={from}&ahead={ahead}",
            self.site.origin("killed")
        );
        Process::start(&mut self.back_end.engine.undriven(profile, self.back_end.extra, &address))
    }

    /// A device that has met the server, was closed in peace, and is offline now.
    fn fresh_device(&mut self) -> Device {
        let profile = tempfile::tempdir().expect("a machine has a place for temporary files");
        let browser = self.visit(profile.path(), 0);
        let seen = self.told.wait(self.run, "read", PATIENCE);
        let seen = seen.unwrap_or_else(|problem| panic!("{}: {problem}", self.back_end.name));
        let sight = Sight::read(&seen);
        assert_eq!(sight.cards, TOPICS, "the first visit shows the board: {seen}");
        browser.quit();
        self.storage.extend(storage_of(profile.path()));
        self.server.stop();
        self.count.devices += 1;
        Device::fresh(profile)
    }

    fn kill_once(&mut self, cycle: usize) {
        let mut device = match self.device.take() {
            Some(device) => device,
            None => self.fresh_device(),
        };
        let Some(browser) = self.come_again(&mut device, TOPICS) else {
            return;
        };
        match self.told.wait(self.run, "first", PATIENCE) {
            Ok(_) => at_a_moment(self.dice.moment(KILL.0, KILL.1)),
            Err(problem) => eprintln!("{}: cycle {cycle}: {problem}", self.back_end.name),
        }
        browser.kill();
        self.count.kills += 1;
        device.kills += 1;
        self.note_acts(&mut device);
        if device.kills < LIVES {
            self.device = Some(device);
        } else {
            self.bring_home(device);
        }
        if (cycle + 1).is_multiple_of(10) {
            let Count { kills, acknowledged, lost, wipes, .. } = &self.count;
            eprintln!(
                "{}: {kills} kills, {acknowledged} kept, {lost} lost, {} wipes",
                self.back_end.name,
                wipes.len()
            );
        }
    }

    /// What the page told before it was killed.
    fn note_acts(&mut self, device: &mut Device) {
        for what in self.told.take(self.run) {
            if !what["clicked"].is_null() {
                self.count.clicked += 1;
                device.acts.entry(number(&what["clicked"])).or_insert(false);
            }
            if !what["kept"].is_null() {
                self.count.acknowledged += 1;
                self.count.took.extend(what["took"].as_f64());
                device.acts.insert(number(&what["kept"]), true);
            }
        }
    }

    /// Starts the browser again and compares what it shows; `None` if it shows no board any more.
    fn come_again(&mut self, device: &mut Device, votes: usize) -> Option<Process> {
        let mut wipe = None;
        for _ in 0..LOOKS {
            let browser = self.visit(device.profile.path(), votes);
            let seen = self.told.wait(self.run, "read", PATIENCE);
            let sight = seen.map(|seen| Sight::read(&seen));
            if let Ok(sight) = &sight {
                wipe = wipe.or_else(|| sight.wipe());
                if sight.cards == TOPICS {
                    self.compare(device, sight, wipe);
                    return Some(browser);
                }
            }
            let shown = sight.map_or_else(
                |problem| problem,
                |sight| {
                    format!("{} cards, troubles {}, {} waiting", sight.cards, sight.troubles, sight.waiting)
                },
            );
            eprintln!("{}: no whole board after kill {}: {shown}", self.back_end.name, self.count.kills);
            browser.kill();
            self.count.unread += 1;
        }
        self.go_without_rows(device, wipe);
        None
    }

    /// The device shows no board any more. The cached rows are the server's and may go; what people did may not: it is
    /// looked for on the server, once the device is online.
    fn go_without_rows(&mut self, device: &Device, wipe: Option<String>) {
        self.server.start_again();
        let browser = self.visit(device.profile.path(), 0);
        let must: Vec<Option<bool>> = (1..=TOPICS).map(|topic| device.must_show(topic)).collect();
        let home = within(PATIENCE, || {
            let now = board::tallies(&self.server, &self.topics);
            let lies = |((now, before), must): &((&u32, &u32), &Option<bool>)| {
                must.is_some_and(|on| now.saturating_sub(**before) != u32::from(on))
            };
            match now.iter().zip(&self.expected).zip(&must).filter(lies).count() {
                0 => Ok(()),
                missing => Err(missing.to_string()),
            }
        });
        browser.kill();
        self.expected = board::tallies(&self.server, &self.topics);
        let missing = home.err().map_or(0, |missing| missing.parse().unwrap_or(TOPICS));
        self.count.lost += missing;
        if let Some(wipe) = wipe {
            self.count.lost_in_wipes += missing;
            self.count.wiped_and_whole += usize::from(missing == 0);
            self.count.wipes.push(wipe);
        }
    }

    /// Counts what the device shows against what it must.
    fn compare(&mut self, device: &mut Device, sight: &Sight, wipe: Option<String>) {
        let found = device.compare(sight);
        self.count.lost += found.lost;
        self.count.doubled += found.doubled;
        self.count.unshown_survived += found.unshown_survived;
        if found.lost + found.doubled > 0 {
            eprintln!("{}: after kill {}: {found:?}", self.back_end.name, self.count.kills);
        }
        if let Some(wipe) = wipe {
            self.count.wipes.push(wipe);
            self.count.lost_in_wipes += found.lost;
            self.count.wiped_and_whole += usize::from(found.lost == 0);
        }
    }

    /// The device is online once more: all that it shows must be on the server, once.
    fn bring_home(&mut self, mut device: Device) {
        let Some(browser) = self.come_again(&mut device, 0) else {
            return;
        };
        browser.kill();
        self.server.start_again();
        let browser = self.visit(device.profile.path(), 0);
        let expected: Vec<u32> = (1..)
            .zip(&self.expected)
            .map(|(topic, before)| before + u32::from(device.votes.contains(&topic)))
            .collect();
        let home = within(PATIENCE, || {
            let now = board::tallies(&self.server, &self.topics);
            let wrong = now.iter().zip(&expected).filter(|(now, expected)| now != expected).count();
            if wrong == 0 { Ok(()) } else { Err(wrong) }.map_err(|wrong| wrong.to_string())
        });
        if let Err(wrong) = home {
            self.count.stuck += 1;
            self.count.wrong_on_server += wrong.parse::<usize>().unwrap_or(0);
        }
        browser.kill();
        self.expected = board::tallies(&self.server, &self.topics);
    }

    fn end(mut self) -> Column {
        if let Some(device) = self.device.take() {
            self.bring_home(device);
        }
        let BackEnd { name, engine, .. } = self.back_end;
        let mut column = Column::of(format!("{name} {}, undriven, fixed profiles", engine.own_version()));
        let count = self.count;
        column.figure("SIGKILLs of the whole browser", count.kills);
        column.figure("devices", count.devices);
        column.figure("clicks told", count.clicked);
        column.figure("shown as on this device", count.acknowledged);
        column.figure("not shown yet, and there all the same", count.unshown_survived);
        column.times("click to on this device, up to 16 at once", &count.took);
        column.figure("wipes of the database that the browser reported", count.wipes.len());
        column.figure("of these, everything that people did was there again", count.wiped_and_whole);
        column.figure("starts that showed no whole board, and were repeated", count.unread);
        column.must_be_none("lost although shown as on this device", count.lost);
        column.figure("of these, in wipes", count.lost_in_wipes);
        column.must_be_none("doubled on the device", count.doubled);
        column.must_be_none("devices that did not bring all home in 60 s", count.stuck);
        column.must_be_none("topics with a wrong tally on the server", count.wrong_on_server);
        column.notes.push(format!("databases are kept in {:?}", self.storage));
        column.notes.extend(count.wipes.iter().map(|wipe| format!("wipe: {wipe}")));
        column
    }
}
