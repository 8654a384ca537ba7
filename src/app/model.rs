//! What we know. Only [`super::update`] changes it.

use std::ops::Range;

use cercle_domain::Rejection;
use cercle_domain::id::{Millis, OpId, TopicId};
use cercle_domain::member::Skill;
use cercle_domain::topic::Stage;

use super::drafts::Drafts;
use super::effect::{Effect, SyncWord, Trouble};
use super::intent::Order;
use super::layout::{Layout, Narrowing};
use super::replica::Replica;
use super::screen::Saying;
use super::sync::Sync;

/// What the host page chose, for the life of one instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Whether a backend is named; without one everything stays in this browser.
    pub shared: bool,
    /// The id of the community.
    pub community: String,
}

/// What we know of one community, of its person and of the world.
#[derive(Debug)]
pub struct Model {
    pub(super) setup: Setup,
    pub(super) replica: Replica,
    pub(super) sync: Sync,
    pub(super) drafts: Drafts,
    pub(super) ui: Ui,
    pub(super) device: Device,
    /// What the host page was told last.
    pub(super) announced: Announced,
}

impl Model {
    /// A model that knows nothing yet, and what to ask first.
    #[must_use]
    pub fn new(setup: Setup) -> (Self, Vec<Effect>) {
        let model = Self {
            replica: Replica::new(!setup.shared),
            sync: Sync::new(setup.shared),
            drafts: Drafts::default(),
            ui: Ui::default(),
            device: Device::default(),
            announced: Announced::default(),
            setup,
        };
        (model, vec![Effect::Load])
    }

    /// Whether there is anything to show yet, or nothing better will come soon.
    pub(super) fn is_ready(&self) -> bool {
        let nothing_better_comes = !self.setup.shared || self.sync.trouble().is_some();
        self.device.loaded && (self.replica.cursor().is_some() || nothing_better_comes)
    }
}

/// What we know of this device.
#[derive(Debug, Default)]
pub(super) struct Device {
    /// Whether what it keeps has been read.
    pub(super) loaded: bool,
    /// Whether the person is being erased from it.
    pub(super) erasing: bool,
    /// Whether it keeps things longer than the page.
    pub(super) durable: bool,
    /// Whether some of it could not be read.
    pub(super) set_aside: bool,
    /// Whether the browser lost what it kept before.
    pub(super) lost: bool,
    /// The topics it has shown, sorted by id.
    pub(super) seen: Vec<TopicId>,
    /// Whether the page is out of sight.
    pub(super) hidden: bool,
    /// Whether somebody listens for news.
    pub(super) listening: bool,
    /// How often in a row listening broke off, and when it is not tried again.
    pub(super) deafness: u32,
    pub(super) deaf: Range<Millis>,
}

/// What the host page was told last.
#[derive(Debug, Default)]
pub(super) struct Announced {
    pub(super) ready: bool,
    pub(super) sync: Option<(SyncWord, usize)>,
    pub(super) trouble: Option<Trouble>,
}

/// What the person looks at.
#[derive(Debug, Default)]
pub(super) struct Ui {
    pub(super) open: Option<TopicId>,
    pub(super) search: String,
    pub(super) stage: Option<Stage>,
    pub(super) skill: Option<Skill>,
    pub(super) mine: bool,
    /// The order asked for; `None` leaves it to whether the person has voted.
    pub(super) order: Option<Order>,
    pub(super) layout: Layout,
    /// The order that the board was last arranged in. A first vote opens the ranking; it does not turn the board over.
    pub(super) arranged: Order,
    /// Until everything known elsewhere has come in once, the board arranges itself anew; after that it holds still.
    pub(super) caught_up: bool,
    /// One's own last act on each topic in this visit, sorted by topic.
    pub(super) acts: Vec<(TopicId, OpId)>,
    pub(super) sent: (u64, Option<TopicId>),
    /// The topics that say nearly the same as the proposal being written.
    pub(super) alike: Vec<TopicId>,
    pub(super) refused_proposal: Option<Rejection>,
    pub(super) refused_edit: Option<Rejection>,
    pub(super) refused_join: Option<Rejection>,
    pub(super) said: (u64, Option<Saying>),
}

impl Ui {
    /// What the board is narrowed to.
    pub(super) fn narrowing(&self) -> Narrowing<'_> {
        Narrowing { search: &self.search, skill: self.skill.as_ref(), mine: self.mine }
    }
}
