//! A network that fails, between browsers and the server: every request passes through here and meets a fault, or none.
//!
//! It is made of plain sockets on this machine. What it does to a connection happens above TCP: no packet is lost, none
//! comes twice.

use std::fmt;
use std::io::{BufReader, ErrorKind, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::http::Message;

/// When Chromium first asks on a silent connection whether anybody is still there.
const ASKED_AFTER: Duration = Duration::from_secs(45);

/// What may become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody listens.
    Refuse,
    /// The connection is torn before anything was read.
    Reset,
    /// The server does it, and its answer comes once the network is fair again.
    Stall,
    /// The connection stands, and nobody answers on it; it is forgotten once the network is fair again.
    HalfOpen,
    /// The server does it, and its answer is lost, half of it or all.
    Cut,
    /// What is posted reaches the server twice; one of the answers comes back.
    Duplicate,
}

impl Fault {
    pub(crate) const ALL: [Self; 6] =
        [Self::Refuse, Self::Reset, Self::Stall, Self::HalfOpen, Self::Cut, Self::Duplicate];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refuse => "refused",
            Self::Reset => "reset",
            Self::Stall => "stalled",
            Self::HalfOpen => "half-open",
            Self::Cut => "answer cut",
            Self::Duplicate => "duplicated",
        })
    }
}

/// What the network is like.
pub(crate) enum Weather {
    Fair,
    /// Every request meets this; only what is posted is cut or duplicated.
    Bad(Fault),
    /// Each thing posted meets what this says for it.
    Changing(Box<dyn FnMut() -> Option<Fault> + Send>),
}

/// How many requests, and ops in them, met each fault.
#[derive(Debug, Clone, Default)]
pub(crate) struct Met {
    pub(crate) posts: usize,
    pub(crate) ops: usize,
    /// How often a browser asked for leave to push first, as it does before a request to another origin.
    pub(crate) leaves: usize,
    faults: Vec<(Fault, usize)>,
    /// How long the server itself took for a push at most.
    pub(crate) slowest: Duration,
}

impl Met {
    /// Of these, how many requests and how many ops.
    pub(crate) fn with(&self, fault: Fault) -> (usize, usize) {
        let met = self.faults.iter().filter(|(with, _)| *with == fault);
        met.fold((0, 0), |(requests, ops), (_, more)| (requests + 1, ops + more))
    }

    /// How many requests met any.
    pub(crate) fn all(&self) -> usize {
        self.faults.len()
    }
}

#[derive(Clone)]
pub(crate) struct Proxy {
    address: SocketAddr,
    inside: Arc<Inside>,
}

struct Inside {
    server: String,
    now: Mutex<Now>,
    changed: Condvar,
}

struct Now {
    weather: Weather,
    listening: bool,
    met: Met,
    /// Connections that are open, to be torn when nobody listens any more.
    open: Vec<Arc<TcpStream>>,
}

impl Proxy {
    /// A way to this server, fair at first.
    pub(crate) fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a machine has free ports");
        let address = listener.local_addr().expect("a listener has an address");
        let now = Now { weather: Weather::Fair, listening: true, met: Met::default(), open: Vec::new() };
        let inside = Inside { server: server.to_string(), now: Mutex::new(now), changed: Condvar::new() };
        let proxy = Self { address, inside: Arc::new(inside) };
        let listening = proxy.clone();
        thread::spawn(move || listening.listen(listener));
        proxy
    }

    /// What the attribute `backend` holds.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the network is like this.
    pub(crate) fn is(&self, weather: Weather) {
        let refuses = matches!(weather, Weather::Bad(Fault::Refuse));
        let mut now = self.inside.now();
        now.weather = weather;
        if refuses {
            for stream in now.open.drain(..) {
                drop(stream.shutdown(Shutdown::Both));
            }
        }
        self.inside.changed.notify_all();
        while now.listening == refuses {
            drop(now);
            // Whoever waits for somebody to call hears nothing else.
            drop(TcpStream::connect(self.address));
            thread::yield_now();
            now = self.inside.now();
        }
    }

    /// What requests met so far.
    pub(crate) fn met(&self) -> Met {
        self.inside.now().met.clone()
    }

    fn listen(&self, first: TcpListener) {
        let mut listener = Some(first);
        loop {
            let refuses = matches!(self.inside.now().weather, Weather::Bad(Fault::Refuse));
            if refuses {
                listener = None;
                let mut now = self.inside.now();
                now.listening = false;
                while matches!(now.weather, Weather::Bad(Fault::Refuse)) {
                    now = self.inside.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                }
            }
            let open = listener
                .get_or_insert_with(|| TcpListener::bind(self.address).expect("the port is still ours"));
            self.inside.now().listening = true;
            if let Ok((stream, _)) = open.accept() {
                let inside = Arc::clone(&self.inside);
                thread::spawn(move || inside.pass(stream));
            }
        }
    }
}

