//! The community as this device has it.
//!
//! The invariant: **shown = fold(apply, confirmed, outbox)**. *Confirmed* is what the backend said (or, without a
//! backend, what this device settled); the *outbox* holds the person's acts that are not confirmed yet, in their order;
//! *shown* is what they see. Nothing else ever changes what is shown.

mod again; // for another incarnation of the backend

use cercle_domain::digest::Digest;
use cercle_domain::id::{Epoch, OpId, PersonId, Ver};
use cercle_domain::planted::{Bug, planted};
use cercle_domain::protocol::{Outcome, Receipt, SyncAnswer, WireRow};
use cercle_domain::row::{Mark, Row};
use cercle_domain::{Key, Rejection, Slice, Stamp, apply};

use super::effect::{Cursor, Entry, Page, Place, Saved};
use super::reply::Snapshot;

/// The incarnation of a community that lives in this browser only.
const LOCAL: Epoch = Epoch(0);

/// The community as this device has it.
#[derive(Debug)]
pub(super) struct Replica {
    me: PersonId,
    local: bool,
    cursor: Option<Cursor>,
    confirmed: Slice,
    /// Whether the rows are doubted: all of them are asked for again.
    doubted: bool,
    outbox: Vec<Entry>,
    /// Acts that the backend has, in the order of their places.
    saved: Vec<Saved>,
    shown: Slice,
    /// Where the question under way was asked from.
    asked: Option<Cursor>,
    staged: Option<Staged>,
}

/// Pages of an answer that is not whole yet. They take effect together with the last one.
#[derive(Debug)]
struct Staged {
    cursor: Cursor,
    reset: bool,
    rows: Vec<WireRow>,
    receipts: Vec<Receipt>,
}

/// What an answer came to.
#[derive(Debug, Default)]
pub(super) struct Accepted {
    /// What to keep, once the answer is whole.
    pub(super) page: Option<Page>,
    /// Acts that are done.
    pub(super) done: Vec<Entry>,
    /// Acts that were refused.
    pub(super) refused: Vec<Entry>,
    /// Whether this device and the backend disagree about the rows: everything must be read again.
    pub(super) diverged: bool,
    /// Whether the answer does not fit the rows any more, or is not whole: ask again.
    pub(super) again: bool,
}

impl Replica {
    /// A replica that has nothing yet; a local one settles its acts itself.
    pub(super) fn new(local: bool) -> Self {
        let empty = if local { Slice::whole() } else { Slice::default() };
        Self {
            me: PersonId(0),
            local,
            cursor: None,
            shown: empty.fork(),
            confirmed: empty,
            doubted: false,
            outbox: Vec::new(),
            saved: Vec::new(),
            asked: None,
            staged: None,
        }
    }

    pub(super) fn me(&self) -> PersonId {
        self.me
    }

    /// What the person sees.
    pub(super) fn shown(&self) -> &Slice {
        &self.shown
    }

    /// Where the rows stand, once there are any.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Where to go on asking from: behind the pages that have come in, if an answer is not whole yet. The next answer
    /// is taken as the answer to this.
    pub(super) fn asks_from(&mut self) -> Option<Cursor> {
        let stands = self.cursor.filter(|_| !self.doubted);
        self.asked = self.staged.as_ref().map(|staged| staged.cursor).or(stands);
        self.asked
    }

    /// Whether an answer has come in part.
    pub(super) fn mid_answer(&self) -> bool {
        self.staged.is_some()
    }

