//! The one thread that owns the core: a queue in front, one commit for all that wait.
//!
//! While one commit is on its way to the disk, further asks gather in the queue and share the next one. A lone ask is
//! committed at once; nothing ever waits on purpose. Reads go the same way: they cost microseconds here, and so a person
//! always reads what they wrote.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use cercle_domain::id::{CommunityId, Millis, OpId, PersonId, Ver};
use cercle_domain::protocol::{Outcome, SyncAnswer};
use tokio::sync::{mpsc, oneshot, watch};

use crate::core::{Ask, Core, News, Refusal};
use crate::metrics::Metrics;
use crate::store::CodeHash;
use crate::wakes::Wakes;

/// How many requests one commit serves at most.
const BATCH: usize = 64;
/// How many requests may wait. Who comes after is told to try again later.
const QUEUE: usize = 1024;

type Reply<T> = oneshot::Sender<Result<T, Refusal>>;

enum Job {
    Sync(Ask, Reply<SyncAnswer>),
    Claim(Claim, Reply<()>),
    Ping(Reply<()>),
    Stop,
}

/// Somebody enters a facilitator's code.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) actor: PersonId,
    pub(crate) community: CommunityId,
    pub(crate) at: Millis,
    pub(crate) op: OpId,
    pub(crate) code: CodeHash,
}

/// Why an ask has no answer.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// Too many wait already, or the backend is stopping.
    Overloaded,
    /// The core refused.
    Refused(Refusal),
}

/// What is told to the people who run this.
pub type Tell = Box<dyn FnMut(News) + Send>;

/// The way to the thread.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    wakes: Arc<Wakes>,
}

/// The thread itself. Ends when told to stop, or by a bug.
pub(crate) struct Running {
    thread: JoinHandle<()>,
    /// Closes when the thread ends, however it ends.
    pub(crate) ended: watch::Receiver<()>,
}

impl Running {
    /// Waits for the end; false if it was a panic.
    pub(crate) fn join(self) -> bool {
        self.thread.join().is_ok()
    }
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(core: Core, metrics: Arc<Metrics>, tell: Tell) -> std::io::Result<(Self, Running)> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (alive, ended) = watch::channel(());
        let wakes = Arc::new(Wakes::default());
        let desk = Desk { core, metrics, tell, wakes: Arc::clone(&wakes) };
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || {
            desk.work(queue);
            drop(alive);
        })?;
        Ok((Self { jobs, wakes }, Running { thread, ended }))
    }

    pub(crate) async fn sync(&self, ask: Ask) -> Result<SyncAnswer, Unanswered> {
        self.send(|reply| Job::Sync(ask, reply)).await
    }

    pub(crate) async fn claim(&self, claim: Claim) -> Result<(), Unanswered> {
        self.send(|reply| Job::Claim(claim, reply)).await
    }

    /// Answers when the thread is there, has worked off what was waiting, and can read the store. Whoever waits for
    /// changes learns of a restore by this.
    pub(crate) async fn ping(&self) -> Result<(), Unanswered> {
        self.send(Job::Ping).await
    }

    /// A channel that tells when a community changes.
    pub(crate) fn subscribe(&self, community: &CommunityId) -> watch::Receiver<Ver> {
        self.wakes.subscribe(community)
    }

    /// Lets the thread finish what waits and end.
    pub(crate) async fn stop(&self) {
        // An error means that it has ended already.
        drop(self.jobs.send(Job::Stop).await);
    }

    async fn send<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Unanswered> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(job(reply)).map_err(|_| Unanswered::Overloaded)?;
        let answer = answer.await.map_err(|_| Unanswered::Overloaded)?;
        answer.map_err(Unanswered::Refused)
    }
}

/// What the thread works with.
struct Desk {
    core: Core,
    metrics: Arc<Metrics>,
    tell: Tell,
    wakes: Arc<Wakes>,
}

impl Desk {
    fn work(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut asks = Vec::new();
        let mut replies = Vec::new();
        let mut stop = false;
        while !stop && let Some(first) = queue.blocking_recv() {
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Sync(ask, reply) => {
                        asks.push(ask);
                        replies.push(reply);
                    }
                    Job::Claim(claim, reply) => self.claim(claim, reply),
                    Job::Ping(reply) => give(reply, self.look()),
                    Job::Stop => stop = true,
                }
                next = (asks.len() < BATCH).then(|| queue.try_recv().ok()).flatten();
            }
            self.sync(&asks, &mut replies);
            asks.clear();
        }
        if let Err(error) = self.core.close() {
            eprintln!("the store could not be left tidy: {error}");
        }
    }

    fn sync(&mut self, asks: &[Ask], replies: &mut Vec<Reply<SyncAnswer>>) {
        let answers = self.core.sync(asks);
        // Whoever opens a community finds its code printed when the answer comes.
        self.tell_news();
        for ask in asks {
            self.wake(&ask.community);
        }
        for (answer, reply) in answers.into_iter().zip(replies.drain(..)) {
            self.count(&answer);
            give(reply, answer);
        }
    }

    fn claim(&mut self, claim: Claim, reply: Reply<()>) {
        let Claim { actor, community, at, op, code } = claim;
        let claimed = self.core.claim(actor, &community, at, op, &code);
        self.tell_news();
        self.wake(&community);
        give(reply, claimed);
    }

    fn look(&mut self) -> Result<(), Refusal> {
        let looked = self.core.recognise();
        self.tell_news();
        Ok(looked?)
    }

    fn tell_news(&mut self) {
        for news in self.core.news() {
            if news == News::Restored {
                self.wakes.start_over();
            }
            (self.tell)(news);
        }
    }

    fn wake(&self, community: &CommunityId) {
        if let Some(loud) = self.core.loud(community) {
            self.wakes.wake(community, loud);
        }
    }

    fn count(&self, answer: &Result<SyncAnswer, Refusal>) {
        match answer {
            Ok(answer) => {
                for receipt in &answer.receipts {
                    let counter = match receipt.s {
                        Outcome::Ok => &self.metrics.ops_done,
                        Outcome::Dup => &self.metrics.ops_repeated,
                        Outcome::Rejected => &self.metrics.ops_rejected,
                    };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            }
            Err(Refusal::Storage(why)) => {
                self.metrics.store_failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("the store failed: {why}");
            }
            Err(_) => {}
        }
    }
}

/// Whoever asked may have gone in the meantime, which changes nothing.
fn give<T>(reply: Reply<T>, answer: Result<T, Refusal>) {
    drop(reply.send(answer));
}
