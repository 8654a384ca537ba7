//! A vote, and within 50 ms the tab is closed or goes elsewhere: what was shown as on this device is there in the next
//! tab. How many of the others are there as well is the truth, and no promise.
//!
//! The server is away, so nothing but the device can keep anything. Before the first close the clock runs for votes that
//! nobody interrupts: how long it takes until one is on this device.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use cercle_domain::id::TopicId;
use serde_json::{Value, json};

use super::Order;
use super::board;
use super::dice::Dice;
use super::page::{Page, next_run};
use super::report::{Column, Report};
use super::told::Told;
use crate::rig::browser::Browser;
use crate::rig::engine::Engine;
use crate::rig::server::Server;
use crate::rig::site::Site;
use crate::rig::wait::{at_a_moment, until, within};

/// Closes an engine where nobody says how many.
const CYCLES: usize = 10;
const TOPICS: usize = 40;
/// Votes that nobody interrupts.
const TIMED: usize = 60;
/// After so many closes all is brought home to the server, and counted.
const HOME: usize = 50;
/// A page that is gone later than this after its click was closed too late to say anything.
const SOON: f64 = 50.0;

pub(super) fn run(site: &Site, order: &Order, report: &mut Report) {
    for engine in [Engine::Chromium, Engine::Firefox] {
        if !order.wants(&engine.to_string()) {
            continue;
        }
        if let Some(missing) = engine.missing() {
            println!("NOTICE not tortured: {missing}");
            continue;
        }
        let mut torture = Torture::begin(site, engine, order.seed);
        for cycle in 0..order.cycles.unwrap_or(CYCLES) {
            torture.close_once();
            if (cycle + 1).is_multiple_of(HOME) {
                torture.bring_home();
                eprintln!("{engine}: {} closes, {} lost", cycle + 1, torture.lost);
            }
        }
        report.add(&torture.end());
    }
}

struct Torture<'a> {
    site: &'a Site,
    told: Told,
    server: Server,
    topics: Vec<TopicId>,
    browser: Rc<Browser>,
    home: String,
    dice: Dice,
    durable: Vec<f64>,
    gone: Vec<f64>,
    votes: BTreeSet<usize>,
    waiting: usize,
    closes: usize,
    kept: usize,
    lost: usize,
    unshown: usize,
    unshown_survived: usize,
    doubled: usize,
    wrong_at_home: usize,
}

impl<'a> Torture<'a> {
    fn begin(site: &'a Site, engine: Engine, seed: u64) -> Self {
        let (mut server, topics) = board::open(&[site.origin("closed")], TOPICS);
        board::page(site, "/closed.html", &server.url());
        let browser = Rc::new(Browser::start(engine));
        let home = browser.tab();
        let page = Page::open(&browser, &address(site, next_run()));
        until("the board is there", || page.is_complete());
        server.stop();
        let durable = (0..TIMED).map(|vote| time(&page, 1 + vote % TOPICS)).collect();
        let votes = page.votes();
        browser.close_tab();
        browser.turn_to(&home);
        Self {
            site,
            told: Told::at(site),
            server,
            topics,
            browser,
            home,
            dice: Dice::new(seed),
            durable,
            gone: Vec::new(),
            votes,
            waiting: TIMED,
            closes: 0,
            kept: 0,
            lost: 0,
            unshown: 0,
            unshown_survived: 0,
            doubled: 0,
            wrong_at_home: 0,
        }
    }

    /// Opens the page anew and looks at what is there; `act` was the last click, and whether it was shown as kept.
    fn look(&mut self, act: Option<(usize, bool)>) -> (Page, u64) {
        let run = next_run();
        let page = Page::open(&self.browser, &address(self.site, run));
        let seen = self.told.wait(run, "read", Duration::from_secs(30));
        let seen = seen.unwrap_or_else(|problem| panic!("{}: {problem}", self.browser.engine));
        let votes = page.votes();
        let waiting =
            seen["sync"]["waiting"].as_u64().and_then(|waiting| usize::try_from(waiting).ok()).unwrap_or(0);
        let flipped: Vec<usize> = votes.symmetric_difference(&self.votes).copied().collect();
        let survived = act.is_some_and(|(topic, _)| flipped == [topic]);
        let strange = flipped.len() - usize::from(survived);
        let entries = self.waiting + usize::from(survived);
        self.lost += strange.max(entries.saturating_sub(waiting));
        self.doubled += waiting.saturating_sub(entries);
        match act {
            Some((_, true)) if !survived => self.lost += 1,
            Some((_, false)) => self.unshown_survived += usize::from(survived),
            _ => {}
        }
        (self.votes, self.waiting) = (votes, waiting);
        (page, run)
    }

