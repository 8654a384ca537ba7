//! The same failing network with many who send without a browser, for the figure that browsers are too slow for: a fifth
//! of all ops twice, a twentieth with their answers cut off.
//!
//! They do what the widget's outbox does: ids of their own, in order, one request under way, sent again until there is a
//! receipt. Half of the ops are votes; the others say that a topic was shown, which is counted up each time and would
//! show the smallest repetition.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cercle_domain::id::{OpId, TopicId};
use cercle_domain::op::Op;
use cercle_domain::protocol::{Outcome, Receipt, SentOp};

use super::Order;
use super::board;
use super::dice::Dice;
use super::report::{Column, Report};
use crate::rig::person::Person;
use crate::rig::proxy::{Fault, Proxy, Weather};
use crate::rig::site::Site;

/// Ops where nobody says how many.
const OPS: usize = 2_000;
const TOPICS: usize = 100;
const SENDERS: usize = 8;
/// The most that a sender has in one request.
const BATCH: usize = 40;
/// How often in a row one request may fail before it is called stuck.
const TRIES: usize = 500;

pub(super) fn run(_: &Site, order: &Order, report: &mut Report) {
    let (server, topics) = board::open(&[], TOPICS);
    let proxy = Proxy::to(server.address);
    let (exposed, voted) = (board::exposures(&server, &topics), board::tallies(&server, &topics));
    let mut dice = Dice::new(order.seed);
    proxy.is(Weather::Changing(Box::new(move || match dice.below(100) {
        0..27 => Some(Fault::Duplicate),
        27..37 => Some(Fault::Cut),
        37..40 => Some(Fault::Reset),
        _ => None,
    })));
    let wanted = order.cycles.unwrap_or(OPS);
    let left = AtomicUsize::new(wanted);
    let senders: Vec<Sent> = thread::scope(|scope| {
        let start = |number: usize| {
            let (left, topics, address) = (&left, &topics[..], proxy.address());
            let dice = Dice::new(order.seed ^ (number as u64 + 1) << 32);
            scope.spawn(move || send(number, address, dice, topics, left))
        };
        let running: Vec<_> = (0..SENDERS).map(start).collect();
        running.into_iter().map(|sender| sender.join().expect("a sender ends")).collect()
    });
    let met = proxy.met();
    let sum = |of: fn(&Sent) -> usize| senders.iter().map(of).sum::<usize>();
    let mut column = Column::of(format!("{SENDERS} senders without a browser, through the proxy"));
    column.figure("ops acknowledged, each once", sum(|sent| sent.acknowledged));
    column
        .figure("requests / ops at the proxy, repetitions included", format!("{} / {}", met.posts, met.ops));
    for fault in [Fault::Duplicate, Fault::Cut, Fault::Reset] {
        let (requests, ops) = met.with(fault);
        let share = ops * 1_000 / met.ops.max(1);
        column.figure(
            &format!("requests / ops / share of ops {fault}"),
            format!("{requests} / {ops} / {}.{} %", share / 10, share % 10),
        );
    }
    column.figure("receipts that said `dup`", sum(|sent| sent.dup));
    column.must_be_none("refused", sum(|sent| sent.refused));
    column.must_be_none("receipts with another id", sum(|sent| sent.wrong));
    column.must_be_none("stuck senders", sum(|sent| usize::from(sent.stuck)));
    let (more_exposed, more_voted) = (board::exposures(&server, &topics), board::tallies(&server, &topics));
    let (mut lost, mut doubled) = (0, 0);
    for topic in 0..TOPICS {
        let shown: u32 = senders.iter().map(|sent| sent.shown[topic]).sum();
        let votes = senders.iter().map(|sent| sent.votes[topic]).sum::<u32>();
        for (before, more, now) in
            [(exposed[topic], shown, more_exposed[topic]), (voted[topic], votes, more_voted[topic])]
        {
            lost += (before + more).saturating_sub(now);
            doubled += now.saturating_sub(before + more);
        }
    }
    column.must_be_none("effects missing on the server", lost as usize);
    column.must_be_none("effects too many on the server", doubled as usize);
    report.add(&column);
}

/// What one sender did, and what the server must have of it.
struct Sent {
    acknowledged: usize,
    dup: usize,
    refused: usize,
    wrong: usize,
    stuck: bool,
    shown: Vec<u32>,
    votes: Vec<u32>,
}

fn send(number: usize, address: SocketAddr, mut dice: Dice, topics: &[TopicId], left: &AtomicUsize) -> Sent {
    let mut sent = Sent {
        acknowledged: 0,
        dup: 0,
        refused: 0,
        wrong: 0,
        stuck: false,
        shown: vec![0; topics.len()],
        votes: vec![0; topics.len()],
    };
    for visit in 0.. {
        // One person may only send so much in a second, so each sender is many people, one after the other.
        let person = Person::by_way_of(address, &format!("S{number}-{visit}"));
        let mut votes = vec![false; topics.len()];
        for _ in 0..20 {
            let batch = 1 + dice.below(BATCH);
            let taken = left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(batch)));
            let batch = taken.unwrap_or(0).min(batch);
            if batch == 0 {
                sum_up(&mut sent, &votes);
                return sent;
            }
            let ops: Vec<(usize, SentOp)> = (0..batch)
                .map(|_| {
                    let (topic, id) = (dice.below(topics.len()), OpId(person.id()));
                    let on = dice.below(2) == 0;
                    let vote = Op::Vote { topic: topics[topic], on };
                    let op =
                        if dice.below(2) == 0 { vote } else { Op::Shown { topics: vec![topics[topic]] } };
                    (topic, SentOp { id, op })
                })
                .collect();
            push(&person, &ops, &mut sent);
            if sent.stuck {
                return sent;
            }
            for (topic, sent_op) in ops {
                match sent_op.op {
                    Op::Vote { on, .. } => votes[topic] = on,
                    _ => sent.shown[topic] += 1,
                }
            }
        }
        sum_up(&mut sent, &votes);
    }
    sent
}

/// Sends it until there is a receipt for every op.
fn push(person: &Person, ops: &[(usize, SentOp)], sent: &mut Sent) {
    let wanted: Vec<SentOp> = ops.iter().map(|(_, op)| op.clone()).collect();
    for _ in 0..TRIES {
        let Some(answer) = person.sends(wanted.clone()) else { continue };
        let fits = |(op, receipt): (&SentOp, &Receipt)| op.id == receipt.id;
        let all_fit = answer.receipts.len() == wanted.len() && wanted.iter().zip(&answer.receipts).all(fits);
        sent.wrong += usize::from(!all_fit);
        let said = |outcome| answer.receipts.iter().filter(|receipt| receipt.s == outcome).count();
        sent.dup += said(Outcome::Dup);
        sent.refused += said(Outcome::Rejected);
        sent.acknowledged += wanted.len();
        return;
    }
    sent.stuck = true;
}

fn sum_up(sent: &mut Sent, votes: &[bool]) {
    for (sum, on) in sent.votes.iter_mut().zip(votes) {
        *sum += u32::from(*on);
    }
}
