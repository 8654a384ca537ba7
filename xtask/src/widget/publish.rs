//! The folder that a server serves: stable names, immutable names, and everything compressed beforehand.
//!
//! A page editor pastes the stable name `cercle.js`, which must be asked for anew each time. The copy whose
//! name carries its contents' fingerprint may be kept for ever, and loads the module that it was built with:
//! `manifest.json` says which name that is and what a page's `integrity` attribute must hold.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::fingerprint::Fingerprint;
use super::script::{self, Bundle, Files};
use super::{CLASSIC, FRAME, INLINE, LATER, SCRIPT, TROUBLE, WASM};
use crate::command::{program, run};
use crate::project;

/// The demo page; it stands beside the widget and loads it by its stable name.
const PAGE: &str = "index.html";

/// A file under its immutable name.
pub(crate) struct Immutable {
    name: &'static str,
    pub(crate) path: String,
    pub(crate) integrity: String,
}

/// Fills the folder anew.
pub(super) fn publish(wasm: &[u8], later: &[u8], bundle: &Bundle, folder: &Path) -> Result<Vec<Immutable>> {
    empty(folder)?;
    fs::copy(project::root().join(PAGE), folder.join(PAGE)).with_context(|| format!("cannot copy {PAGE}"))?;

    fs::write(folder.join(WASM), wasm)?;
    fs::write(folder.join(LATER), later)?;
    let immutable_wasm = Immutable::write(WASM, wasm, folder)?;
    let immutable_later = Immutable::write(LATER, later, folder)?;
    // Asked for only when something is wrong; whichever is there will do.
    fs::write(folder.join(TROUBLE), script::alone("trouble.js", "esm")?)?;

    let stable = Files { first: WASM, later: LATER, ..Files::default() };
    // Who pins the script by its hash pins all of us.
    let pinned = Files {
        first: &immutable_wasm.path,
        later: &immutable_later.path,
        first_hash: &immutable_wasm.integrity,
        later_hash: &immutable_later.integrity,
    };
    let (inline, frame) = (bundle.whole()?, script::alone("frame.js", "iife")?);
    let scripts = [
        (SCRIPT, bundle.module(&stable)?, bundle.module(&pinned)?),
        (CLASSIC, bundle.classic(&stable)?, bundle.classic(&pinned)?),
        (INLINE, inline.clone(), inline),
        (FRAME, frame.clone(), frame),
    ];
    let mut immutables = Vec::new();
    for (name, stable, immutable) in scripts {
        fs::write(folder.join(name), stable)?;
        immutables.push(Immutable::write(name, immutable.as_bytes(), folder)?);
    }

    run(program("node").arg("xtask/src/widget/compress.mjs").arg(folder))?;
    immutables.extend([immutable_wasm, immutable_later]);
    fs::write(folder.join("manifest.json"), manifest(&immutables))?;
    Ok(immutables)
}

impl Immutable {
    fn write(name: &'static str, contents: &[u8], folder: &Path) -> Result<Self> {
        let fingerprint = Fingerprint::of(contents);
        let path = fingerprint.named(name);
        fs::write(folder.join(&path), contents)?;
        Ok(Self { name, path, integrity: fingerprint.integrity() })
    }
}

fn manifest(immutables: &[Immutable]) -> String {
    let entry =
        |file: &Immutable| (file.name.to_owned(), json!({ "path": file.path, "integrity": file.integrity }));
    let entries: Map<String, Value> = immutables.iter().map(entry).collect();
    format!("{:#}\n", Value::Object(entries))
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_manifest_leads_from_a_stable_name_to_the_immutable_one() {
        let file =
            |name, path: &str| Immutable { name, path: path.to_owned(), integrity: "sha384-AAAA".to_owned() };
        let manifest = manifest(&[file(SCRIPT, "cercle.01.js"), file(WASM, "cercle_bg.02.wasm")]);
        expect![[r#"
            {
              "cercle.js": {
                "integrity": "sha384-AAAA",
                "path": "cercle.01.js"
              },
              "cercle_bg.wasm": {
                "integrity": "sha384-AAAA",
                "path": "cercle_bg.02.wasm"
              }
            }
        "#]]
        .assert_eq(&manifest);
    }
}