    /// Acts that wait for their receipt.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Entry> {
        self.outbox.iter().filter(|entry| entry.refused.is_none())
    }

    /// Acts that were refused and not let go of.
    pub(super) fn refused(&self) -> impl Iterator<Item = &Entry> {
        self.outbox.iter().filter(|entry| entry.refused.is_some())
    }

    /// Takes over what the device keeps. Acts that the device does not have yet stay.
    pub(super) fn load(&mut self, snapshot: Snapshot) {
        let mut outbox = snapshot.outbox;
        for entry in std::mem::take(&mut self.outbox) {
            if entry.place.is_none() && !outbox.iter().any(|known| known.id == entry.id) {
                outbox.push(entry);
            }
        }
        let me = snapshot.me.unwrap_or(self.me);
        let (asked, doubted) = (self.asked, self.doubted);
        *self = Self { me, outbox, saved: snapshot.saved, asked, doubted, ..Self::new(self.local) };
        self.cursor = snapshot.cursor;
        self.put(&snapshot.rows);
        self.refold();
    }

    /// Does an act at once for the eyes and puts it into the outbox, or says why not and changes nothing.
    pub(super) fn act(&mut self, entry: Entry) -> Result<(), Rejection> {
        apply(&mut self.shown, &stamp(self.me, &entry), &entry.op)?;
        self.outbox.push(entry);
        Ok(())
    }

    /// Notes that the device has an act.
    pub(super) fn placed(&mut self, id: OpId, place: Place) {
        for entry in self.outbox.iter_mut().filter(|entry| entry.id == id) {
            entry.place = Some(place);
        }
        // What other tabs placed earlier goes first, so the order of the outbox is the order of places.
        self.sort();
    }

    fn sort(&mut self) {
        self.outbox.sort_by_key(|entry| entry.place.map_or(u64::MAX, |place| place.0));
    }

    /// Lets go of acts that were refused; says where they stood.
    pub(super) fn dismiss(&mut self, id: OpId) -> Option<Entry> {
        let index = self.outbox.iter().position(|entry| entry.id == id && entry.refused.is_some())?;
        Some(self.outbox.remove(index))
    }

    /// Marks an act as refused without a receipt, because the backend would not even answer it.
    pub(super) fn give_up(&mut self, id: OpId) -> Accepted {
        let receipt = Receipt { id, s: Outcome::Rejected, code: Some(Rejection::Refused) };
        self.settle(self.me, self.cursor, false, Vec::new(), &[receipt])
    }

    /// Whether this is no answer to what was asked: who asks for everything gets everything, from the start.
    pub(super) fn misses_the_question(&self, answer: &SyncAnswer) -> bool {
        self.asked.is_none() && !answer.reset
    }

    /// Whether another incarnation of the backend's database was asked. This one did nothing of what was sent along.
    pub(super) fn asked_another(&self, answer: &SyncAnswer) -> bool {
        self.asked.is_some_and(|asked| asked.epoch != answer.epoch)
    }

    /// Takes in the answer to the question asked from [`Self::asks_from`].
    pub(super) fn accept(&mut self, answer: SyncAnswer) -> Accepted {
        let cursor = Cursor { epoch: answer.epoch, ver: answer.cursor };
        let staged = self.staged.take().filter(|staged| !answer.reset && staged.cursor.epoch == answer.epoch);
        // Another tab may have changed our rows while the question was under way.
        let base = staged.as_ref().map(|staged| staged.cursor).or(self.cursor);
        let reaches =
            |from: Cursor| base.is_some_and(|base| base.epoch == from.epoch && base.ver >= from.ver);
        if !answer.reset && !self.asked.is_some_and(reaches) {
            return Accepted { again: true, ..Accepted::default() };
        }
        let mut staged =
            staged.unwrap_or(Staged { cursor, reset: answer.reset, rows: Vec::new(), receipts: Vec::new() });
        staged.cursor = cursor;
        staged.rows.extend(answer.rows);
        staged.receipts.extend(answer.receipts);
        if answer.more {
            let early = planted(Bug::CursorBeforePage)
                .then(|| self.settle(self.me, Some(cursor), staged.reset, Vec::new(), &[]).page)
                .flatten();
            self.staged = Some(staged);
            return Accepted { page: early, again: true, ..Accepted::default() };
        }
        // Rows that were read as somebody else are not ours to see.
        let stranger = answer.you != self.me && self.cursor.is_some() && !staged.reset;
        let overtaken = !staged.reset
            && self.cursor.is_some_and(|have| have.epoch == cursor.epoch && have.ver > cursor.ver);
        let cursor = if overtaken { self.cursor } else { Some(cursor) };
        let reset = staged.reset;
        // Older rows must not stand in the place of newer ones, on the device even less than here.
        let rows = if overtaken && !planted(Bug::OlderRowsWin) { Vec::new() } else { staged.rows };
        let mut accepted = self.settle(answer.you, cursor, reset, rows, &staged.receipts);
        // Rows that have just been read afresh are not doubted: asking again would bring the same.
        let disagrees = answer.digest.is_some_and(|digest| digest != self.digest());
        accepted.diverged = stranger || (disagrees && !overtaken && !reset);
        // The device was read anew while everything was on its way, and only the rest of it came.
        accepted.again = self.doubted;
        accepted
    }

    /// Without a backend: settles the acts that the device has, as a backend would.
    pub(super) fn settle_here(&mut self) -> Accepted {
        let mut cursor = self.cursor.unwrap_or(Cursor { epoch: LOCAL, ver: Ver(0) });
        let (mut rows, mut receipts) = (Vec::new(), Vec::new());
        let mut slice = self.confirmed.fork();
        for entry in self.waiting().filter(|entry| entry.place.is_some()) {
            let result = apply(&mut slice, &stamp(self.me, entry), &entry.op);
            let (s, code) = match &result {
                Ok(_) => (Outcome::Ok, None),
                Err(rejection) => (Outcome::Rejected, Some(*rejection)),
            };
            receipts.push(Receipt { id: entry.id, s, code });
            cursor.ver.0 += 1;
            let row = |key: Key| WireRow { key, ver: cursor.ver, row: slice.get(&key).cloned() };
            rows.extend(result.unwrap_or_default().into_iter().map(row));
        }
        drop(slice);
        if receipts.is_empty() {
            Accepted::default()
        } else {
            self.settle(self.me, Some(cursor), false, rows, &receipts)
        }
    }

    /// Without a backend: puts other rows in place of all.
    pub(super) fn replace(&mut self, rows: Vec<WireRow>) -> Option<Page> {
        let ver = Ver(self.cursor.map_or(0, |cursor| cursor.ver.0) + 1);
        let rows = rows.into_iter().map(|row| WireRow { ver, ..row }).collect();
        let receipt = |entry: &Entry| Receipt { id: entry.id, s: Outcome::Ok, code: None };
        let receipts: Vec<Receipt> = self.waiting().map(receipt).collect();
        self.settle(self.me, Some(Cursor { epoch: LOCAL, ver }), true, rows, &receipts).page
    }

    /// Doubts the rows, so that all of them are asked for again. Where they stand is not forgotten: what comes must fit
    /// what the device keeps.
    pub(super) fn distrust(&mut self) {
        self.doubted = true;
        self.staged = None;
    }

    /// The device keeps nothing any more.
    pub(super) fn forget(&mut self) {
        self.cursor = None;
        self.staged = None;
    }

    /// Moves to `cursor`, as `me`, with everything that belongs there: rows, and the acts that have their receipts.
    fn settle(
        &mut self,
        me: PersonId,
        cursor: Option<Cursor>,
        reset: bool,
        rows: Vec<WireRow>,
        receipts: &[Receipt],
    ) -> Accepted {
        let base = self.cursor;
        let whose = std::mem::replace(&mut self.me, me);
        let (done, refused) = self.receive(receipts);
        if reset {
            let empty = Self::new(self.local);
            (self.confirmed, self.doubted) = (empty.confirmed, false);
        }
        self.cursor = cursor;
        self.put(&rows);
        self.refold();
        let mut saved = self.remember(&done);
        let again = self.offer_again();
        let early = self.hold_back(base);
        let leaving =
            done.iter().filter_map(|entry| entry.place).chain(early.iter().map(|early| early.place));
        let leaving = leaving.collect();
        saved.extend(early);
        let page = cursor.map(|cursor| Page {
            base,
            whose,
            cursor,
            me,
            reset,
            rows,
            done: leaving,
            refused: refused.iter().filter_map(|entry| Some((entry.place?, entry.refused?))).collect(),
            saved,
            again,
        });
        Accepted { page, done, refused, ..Accepted::default() }
    }

    /// Takes the acts that are done out of the outbox and marks those that were refused.
    fn receive(&mut self, receipts: &[Receipt]) -> (Vec<Entry>, Vec<Entry>) {
        let (mut done, mut refused) = (Vec::new(), Vec::new());
        for (nth, receipt) in receipts.iter().enumerate() {
            let found = self.outbox.iter().position(|entry| entry.id == receipt.id);
            let found = if planted(Bug::SenderByIndex) {
                Some(nth - done.len()).filter(|nth| *nth < self.outbox.len())
            } else {
                found
            };
            let Some(index) = found else { continue };
            // A refusal that came as a repetition carries its code all the same.
            if receipt.s == Outcome::Rejected || receipt.code.is_some() {
                self.outbox[index].refused = Some(receipt.code.unwrap_or(Rejection::Refused));
                refused.push(self.outbox[index].clone());
            } else {
                done.push(self.outbox.remove(index));
            }
        }
        (done, refused)
    }

    /// Puts rows where they are newer than what is there: answers may overlap.
    fn put(&mut self, rows: &[WireRow]) {
        // Nobody else may hold the rows while they settle, or all of them would be copied.
        self.shown = Slice::default();
        for WireRow { key, ver, row } in rows {
            self.confirmed.settle_version(*key, row.clone(), *ver);
        }
    }

    fn refold(&mut self) {
        if self.local {
            // Whoever holds the browser looks after the community that lives in it.
            self.shown = Slice::default();
            self.confirmed.put(Key::Facilitator(self.me), Row::Facilitator(Mark {}));
            self.confirmed.settle();
        }
        self.shown = self.confirmed.fork();
        for entry in self.outbox.iter().filter(|entry| entry.refused.is_none()) {
            // What news from others made impossible is simply not shown; its receipt will say why.
            drop(apply(&mut self.shown, &stamp(self.me, entry), &entry.op));
        }
    }

    fn digest(&self) -> Digest {
        let mine = self.confirmed.versions().filter(|(key, _)| self.confirmed.shows(self.me, key));
        mine.fold(Digest::default(), |digest, (key, ver)| digest.with(key, ver))
    }
}

fn stamp(me: PersonId, entry: &Entry) -> Stamp {
    Stamp { actor: me, at: entry.at, op: entry.id }
}
