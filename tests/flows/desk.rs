//! A person at a device: the real client, its effects done by the real rim, everything driven by hand.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use cercle::app::effect::{Entry, HostEvent, Kept, Note, Page, Place};
use cercle::app::reply::Snapshot;
use cercle::app::screen::{Card, Screen};
use cercle::app::{Effect, Input, Intent, Model, Moment, Reply, Setup, project, update};
use cercle::runtime::clock::Clock;
use cercle::runtime::store::{DeviceKey, Enqueued, Memory, Store, StoreError, Stored};
use cercle::runtime::{Host, World};
use cercle_domain::id::{Millis, TopicId};

use crate::office::{Office, Path, community};

/// How many effects one flow may come to before it is taken for a loop without end.
const MANY: usize = 20_000;

/// A person at a device.
pub(crate) struct Desk {
    model: Model,
    world: Rc<World<Drawer, Path, Hand, Ears>>,
    drawer: Drawer,
    ears: Ears,
    office: Option<Rc<Office>>,
    to_do: VecDeque<Effect>,
    alarm: Option<Millis>,
    listening: Option<Effect>,
}

impl Desk {
    /// A fresh device, opened and settled.
    pub(crate) fn at(office: &Rc<Office>) -> Self {
        Self::opened(Some(office), Drawer::default(), Hand::new())
    }

    /// A fresh device without a backend.
    pub(crate) fn alone() -> Self {
        Self::opened(None, Drawer::default(), Hand::new())
    }

    /// The same device with the page opened anew; what the page alone knew is gone.
    pub(crate) fn reopened(self) -> Self {
        self.another_tab()
    }

    /// Another tab on the same device.
    pub(crate) fn another_tab(&self) -> Self {
        Self::opened(self.office.as_ref(), self.drawer.clone(), self.world.clock().clone())
    }

    /// The same device, whose backend has become another incarnation meanwhile.
    pub(crate) fn moved_to(self, office: &Rc<Office>) -> Self {
        Self::opened(Some(office), self.drawer.clone(), self.world.clock().clone())
    }

    fn opened(office: Option<&Rc<Office>>, drawer: Drawer, hand: Hand) -> Self {
        let setup = Setup { shared: office.is_some(), community: community().to_string() };
        let (model, effects) = Model::new(setup);
        let path = office.map(|office| Path(Rc::clone(office)));
        let ears = Ears::default();
        let world = World::new(drawer.clone(), path, hand, ears.clone());
        let to_do = effects.into();
        let office = office.cloned();
        let mut desk = Self { model, world, drawer, ears, office, to_do, alarm: None, listening: None };
        desk.settle();
        desk
    }

    /// Wants something, and lets everything that follows happen.
    pub(crate) fn does(&mut self, intent: Intent) {
        self.wants(intent);
        self.settle();
    }

    /// Wants something; nothing that follows happens yet.
    pub(crate) fn wants(&mut self, intent: Intent) {
        self.takes(Input::Intent(intent));
    }

    pub(crate) fn hears(&mut self, reply: Reply) {
        if reply == Reply::ListenFailed {
            self.listening = None;
        }
        self.takes(Input::Reply(reply));
        self.settle();
    }

    fn takes(&mut self, input: Input) {
        let moment = self.world.clock().moment();
        self.to_do.extend(update(&mut self.model, moment, input));
    }

    /// Does what is to be done until nothing is.
    pub(crate) fn settle(&mut self) {
        for _ in 0..MANY {
            let Some(effect) = self.to_do.pop_front() else {
                return;
            };
            match effect {
                Effect::WakeAt(at) => self.alarm = Some(at),
                Effect::Listen { .. } => self.listening = Some(effect),
                effect => {
                    for reply in at_once(self.world.perform(effect)) {
                        self.takes(Input::Reply(reply));
                    }
                }
            }
        }
        panic!("the flow does not come to an end");
    }

    /// Notices what happened on the backend, if somebody listens.
    pub(crate) fn catches_up(&mut self) {
        let Some(Effect::Listen { epoch, since }) = self.listening else { return };
        if self.office.as_ref().is_some_and(|office| office.has_news(epoch, since)) {
            self.listening = None;
            self.hears(Reply::Poked);
        }
    }

    /// Lets time pass, an alarm included.
    pub(crate) fn waits(&mut self, millis: u64) {
        self.world.clock().pass(millis);
        if self.alarm.is_some_and(|at| at <= self.world.clock().now.get()) {
            self.alarm = None;
            self.hears(Reply::Woke);
        }
    }

    /// Whether news would be heard.
    pub(crate) fn listens(&self) -> bool {
        self.listening.is_some()
    }

    /// Whether anything will happen by itself.
    pub(crate) fn is_waiting(&self) -> bool {
        self.alarm.is_some()
    }

