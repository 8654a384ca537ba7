//! `cercle-backend`: one process, one file, the widget inside.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use cercle_backend::buckets::Rate;
use cercle_backend::clock;
use cercle_backend::core::{self, News};
use cercle_backend::options::{Command, Options};
use cercle_backend::sample::{self, SampleError};
use cercle_backend::secret::{self, Code};
use cercle_backend::server::{self, Server, StartError};
use cercle_backend::store::Store as _;
use cercle_backend::store::sqlite;
use cercle_domain::id::CommunityId;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(options) => options,
        Err(bad) => return failed(&bad),
    };
    let done = match &options.command {
        Command::Help => {
            say(Options::help().trim_end());
            Ok(true)
        }
        Command::Version => {
            say(concat!("cercle-backend ", env!("CARGO_PKG_VERSION")));
            Ok(true)
        }
        Command::Code(community) => code(&options, community),
        Command::Backup(file) => backup(&options, file),
        Command::Restore(file) => restore(&options, file),
        Command::Serve => serve(&options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(why: &dyn std::error::Error) -> ExitCode {
    eprintln!("cercle-backend: {why}");
    ExitCode::FAILURE
}

/// Makes a new code, whether the backend is running or not.
fn code(options: &Options, community: &str) -> Result<bool, StartError> {
    let community: CommunityId = community
        .parse()
        .map_err(|_| StartError::Option("a community has 1 to 64 of a-z, 0-9 and '-'".to_owned()))?;
    let mut store = server::open(options)?;
    let mut new_code = server::new_codes(store.identity()?.secret);
    let (code, hash) = new_code(&community)?;
    if !store.open(&community, &hash)? {
        store.set_code(&community, &hash)?;
    }
    tell_code(&community, &code);
    Ok(true)
}

fn backup(options: &Options, file: &Path) -> Result<bool, StartError> {
    sqlite::backup(&server::database(options), file).map_err(StartError::Backup)?;
    say(&format!("{} holds all of {}", file.display(), server::database(options).display()));
    Ok(true)
}

fn restore(options: &Options, file: &Path) -> Result<bool, StartError> {
    server::folder(options)?;
    let restored = sqlite::restore(&server::database(options), file, &secret::identity()?, core::erase_again);
    let aside = restored.map_err(StartError::Backup)?;
    say(&format!("{} holds all of {}", server::database(options).display(), file.display()));
    if let Some(aside) = aside {
        say(&format!("what was there before is in {}", aside.display()));
    }
    Ok(true)
}

#[tokio::main]
async fn serve(options: &Options) -> Result<bool, StartError> {
    // From here on, being told to stop is no surprise.
    let no_signals = |error| StartError::Io("signals".to_owned(), error);
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;

    let mut store = server::open(options)?;
    for row in store.unreadable()? {
        eprintln!("a row cannot be read and is set aside in the table quarantine, the rest is served: {row}");
    }
    let mut core = server::core(options, Box::new(store))?;
    let sample = if options.sample {
        let no_sample = |error: SampleError| StartError::Option(error.to_string());
        sample::play(&mut core, clock::now()).map_err(no_sample)?
    } else {
        None
    };
    let opened = core.open_named().map_err(|refusal| StartError::Option(refusal.to_string()))?;
    let tell_each = Box::new(|news| tell(&news));
    let server = Server::start(options, Rate::default(), core, tell_each).await?;
    say(&format!("listening on http://{}", server.address));
    say(&format!("keeping communities in {}", server::database(options).display()));
    if !server.has_widget {
        say("serving the API alone: this program was built without the widget's files (see --assets)");
    }
    sample.iter().chain(&opened).for_each(tell);

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = server.broke() => eprintln!("the writer came to a bad end"),
    }
    say("stopping");
    Ok(server.stop().await)
}

fn tell(news: &News) {
    match news {
        News::Opened { community, code } => tell_code(community, code),
        News::Restored => say("the database was restored: devices bring back what they know"),
        News::SetAside { community, rows } => {
            eprintln!(
                "community {community}: {rows} rows could not be read and were set aside (table quarantine)"
            );
        }
    }
}

fn tell_code(community: &CommunityId, code: &Code) {
    say(&format!(
        "community {community}: whoever enters the code {code} becomes a facilitator (it works once)"
    ));
}

/// Prints a line. That nobody reads it any more is no reason to stop, which `println!` would.
fn say(line: &str) {
    writeln!(io::stdout(), "{line}").ok();
}
