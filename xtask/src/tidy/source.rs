//! The files that rules look at, and what rules say about them.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A file of the repository.
#[derive(Debug)]
pub(super) struct Source {
    /// From the top folder, with `/` between folders.
    pub(super) path: String,
    /// Its text; what is not text in it is of no interest to any rule.
    pub(super) text: String,
}

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    path: String,
    line: Option<usize>,
    problem: String,
}

/// Folders whose contents are made, not written.
const MADE: [&str; 4] = ["target", "dist", "data", "node_modules"];

impl Source {
    pub(super) fn has_ending(&self, endings: &[&str]) -> bool {
        Path::new(&self.path).extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
    }

    pub(super) fn is_rust(&self) -> bool {
        self.has_ending(&["rs"])
    }

    pub(super) fn is_below(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// A fault of the file as a whole.
    pub(super) fn fault(&self, problem: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line: None, problem: problem.into() }
    }

    /// A fault of one line, counted from 1.
    pub(super) fn fault_at(&self, line: usize, problem: impl Into<String>) -> Fault {
        Fault { line: Some(line), ..self.fault(problem) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}", self.problem)
    }
}

/// Everything that people wrote below the folder, in a steady order.
pub(super) fn all_below(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(root, "", &mut sources)?;
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !(MADE.contains(&path.as_str()) || name == "node_modules" || name == ".git") {
                collect(&entry.path(), &format!("{path}/"), sources)?;
            }
        } else {
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {path}"))?;
            sources.push(Source { path, text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
    Ok(())
}