impl Inside {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One connection, one request. Whoever hangs up meanwhile is no concern of the network's.
    fn pass(&self, stream: TcpStream) {
        // A spare connection meets nothing until something is sent on it.
        if !matches!(stream.peek(&mut [0]), Ok(1)) {
            return;
        }
        let bad = if let Weather::Bad(fault) = self.now().weather { Some(fault) } else { None };
        match bad {
            // What was sent and never read tears the connection when it is closed.
            Some(Fault::Reset | Fault::Refuse) => return self.note(Fault::Reset, 0),
            Some(Fault::HalfOpen) => {
                self.note(Fault::HalfOpen, 0);
                drop(Message::read(BufReader::new(&stream)));
                return self.forget(&stream);
            }
            _ => {}
        }
        let stream = Arc::new(stream);
        self.now().open.push(Arc::clone(&stream));
        if let Ok(Some(request)) = Message::read(BufReader::new(&*stream)) {
            self.answer(&request, &stream);
        }
        self.now().open.retain(|other| !Arc::ptr_eq(other, &stream));
    }

    /// Until the other side gives up, or asks whether anybody is still there: a host that can be reached again says that it
    /// knows nothing of this connection.
    fn forget(&self, stream: &TcpStream) {
        drop(stream.set_read_timeout(Some(ASKED_AFTER)));
        while stream.peek(&mut [0]).is_err_and(|problem| problem.kind() == ErrorKind::WouldBlock)
            && matches!(self.now().weather, Weather::Bad(Fault::HalfOpen))
        {}
    }

    #[expect(clippy::disallowed_methods, reason = "what the server takes is no fault of the network's")]
    fn answer(&self, request: &Message, mut stream: &TcpStream) {
        let posted = request.method() == "POST";
        let ops = ops_in(request);
        let fault = {
            let now = &mut *self.now();
            now.met.posts += usize::from(posted);
            now.met.ops += ops;
            now.met.leaves += usize::from(request.method() == "OPTIONS" && request.path().ends_with("/sync"));
            match &mut now.weather {
                Weather::Bad(fault @ (Fault::Cut | Fault::Duplicate)) => posted.then_some(*fault),
                Weather::Bad(fault) => Some(*fault),
                Weather::Changing(choose) if posted => choose(),
                Weather::Fair | Weather::Changing(_) => None,
            }
        };
        if let Some(fault) = fault {
            self.note(fault, ops);
        }
        if fault == Some(Fault::Reset) {
            return;
        }
        if fault == Some(Fault::Duplicate) {
            drop(request.send_on(&self.server));
        }
        let sent = Instant::now();
        let Ok(answer) = request.send_on(&self.server).and_then(|answer| answer.answered_on()) else {
            return;
        };
        if posted {
            let slowest = &mut self.now().met.slowest;
            *slowest = sent.elapsed().max(*slowest);
        }
        match fault {
            Some(Fault::Cut) => {
                // One time nothing comes, one time half.
                let half = if ops.is_multiple_of(2) { answer.len() / 2 } else { 0 };
                drop(stream.write_all(&answer[..half]));
            }
            Some(Fault::Stall) => {
                let mut now = self.now();
                while matches!(now.weather, Weather::Bad(Fault::Stall)) {
                    now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
                }
                drop(now);
                drop(stream.write_all(&answer));
            }
            _ => drop(stream.write_all(&answer)),
        }
    }

    fn note(&self, fault: Fault, ops: usize) {
        self.now().met.faults.push((fault, ops));
    }
}

fn ops_in(request: &Message) -> usize {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
    body["ops"].as_array().map_or(0, Vec::len)
}