    pub(crate) fn screen(&self) -> Screen {
        project(&self.model, self.world.clock().now.get())
    }

    /// The card of the topic with this title, wherever it is.
    pub(crate) fn card(&self, title: &str) -> Card {
        let screen = self.screen();
        let mut cards = screen.columns.iter().flat_map(|column| &column.cards);
        let found = cards.find(|card| card.title == title);
        found.map_or_else(|| panic!("no card says {title:?}"), |card| Card::clone(card))
    }

    pub(crate) fn topic(&self, title: &str) -> TopicId {
        self.card(title).id
    }

    /// What the host page was told since it was asked last.
    pub(crate) fn announced(&self) -> Vec<HostEvent> {
        std::mem::take(&mut self.ears.heard.borrow_mut())
    }

    /// The file that was saved last.
    pub(crate) fn saved_file(&self) -> String {
        self.ears.file.borrow().clone()
    }

    /// Spoils the device: its rows are gone, and it says that it has them.
    pub(crate) fn misremembers(&self) {
        let stored = at_once(self.drawer.load(DeviceKey::roll(|| 0))).expect("memory can be read");
        let Snapshot { cursor: Some(cursor), me: Some(me), .. } = stored.snapshot else {
            panic!("the device has met a backend");
        };
        let nothing = Page {
            base: Some(cursor),
            whose: me,
            cursor,
            me,
            reset: true,
            rows: Vec::new(),
            done: Vec::new(),
            refused: Vec::new(),
            saved: Vec::new(),
            again: Vec::new(),
        };
        assert_eq!(at_once(self.drawer.keep(&nothing)), Ok(Kept::Done));
    }

    /// Breaks the device: it keeps nothing any more.
    pub(crate) fn breaks(&self) {
        self.drawer.broken.set(true);
    }

    /// Mends the device: it keeps things again, those of before among them.
    pub(crate) fn mends(&self) {
        self.drawer.broken.set(false);
    }
}

/// What is in memory answers at once.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("something waits, and nothing here may"),
    }
}

/// The device's store, which can break.
#[derive(Debug, Clone, Default)]
struct Drawer {
    memory: Memory,
    broken: Rc<Cell<bool>>,
}

impl Drawer {
    fn open(&self) -> Result<&Memory, StoreError> {
        if self.broken.get() { Err(StoreError("the disk is full".into())) } else { Ok(&self.memory) }
    }
}

impl Store for Drawer {
    async fn load(&self, fresh: DeviceKey) -> Result<Stored, StoreError> {
        self.open()?.load(fresh).await
    }
    async fn enqueue(&self, entry: &Entry) -> Result<Enqueued, StoreError> {
        self.open()?.enqueue(entry).await
    }
    async fn keep(&self, page: &Page) -> Result<Kept, StoreError> {
        self.open()?.keep(page).await
    }
    async fn note(&self, note: &Note) -> Result<(), StoreError> {
        self.open()?.note(note).await
    }
    async fn discard(&self, places: &[Place]) -> Result<(), StoreError> {
        self.open()?.discard(places).await
    }
    async fn wipe(&self, key: DeviceKey) -> Result<(), StoreError> {
        self.open()?.wipe(key).await
    }
}

/// A clock moved by hand; its dice count, each device from another start.
#[derive(Debug, Clone)]
struct Hand {
    now: Rc<Cell<Millis>>,
    dice: Rc<Cell<u128>>,
}

impl Hand {
    fn new() -> Self {
        thread_local! { static DEVICES: Cell<u128> = const { Cell::new(0) } }
        let device = DEVICES.replace(DEVICES.get() + 1) + 1;
        Self { now: Rc::new(Cell::new(Millis(1_000_000))), dice: Rc::new(Cell::new(device << 64)) }
    }

    fn pass(&self, millis: u64) {
        self.now.set(Millis(self.now.get().0 + millis));
    }
}

impl Clock for Hand {
    fn moment(&self) -> Moment {
        // Far enough apart that the ids of one moment never meet those of the next.
        self.dice.set(self.dice.get() + 1_000);
        Moment { now: self.now.get(), dice: self.dice.get() }
    }

    async fn wake_at(&self, _: Millis) -> bool {
        false
    }
}

/// The host page, which remembers what it was told.
#[derive(Debug, Clone, Default)]
struct Ears {
    heard: Rc<RefCell<Vec<HostEvent>>>,
    file: Rc<RefCell<String>>,
}

impl Host for Ears {
    fn announce(&self, event: HostEvent) {
        self.heard.borrow_mut().push(event);
    }

    fn save(&self, _: &str, json: &str) {
        json.clone_into(&mut self.file.borrow_mut());
    }
}
