//! One history, played: everything that happens is an event in one queue, and nothing else makes anything happen.
//!
//! The clients are the real [`cercle::app`] on the real rim, the backend is the real core. Between them stand a network,
//! browsers and clocks that do what the plan says. There is no clock, no thread and no chance here.

mod acts; // what people do
mod blows; // what happens to the world
mod network; // what becomes of requests
mod queue;
mod server;
mod vault;
mod dialect;
pub(crate) mod device;
mod tab;
mod wire;
mod rest; // when everything has healed
mod records;

use std::collections::BTreeMap;
use std::path::PathBuf;

use cercle::app::effect::HostEvent;
use cercle::app::{Effect, Input, Reply, update};
use cercle::runtime::is_on_device;
use cercle_backend::store::StoreError;
use cercle_domain::id::TopicId;

use crate::plan::chance::mix;
use crate::plan::{Crash, Fate, Line, Plan, Version};
use device::Device;
pub(crate) use device::Shelf;
use network::Ticket;
use queue::Queue;
pub(crate) use records::{DIVERGED, Records};
use server::{Said, Server};
use tab::Tab;

/// What every clock shows when a history begins, unless it is wrong.
const BEGINNING: u64 = 1_790_000_000_000;
/// How long the device takes for anything.
const DEVICE_MS: u64 = 2;
/// How many events a history may come to before it is taken for one without end.
const MANY: usize = 400_000;

/// A world.
pub(crate) struct World<'a> {
    plan: &'a Plan,
    pub(crate) queue: Queue<Event>,
    pub(crate) server: Server,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) profiles: Vec<Profile>,
    tickets: Vec<Ticket>,
    /// What the servers are asked together next.
    inbox: Vec<usize>,
    fates: BTreeMap<(usize, u32), Fate>,
    crashes: BTreeMap<(usize, u32), Crash>,
    topics: Vec<TopicId>,
    version: Version,
    /// Whether the faults have stopped.
    pub(crate) healed: bool,
    hints: usize,
    last_arrived: usize,
    pub(crate) records: Records,
}

/// A browser profile.
pub(crate) struct Profile {
    pub(crate) device: Device,
    /// How wrong its clock is.
    clock: i64,
    offline_until: u64,
    /// Whether the backend takes no request until a fresh token is shown. That does not heal by itself.
    token_expired: bool,
    /// The request that holds the turn.
    turn: Option<usize>,
    /// The request that listens, and those that wait to.
    listener: Option<usize>,
    listeners: Vec<usize>,
}

/// What is going to happen.
#[derive(Debug)]
pub(crate) enum Event {
    Line(usize),
    Work(usize, u32),
    Worked(usize, u32, Vec<Reply>),
    Arrive(usize, bool),
    Serve,
    Answer(usize, Box<Said>),
    Look(usize),
    Heard(usize, bool),
    TimeOut(usize),
    Alarm(usize, u32),
    Hint(usize, u32),
    Open(usize),
    ServersRise,
    Online(usize),
    Heal,
}

