//! Starting and stopping.
//!
//! Stopping is a sequence: streams and long polls end first, because nothing else would end them; then connections
//! finish what they are at; then the writer works off its queue and leaves the file tidy.

use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::HeaderValue;
use cercle_domain::id::CommunityId;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::assets::Assets;
use crate::buckets::{Buckets, Rate};
use crate::core::{Core, NewCode, Openings};
use crate::identity::{Authenticator, DeviceKeys, Nobody};
use crate::metrics::Metrics;
use crate::options::Options;
use crate::routes;
use crate::secret::{self, Code, Secret};
use crate::store::sqlite::Sqlite;
use crate::store::{Store, StoreError};
use crate::writer::{Running, Tell, Writer};

/// How long a request may take to say what it wants.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);
/// How often to look whether the database was restored.
const LOOK: Duration = Duration::from_secs(1);
/// How long connections may take to finish when the backend stops.
const LAST_PATIENCE: Duration = Duration::from_secs(10);

/// Why the backend could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours, or a folder cannot be read.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// A backup could not be made or put in place.
    #[error("{0}")]
    Backup(StoreError),
    /// The operating system has no random numbers for us.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// An option makes no sense.
    #[error("{0}")]
    Option(String),
}

/// The backend, running.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Whether it has the widget's files.
    pub has_widget: bool,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    looking: JoinHandle<()>,
    writer: Writer,
    running: Running,
}

/// The file of the database.
#[must_use]
pub fn database(options: &Options) -> PathBuf {
    options.data.join("cercle.sqlite")
}

/// Makes the folder of the database, if it is not there.
pub fn folder(options: &Options) -> Result<(), StartError> {
    // The secret of the database is nobody else's business on this machine.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&options.data)
        .map_err(|error| StartError::Io(options.data.display().to_string(), error))
}

/// Opens the database in the folder that was chosen.
pub fn open(options: &Options) -> Result<Sqlite, StartError> {
    folder(options)?;
    Ok(Sqlite::open(&database(options), &secret::identity()?)?)
}

/// Makes codes for this database.
#[must_use]
pub fn new_codes(secret: Secret) -> NewCode {
    Box::new(move |community| {
        let code = Code::new(secret::random().map_err(StoreError::new)?);
        let hash = secret.code(community, &code);
        Ok((code, hash))
    })
}

/// The core on a store, with what the options say about communities.
pub fn core(options: &Options, mut store: Box<dyn Store>) -> Result<Core, StartError> {
    let secret = store.identity()?.secret;
    let named = options.communities.iter().map(|id| id.parse::<CommunityId>());
    let named: Result<_, _> = named.collect();
    let named: std::collections::BTreeSet<CommunityId> =
        named.map_err(|_| StartError::Option("a --community has 1 to 64 of a-z, 0-9 and '-'".to_owned()))?;
    let openings = if named.is_empty() {
        Openings::Anybody { max: options.max_communities }
    } else {
        Openings::Named(named)
    };
    Ok(Core::new(store, openings, new_codes(secret))?)
}

impl Server {
    /// Starts to serve a core.
    pub async fn start(options: &Options, rate: Rate, core: Core, tell: Tell) -> Result<Self, StartError> {
        let address = format!("{}:{}", options.host, options.port);
        let named = |error| StartError::Io(address.clone(), error);
        let listener = TcpListener::bind(&address).await.map_err(named)?;
        let bound = listener.local_addr().map_err(named)?;
        let metrics = Arc::new(Metrics::default());
        let secret = core.secret();
        let assets = assets(options)?;
        let has_widget = !assets.is_empty();
        let (writer, running) = Writer::start(core, Arc::clone(&metrics), tell).map_err(named)?;
        let (stop, stopping) = watch::channel(false);
        let app = App {
            writer: writer.clone(),
            authenticator: authenticator(options, &secret),
            secret,
            buckets: Buckets::new(rate),
            metrics,
            assets,
            origins: options.origins.iter().map(|origin| header(origin)).collect::<Result<_, _>>()?,
            embed_policy: header(&routes::embed_policy(&options.frame_ancestors))?,
            stopping: stopping.clone(),
        };
        let router = routes::router(Arc::new(app));
        Ok(Self {
            address: bound,
            has_widget,
            stop,
            looking: tokio::spawn(look(writer.clone())),
            accepting: tokio::spawn(accept(listener, router, stopping)),
            writer,
            running,
        })
    }

    /// Whether the writer is still there. Comes back when it is not.
    pub async fn broke(&self) {
        let mut ended = self.running.ended.clone();
        // The channel never carries anything: it closes.
        while ended.changed().await.is_ok() {}
    }

    /// Lets streams and waits end. Everything else goes on until [`Self::stop`].
    pub fn begin_to_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Stops in order; false if the writer had come to a bad end.
    pub async fn stop(self) -> bool {
        self.begin_to_stop();
        self.looking.abort();
        let accepted = self.accepting.await.is_ok();
        self.writer.stop().await;
        let running = self.running;
        let wrote = tokio::task::spawn_blocking(|| running.join()).await;
        accepted && wrote.unwrap_or(false)
    }
}

fn authenticator(options: &Options, secret: &Secret) -> Box<dyn Authenticator> {
    if options.device_keys { Box::new(DeviceKeys(secret.clone())) } else { Box::new(Nobody) }
}

fn assets(options: &Options) -> Result<Assets, StartError> {
    Ok(match &options.assets {
        Some(folder) => {
            Assets::in_folder(folder).map_err(|error| StartError::Io(folder.display().to_string(), error))?
        }
        None => Assets::embedded(),
    })
}

fn header(text: &str) -> Result<HeaderValue, StartError> {
    HeaderValue::from_str(text).map_err(|_| StartError::Option(format!("{text} cannot stand in a header")))
}

/// Notices a restore while nobody asks for anything: those who wait for changes are to learn of it.
async fn look(writer: Writer) {
    let mut time = tokio::time::interval(LOOK);
    loop {
        time.tick().await;
        // A store that cannot be read is told to whoever asks for something.
        writer.ping().await.ok();
    }
}

/// Takes connections until told to stop, then lets them finish.
async fn accept(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(HEADER_PATIENCE);
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        // A connection that broke before it began is nobody's problem; too many open files pass by themselves.
        let Ok((stream, _)) = accepted else {
            tokio::task::yield_now().await;
            continue;
        };
        // Answers are small and awaited: no waiting for more to send.
        if stream.set_nodelay(true).is_err() {
            continue;
        }
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = open.watch(connection);
        // What goes wrong on a connection is seen by whoever is at its other end.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    if tokio::time::timeout(LAST_PATIENCE, open.shutdown()).await.is_err() {
        eprintln!("some connections did not finish in time");
    }
}
