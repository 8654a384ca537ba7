//! A tab: the real client on the real rim, its effects done when the world says so.

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use cercle::app::effect::HostEvent;
use cercle::app::{Effect, Model, Moment, Reply, Setup};
use cercle::runtime::clock::Clock;
use cercle::runtime::{Host, World};
use cercle_domain::id::Millis;

use super::device::Device;
use super::wire::Wire;
use crate::plan::chance::mix;

/// The rim of one tab.
type Rim = World<Device, Wire, Watch, Page>;

/// Something that the rim waits for.
pub(crate) type Flight = Pin<Box<dyn Future<Output = Vec<Reply>>>>;

pub(crate) struct Tab {
    pub(crate) profile: usize,
    /// Whether the page is open.
    pub(crate) open: bool,
    /// How often it was opened. What was meant for an earlier life does not reach this one.
    pub(crate) life: u32,
    pub(crate) model: Model,
    pub(crate) rim: Rc<Rim>,
    pub(crate) watch: Watch,
    pub(crate) wire: Wire,
    /// What the device is to do, one after another.
    pub(crate) to_do: VecDeque<Effect>,
    pub(crate) works: bool,
    /// How many things the device was asked for, in all lives.
    pub(crate) steps: u32,
    /// How many requests were made, in all lives.
    pub(crate) calls: u32,
    /// What is under way, by ticket.
    pub(crate) flights: BTreeMap<usize, Flight>,
    /// The number of the alarm that is set.
    pub(crate) alarm: Option<u32>,
    pub(crate) alarms: u32,
}

impl Tab {
    /// A tab that is opened, and what it wants first.
    pub(crate) fn new(profile: usize, device: &Device, community: &str, seed: u64) -> (Self, Vec<Effect>) {
        let watch = Watch { now: Rc::default(), dice: Rc::new(Cell::new(mix(seed))) };
        let (model, rim, wire, effects) = begin(device, &watch, community);
        let tab = Self {
            profile,
            open: true,
            life: 0,
            model,
            rim,
            watch,
            wire,
            to_do: VecDeque::new(),
            works: false,
            steps: 0,
            calls: 0,
            flights: BTreeMap::new(),
            alarm: None,
            alarms: 0,
        };
        (tab, effects)
    }

    /// Ends; only the profile's device remains.
    pub(crate) fn end(&mut self) {
        self.open = false;
        self.life += 1;
        self.to_do.clear();
        self.works = false;
        self.flights.clear();
        self.alarm = None;
    }

    /// Opens again.
    pub(crate) fn begin(&mut self, device: &Device, community: &str) -> Vec<Effect> {
        let effects;
        (self.model, self.rim, self.wire, effects) = begin(device, &self.watch, community);
        self.open = true;
        effects
    }

    /// Starts something that has to wait.
    pub(crate) fn depart(&self, effect: Effect) -> Flight {
        let rim = Rc::clone(&self.rim);
        Box::pin(async move { rim.perform(effect).await })
    }

    /// Does something on the device, which answers at once.
    pub(crate) fn perform(&self, effect: Effect) -> Vec<Reply> {
        let mut done = pin!(self.rim.perform(effect));
        match poll(done.as_mut()) {
            Poll::Ready(replies) => replies,
            Poll::Pending => unreachable!("the device never waits"),
        }
    }
}

pub(crate) fn poll<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn begin(device: &Device, watch: &Watch, community: &str) -> (Model, Rc<Rim>, Wire, Vec<Effect>) {
    let wire = Wire::default();
    let rim = World::new(device.clone(), Some(wire.clone()), watch.clone(), Page);
    let (model, effects) = Model::new(Setup { shared: true, community: community.to_owned() });
    (model, rim, wire, effects)
}

/// The device's clock as the tab reads it, and its dice.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    now: Rc<Cell<u64>>,
    dice: Rc<Cell<u64>>,
}

impl Watch {
    pub(crate) fn set(&self, now: u64) {
        self.now.set(now);
    }
}

impl Clock for Watch {
    fn moment(&self) -> Moment {
        let half = || {
            self.dice.set(self.dice.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
            u128::from(mix(self.dice.get()))
        };
        Moment { now: Millis(self.now.get()), dice: half() << 64 | half() }
    }

    async fn wake_at(&self, _: Millis) -> bool {
        // The world sets alarms itself.
        false
    }
}

/// The host page hears nothing here: what it would be told, the world takes down before.
#[derive(Debug)]
pub(crate) struct Page;

impl Host for Page {
    fn announce(&self, _: HostEvent) {}
    fn save(&self, _: &str, _: &str) {}
}