    fn close_once(&mut self) {
        let (page, run) = self.look(None);
        let topic = 1 + self.dice.below(TOPICS);
        let wait = self.dice.moment(0, 20);
        let by_link = self.dice.below(2) == 0;
        let elsewhere = by_link.then(|| u64::try_from(wait.as_millis()).unwrap_or(0));
        let clicks = "const [topic, wait] = arguments; hand.click(topic); \
                      if (wait !== null) setTimeout(() => { location.href = 'about:blank'; }, wait)";
        let clicked = page.run(clicks, &[json!(topic), json!(elsewhere)]);
        assert_eq!(clicked, Ok(Value::Null), "the hand clicks");
        if !by_link {
            at_a_moment(wait);
            self.browser.close_tab();
        }
        let gone = self.told.wait(run, "gone", Duration::from_secs(10)).unwrap_or_default();
        self.gone.extend(gone.as_f64());
        let kept = self.told.take(run).iter().any(|what| what["kept"] == topic);
        if by_link {
            self.browser.close_tab();
        }
        self.browser.turn_to(&self.home);
        self.closes += 1;
        self.kept += usize::from(kept);
        self.unshown += usize::from(!kept);
        // The next tab is the one that tells.
        self.look(Some((topic, kept)));
        self.browser.close_tab();
        self.browser.turn_to(&self.home);
    }

    /// Everything that the device shows must come to the server.
    fn bring_home(&mut self) {
        self.server.start_again();
        let page = Page::open(&self.browser, &address(self.site, next_run()));
        let saved =
            within(Duration::from_mins(1), || page.has_saved_all().and_then(|()| page.has_let_go_of_all()));
        let expected: Vec<u32> = (1..=TOPICS).map(|topic| u32::from(self.votes.contains(&topic))).collect();
        let counted = board::tallies(&self.server, &self.topics);
        self.wrong_at_home += counted.iter().zip(&expected).filter(|(now, then)| now != then).count();
        if let Err(seen) = saved {
            eprintln!("{}: not saved: {seen}", self.browser.engine);
            self.wrong_at_home += 1;
        }
        self.browser.close_tab();
        self.browser.turn_to(&self.home);
        self.server.stop();
        self.waiting = 0;
    }

    fn end(mut self) -> Column {
        self.bring_home();
        let mut column = Column::of(format!("{} {}", self.browser.engine, self.browser.version));
        column.times("op durable on this device, one at a time", &self.durable);
        column.figure("tabs closed or gone elsewhere after a click", self.closes);
        column.figure(
            "of these, gone within 50 ms of the click",
            self.gone.iter().filter(|gone| **gone <= SOON).count(),
        );
        column.times("gone after the click", &self.gone);
        column.figure("shown as on this device before they were gone", self.kept);
        column.figure("not shown yet", self.unshown);
        column.figure("of these, there all the same", self.unshown_survived);
        column.must_be_none("lost although shown as on this device", self.lost);
        column.must_be_none("doubled on the device", self.doubled);
        column.must_be_none("topics with a wrong tally on the server", self.wrong_at_home);
        column
    }
}

fn address(site: &Site, run: u64) -> String {
    format!("{}/closed.html?run={run}&topics={TOPICS}", site.origin("closed"))
}

/// One click, and the milliseconds until the card said that it is on this device.
fn time(page: &Page, topic: usize) -> f64 {
    page.click(&BTreeSet::from([topic]));
    until("the vote is on this device", || page.has_kept_all());
    let took = page.run("return hand.kept[arguments[0]]", &[json!(topic)]);
    took.ok().and_then(|took| took.as_f64()).unwrap_or(f64::NAN)
}
