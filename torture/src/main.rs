//! `cargo xtask torture server [--cycles 20] [--seed 1]`: all trials, a table each.
//!
//! `--cycles` counts the kills; the power is cut as often, up to 200 times, everybody races a fifth as often against one
//! server and again against three, a backup is put back a fifth as often, and the disk is filled a tenth as often.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use cercle_torture::figures::Figures;
use cercle_torture::power::Care;
use cercle_torture::{kills, power, races, restores, room};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("torture: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool> {
    let (cycles, seed) = options(env::args().skip(1))?;
    let program = env::var_os("CERCLE_BACKEND").context("$CERCLE_BACKEND names the server's program")?;
    let program = PathBuf::from(program);
    let mut clean = tell(&kills::run(&program, cycles, seed)?);
    for servers in [1, 3] {
        clean &= tell(&races::run(&program, servers, cycles.div_ceil(5), seed)?);
    }
    clean &= tell(&restores::run(&program, cycles.div_ceil(5), seed)?);
    match room::run(&program, cycles.div_ceil(10), seed)? {
        Some(figures) => clean &= tell(&figures),
        None => println!("disk full: not run, this user may not mount a file system"),
    }
    // After the others: from then on, every database of this process lies on the disk that forgets.
    clean &= tell(&power::run(cycles.min(200), seed, Care::Full)?);
    Ok(clean)
}

fn tell(figures: &Figures) -> bool {
    println!("{figures}\n");
    for complaint in figures.complaints() {
        println!("    {complaint}");
    }
    figures.are_clean()
}

fn options(mut words: impl Iterator<Item = String>) -> Result<(u64, u64)> {
    let (mut cycles, mut seed) = (20, 1);
    while let Some(word) = words.next() {
        let mut number = || words.next().context("a number is missing")?.parse().context("not a number");
        match word.as_str() {
            "--cycles" => cycles = number()?,
            "--seed" => seed = number()?,
            unknown => bail!("`torture server` does not know `{unknown}`"),
        }
    }
    Ok((cycles, seed))
}
