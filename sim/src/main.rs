//! `cercle-sim`: plays histories on every core of this machine and prints what they came to.

mod options;
mod report;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use cercle_backend::store::StoreError;
use cercle_sim::{Judgement, Outcome, Plan, play, smaller};

use options::Options;
use report::Report;

// A third of the time went into small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many failing histories are kept and made smaller; one is usually enough to see.
const KEPT: usize = 3;

fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(report) => {
            println!("{report}");
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("cercle-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how long the run took is for people; no history sees it")]
fn run(options: &Options) -> Result<Report, StoreError> {
    let began = std::time::Instant::now();
    let next = AtomicU64::new(options.first);
    let total = Mutex::new(Report::new(options));
    let last = options.first + options.histories;
    let time_is_up = || options.minutes.is_some_and(|minutes| began.elapsed().as_secs() >= 60 * minutes);
    let work = || -> Result<(), StoreError> {
        let mut mine = Report::new(options);
        while !time_is_up() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= last {
                break;
            }
            let plan = Plan::draw(options.seed, number);
            let outcome = play(&plan)?;
            mine.take(&plan, &outcome);
        }
        total.lock().unwrap_or_else(std::sync::PoisonError::into_inner).merge(mine);
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..options.cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().map_err(|_| StoreError::new("a history panicked"))??;
        }
        Ok::<(), StoreError>(())
    })?;
    let mut report = total.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    report.took(began.elapsed());
    shrink(&mut report, options)?;
    Ok(report)
}

/// Makes the first failures smaller and keeps them where the tests find them.
fn shrink(report: &mut Report, options: &Options) -> Result<(), StoreError> {
    let Some(folder) = &options.keep else { return Ok(()) };
    report.failures.sort_by_key(|failure| failure.number);
    for failure in report.failures.iter_mut().take(KEPT) {
        let plan = Plan::draw(options.seed, failure.number);
        let judgement = failure.judgement;
        let fails = |plan: &Plan| play(plan).is_ok_and(|outcome| comes_to(&outcome, judgement));
        let plan = smaller(&plan, fails);
        let outcome = play(&plan)?;
        failure.what = outcome.faults.iter().map(|fault| fault.what.clone()).collect();
        let file = folder.join(format!("{}-{}.json", options.seed, failure.number));
        let json = serde_json::to_string_pretty(&plan).map_err(StoreError::new)?;
        std::fs::create_dir_all(folder).map_err(StoreError::new)?;
        std::fs::write(&file, json + "\n").map_err(StoreError::new)?;
        failure.kept = Some((file, plan.lines.len()));
    }
    Ok(())
}

fn comes_to(outcome: &Outcome, judgement: Judgement) -> bool {
    outcome.faults.iter().any(|fault| fault.judgement == judgement)
}
