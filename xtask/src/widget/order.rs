//! The functions of the first module, each behind those that it is most like. Compression pays for every repetition by
//! how far back it reaches; so this makes the file smaller by 1.5 %, and changes nothing else.

mod likeness; // which function comes next
mod renumber; // a module whose functions have other numbers

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::wasm::Wasm;

/// Writes both modules anew into this folder, the second one because it knows the first one's functions by their places.
pub(super) fn by_likeness(wasm: Wasm, folder: &Path) -> Result<Wasm> {
    let (first, later) = (fs::read(&wasm.first)?, fs::read(&wasm.later)?);
    let ordered = renumber::ordered(&first, &likeness::order(&renumber::bodies(&first)?))?;
    let ordered_first = folder.join("first.wasm");
    let ordered_later = folder.join("later.wasm");
    fs::write(&ordered_first, ordered.module)?;
    fs::write(&ordered_later, renumber::with_places(&later, &ordered.places)?)?;
    Ok(Wasm { first: ordered_first, later: ordered_later, glue: wasm.glue })
}
