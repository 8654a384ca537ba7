//! What happens to browsers, clocks, networks and servers, and how it ends.

use cercle::app::{Input, Intent, Reply};
use cercle_backend::store::StoreError;

use super::server::Server;
use super::vault::Trip;
use super::{Event, World};
use crate::plan::{Blow, Crash, Loss, Version};

/// How long everything may take before the first person begins.
const OPENING_MS: u64 = 900;

impl World<'_> {
    /// The first person facilitates before anything else happens.
    pub(super) fn make_a_facilitator(&mut self) -> Result<(), StoreError> {
        let mut claimed = false;
        while self.queue.now() < OPENING_MS {
            let Some(event) = self.queue.next() else { break };
            self.happen(event)?;
            if !claimed && self.queue.now() > OPENING_MS / 2 && self.tabs[0].open {
                claimed = true;
                self.take(0, Input::Intent(Intent::Claim(Server::code())));
            }
        }
        Ok(())
    }

    pub(super) fn strike(&mut self, blow: Blow) -> Result<(), StoreError> {
        if self.healed {
            return Ok(());
        }
        match blow {
            Blow::ServerDies(pause) => {
                self.records.counts.add("server died");
                self.server.die();
                self.break_listening();
                self.queue.after(pause, Event::ServersRise);
            }
            Blow::ServerDiesInCommit(done, pause) => {
                self.server.trip(Trip::Die { done });
                self.queue.after(pause, Event::ServersRise);
            }
            Blow::CommitFails(done) => {
                self.records.counts.add("commit failed");
                self.server.trip(Trip::Fail { done });
            }
            Blow::Backup => {
                self.records.counts.add("backup made");
                self.server.back_up();
            }
            Blow::Restore(pause) => {
                if self.server.restore()? {
                    self.records.counts.add("older backup restored");
                    self.break_listening();
                    self.queue.after(pause, Event::ServersRise);
                }
            }
            Blow::ClockJumps(profile, by) => {
                self.records.counts.add("clock jumped");
                if let Some(profile) = self.profiles.get_mut(profile) {
                    profile.clock = profile.clock.saturating_add(by);
                }
            }
            Blow::Offline(profile, pause, told) => self.cut(profile, pause, told),
            Blow::TokenExpires(profile) => {
                self.records.counts.add("token ran out");
                if let Some(profile) = self.profiles.get_mut(profile) {
                    profile.token_expired = true;
                }
            }
            Blow::Version(version) => {
                self.records.counts.add("backend became another version");
                self.version = version;
            }
        }
        Ok(())
    }

    fn cut(&mut self, profile: usize, pause: u64, told: bool) {
        if profile >= self.profiles.len() {
            return;
        }
        self.records.counts.add("profile offline");
        let until = self.queue.now() + pause;
        self.profiles[profile].offline_until = self.profiles[profile].offline_until.max(until);
        if told {
            self.queue.at(until, Event::Online(profile));
        }
    }

    pub(super) fn is_offline(&self, profile: usize) -> bool {
        !self.healed && self.queue.now() < self.profiles[profile].offline_until
    }

    /// The pages that are open hear of it.
    pub(super) fn online(&mut self, profile: usize) {
        for tab in self.tabs_of(profile) {
            if self.tabs[tab].open {
                self.take(tab, Input::Reply(Reply::Online));
            }
        }
    }

    /// A tab ends, or its whole browser.
    pub(super) fn crash(&mut self, tab: usize, crash: Crash) {
        self.records.counts.add(match crash.loss {
            Loss::Tab => "tab closed",
            Loss::Browser => "browser killed",
            Loss::Relaxed => "browser killed, relaxed tail lost",
            Loss::Tail(_) => "browser killed, strict tail lost",
            Loss::Wiped => "browser killed, store wiped",
        });
        let profile = self.tabs[tab].profile;
        let ending = if crash.loss == Loss::Tab { vec![tab] } else { self.tabs_of(profile) };
        for tab in ending {
            self.end(tab);
            self.queue.after(crash.back + 1, Event::Open(tab));
        }
        let lost = self.profiles[profile].device.lose(crash.loss);
        // What a browser is asked to keep strictly survives whatever ends it; only a lying disk is an excuse.
        if matches!(crash.loss, Loss::Tail(_) | Loss::Wiped) {
            self.records.excuse(lost);
        }
    }

    fn end(&mut self, tab: usize) {
        let profile = self.tabs[tab].profile;
        for ticket in std::mem::take(&mut self.tabs[tab].flights).into_keys() {
            self.tickets[ticket].open = false;
            if self.profiles[profile].listener == Some(ticket) {
                self.next_listener(profile);
            }
        }
        self.tabs[tab].end();
    }

    /// The page is opened again.
    pub(super) fn open(&mut self, tab: usize) {
        if self.tabs[tab].open {
            return;
        }
        let profile = self.tabs[tab].profile;
        let community = self.server.community().as_str().to_owned();
        let effects = self.tabs[tab].begin(&self.profiles[profile].device, &community);
        self.start(tab, effects);
    }

    pub(super) fn tabs_of(&self, profile: usize) -> Vec<usize> {
        (0..self.tabs.len()).filter(|tab| self.tabs[*tab].profile == profile).collect()
    }

    /// The faults stop: servers run, networks carry, pages are open and in sight. Nobody is told more than a browser would.
    pub(super) fn heal(&mut self) -> Result<(), StoreError> {
        self.healed = true;
        self.server.heal()?;
        self.version = Version::Same;
        for tab in 0..self.tabs.len() {
            if self.tabs[tab].open {
                self.take(tab, Input::Reply(Reply::Visible(true)));
            } else {
                self.open(tab);
            }
        }
        if self.plan.shape.told {
            (0..self.profiles.len()).for_each(|profile| self.online(profile));
        }
        Ok(())
    }
}