impl<'a> World<'a> {
    /// A world at rest: every tab is open, the first one's person facilitates.
    pub(crate) fn new(plan: &'a Plan, folder: Option<PathBuf>) -> Result<Self, StoreError> {
        let server = Server::start(plan.shape.servers, folder)?;
        let profiles = plan.shape.profiles.last().map_or(0, |last| last + 1);
        let (mut fates, mut crashes) = (BTreeMap::new(), BTreeMap::new());
        for line in &plan.lines {
            match line {
                Line::Fate(tab, nth, fate) => drop(fates.insert((*tab, *nth), *fate)),
                Line::Crash(tab, nth, crash) => drop(crashes.insert((*tab, *nth), *crash)),
                Line::Act(..) | Line::Blow(..) => {}
            }
        }
        let profile = || Profile {
            device: Device::default(),
            clock: 0,
            offline_until: 0,
            token_expired: false,
            turn: None,
            listener: None,
            listeners: Vec::new(),
        };
        let mut world = Self {
            plan,
            queue: Queue::default(),
            server,
            tabs: Vec::new(),
            profiles: (0..profiles).map(|_| profile()).collect(),
            tickets: Vec::new(),
            inbox: Vec::new(),
            fates,
            crashes,
            topics: Vec::new(),
            version: Version::Same,
            healed: false,
            hints: 0,
            last_arrived: 0,
            records: Records::default(),
        };
        for (tab, profile) in (0..).zip(&plan.shape.profiles) {
            let seed = mix(plan.seed) ^ mix(plan.number << 8 | tab);
            let community = world.server.community().as_str().to_owned();
            let (opened, effects) = Tab::new(*profile, &world.profiles[*profile].device, &community, seed);
            world.tabs.push(opened);
            world.start(world.tabs.len() - 1, effects);
        }
        for (nth, line) in plan.lines.iter().enumerate() {
            if let Line::Act(at, ..) | Line::Blow(at, _) = line {
                world.queue.at(*at + 1_000, Event::Line(nth));
            }
        }
        world.queue.at(plan.shape.end + 1_000, Event::Heal);
        world.make_a_facilitator()?;
        Ok(world)
    }

    /// Plays until everything is done and at rest, or something never is.
    pub(crate) fn play(&mut self) -> Result<(), StoreError> {
        for nth in 0..MANY {
            let Some(event) = self.queue.next() else { break };
            self.happen(event)?;
            if self.healed && (nth % 8 == 0) && (self.rests() || self.took_too_long()) {
                break;
            }
        }
        self.records.healed_after =
            self.healed.then(|| self.queue.now().saturating_sub(self.plan.shape.end + 1_000));
        Ok(())
    }

    fn happen(&mut self, event: Event) -> Result<(), StoreError> {
        match event {
            Event::Line(nth) => match &self.plan.lines[nth] {
                Line::Act(_, tab, act) => self.act(*tab, *act),
                Line::Blow(_, blow) => self.strike(*blow)?,
                Line::Fate(..) | Line::Crash(..) => {}
            },
            Event::Work(tab, life) if self.lives(tab, life) => self.work(tab),
            Event::Worked(tab, life, replies) if self.lives(tab, life) => self.worked(tab, replies),
            Event::Arrive(ticket, again) => self.arrive(ticket, again),
            Event::Serve => self.serve(),
            Event::Answer(ticket, said) => self.answered(ticket, *said),
            Event::Look(ticket) => self.look(ticket),
            Event::Heard(ticket, news) => self.heard(ticket, news),
            Event::TimeOut(ticket) => self.time_out(ticket),
            Event::Alarm(tab, alarm) if self.tabs[tab].alarm == Some(alarm) => {
                self.tabs[tab].alarm = None;
                self.take(tab, Input::Reply(Reply::Woke));
            }
            Event::Hint(tab, life) => {
                self.hints -= 1;
                if self.lives(tab, life) {
                    self.take(tab, Input::Reply(Reply::Elsewhere));
                }
            }
            Event::Open(tab) => self.open(tab),
            Event::ServersRise => self.server.rise()?,
            Event::Online(profile) => self.online(profile),
            Event::Heal => self.heal()?,
            // Meant for a page that is gone, or put off since.
            Event::Work(..) | Event::Worked(..) | Event::Alarm(..) => {}
        }
        Ok(())
    }

    fn lives(&self, tab: usize, life: u32) -> bool {
        self.tabs[tab].open && self.tabs[tab].life == life
    }

    /// What a profile's clock shows.
    pub(crate) fn clock(&self, profile: usize) -> u64 {
        (BEGINNING + self.queue.now()).saturating_add_signed(self.profiles[profile].clock)
    }

    /// Something comes into a tab; what follows from it begins.
    pub(crate) fn take(&mut self, tab: usize, input: Input) {
        let now = self.clock(self.tabs[tab].profile);
        let open = &mut self.tabs[tab];
        assert!(open.open, "a page that is gone hears nothing");
        open.watch.set(now);
        let moment = cercle::runtime::clock::Clock::moment(&open.watch);
        let effects = update(&mut open.model, moment, input);
        self.start(tab, effects);
    }

