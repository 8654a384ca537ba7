//! The widget's files: out of a folder while developing, out of the program itself once released.
//!
//! All are read once, at the start. A file beside another with `.br` or `.gz` at the end of its name is a compressed
//! form of it. A name whose last part before the ending is a long hexadecimal number is a fingerprint: what it names
//! never changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::body::Bytes;
use sha2::{Digest as _, Sha256};

use crate::secret::hex;

/// What was in `CERCLE_WIDGET_DIR` when this program was built.
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Compressed forms, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    pub(crate) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name in HTTP.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// Every file, by its path below `/`.
#[derive(Debug, Default)]
pub(crate) struct Assets(BTreeMap<String, Asset>);

/// One file.
#[derive(Debug)]
pub(crate) struct Asset {
    name: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    fingerprint: String,
}

impl Assets {
    /// The files in a folder and below.
    pub(crate) fn in_folder(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![(folder.to_owned(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path: PathBuf = entry?.path();
                let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                    continue;
                };
                let name = format!("{prefix}{name}");
                if path.is_dir() {
                    folders.push((path, name + "/"));
                } else {
                    files.push((name, Bytes::from(fs::read(&path)?)));
                }
            }
        }
        Ok(Self::new(files))
    }

    /// The files in this program; none, if it was built without.
    pub(crate) fn embedded() -> Self {
        let file = |(name, bytes): &(&str, &'static [u8])| ((*name).to_owned(), Bytes::from_static(bytes));
        Self::new(embedded::FILES.iter().map(file).collect())
    }

    fn new(files: Vec<(String, Bytes)>) -> Self {
        let mut forms: BTreeMap<String, Bytes> = files.into_iter().collect();
        let is_form = |name: &String| Encoding::ALL.iter().any(|form| name.ends_with(form.ending()));
        let names: Vec<String> = forms.keys().filter(|name| !is_form(name)).cloned().collect();
        let asset = |name: String| {
            let plain = forms.remove(&name)?;
            let asset = Asset {
                fingerprint: hex(&Sha256::digest(&plain)[..16]),
                brotli: forms.remove(&format!("{name}{}", Encoding::Brotli.ending())),
                gzip: forms.remove(&format!("{name}{}", Encoding::Gzip.ending())),
                plain,
                name: name.clone(),
            };
            Some((name, asset))
        };
        Self(names.into_iter().filter_map(asset).collect())
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Asset> {
        self.0.get(path)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Asset {
    pub(crate) fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    pub(crate) fn encoded(&self, encoding: Encoding) -> Option<Bytes> {
        match encoding {
            Encoding::Brotli => self.brotli.clone(),
            Encoding::Gzip => self.gzip.clone(),
        }
    }

    /// The entity tag of one form.
    pub(crate) fn tag(&self, encoding: Option<Encoding>) -> String {
        let form = encoding.map_or("", Encoding::name);
        format!("\"{}{form}\"", self.fingerprint)
    }

    /// How long browsers may keep it.
    pub(crate) fn caching(&self) -> &'static str {
        let stem = self.name.rsplit_once('.').map_or("", |(stem, _)| stem);
        let print = stem.rsplit_once('.').map_or("", |(_, print)| print);
        if print.len() >= 8 && print.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        }
    }

    /// What it is.
    pub(crate) fn media_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "css" => "text/css; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            "ico" => "image/x-icon",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "json" | "map" => "application/json",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "txt" => "text/plain; charset=utf-8",
            "wasm" => "application/wasm",
            "woff2" => "font/woff2",
            _ => "application/octet-stream",
        }
    }
}