    fn start(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::WakeAt(at) => {
                    let wait = at.0.saturating_sub(self.clock(self.tabs[tab].profile));
                    let open = &mut self.tabs[tab];
                    open.alarms += 1;
                    open.alarm = Some(open.alarms);
                    let alarm = open.alarms;
                    // Browsers count the wait in 31 bits.
                    self.queue.after(wait.min(i32::MAX as u64), Event::Alarm(tab, alarm));
                }
                Effect::Announce(event) => self.announced(tab, event),
                Effect::Save { .. } => {}
                effect if is_on_device(&effect) => self.ask_device(tab, effect),
                effect => self.call(tab, effect),
            }
        }
    }

    fn announced(&mut self, tab: usize, event: HostEvent) {
        match event {
            HostEvent::TopicProposed(topic) => self.topics.push(topic),
            HostEvent::Error(trouble) => self.records.trouble(self.tabs[tab].profile, trouble),
            _ => {}
        }
    }

    fn ask_device(&mut self, tab: usize, effect: Effect) {
        if let Effect::Enqueue(entry) = &effect {
            self.records.done(self.tabs[tab].profile, entry);
        }
        let open = &mut self.tabs[tab];
        // Reading everything twice in a row says nothing new.
        if effect != Effect::Load || open.to_do.back() != Some(&Effect::Load) {
            open.to_do.push_back(effect);
        }
        if !std::mem::replace(&mut open.works, true) {
            let life = open.life;
            self.queue.after(DEVICE_MS, Event::Work(tab, life));
        }
    }

    /// The device does the next thing. Here a tab may end, just before or just after.
    fn work(&mut self, tab: usize) {
        let open = &mut self.tabs[tab];
        let Some(effect) = open.to_do.pop_front() else { return };
        let crash = self.crashes.remove(&(tab, open.steps)).filter(|_| !self.healed);
        open.steps += 1;
        if let Some(crash) = crash {
            self.records.crash(&effect, crash.done);
            if !crash.done {
                return self.crash(tab, crash);
            }
        }
        let (profile, life) = (open.profile, open.life);
        let acts = || self.profiles[profile].device.look(Shelf::acts);
        let mut wiped = if effect == Effect::Wipe { acts() } else { Vec::new() };
        let replies = self.tabs[tab].perform(effect);
        if !wiped.is_empty() {
            let left = self.profiles[profile].device.look(Shelf::acts);
            wiped.retain(|act| !left.contains(act));
            self.records.excuse(wiped);
        }
        if self.profiles[profile].device.takes_changed() {
            self.hint(profile, tab);
        }
        match crash {
            Some(crash) => self.crash(tab, crash),
            None => self.queue.after(DEVICE_MS, Event::Worked(tab, life, replies)),
        }
    }

    fn worked(&mut self, tab: usize, replies: Vec<Reply>) {
        for reply in replies {
            if let Reply::Enqueued { id, .. } = &reply {
                self.records.kept(*id);
            }
            self.take(tab, Input::Reply(reply));
        }
        let open = &mut self.tabs[tab];
        open.works = !open.to_do.is_empty();
        if open.works {
            let life = open.life;
            self.queue.after(DEVICE_MS, Event::Work(tab, life));
        }
    }

    /// Tells the other tabs of a profile that something changed.
    fn hint(&mut self, profile: usize, by: usize) {
        let others = (0..self.tabs.len()).filter(|tab| *tab != by && self.tabs[*tab].profile == profile);
        for tab in others.collect::<Vec<_>>() {
            let delay = mix(self.queue.now() ^ (tab as u64) << 32) % 400;
            self.hints += 1;
            let life = self.tabs[tab].life;
            self.queue.after(delay, Event::Hint(tab, life));
        }
    }
}
