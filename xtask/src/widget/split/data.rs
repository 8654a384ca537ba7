//! Which function of a module uses which of its data, and which data leads to which other: the linker notes that, where
//! it is asked to (`--emit-relocs`), for every address that it fills in. wasm-bindgen loses these notes, so they are
//! read before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo, TypeRef,
};

/// What of a function tells that it uses something: the numbers that stand for addresses there.
type ByNumber = BTreeMap<u64, Uses>;

/// What something uses: data, by its place among all pieces, and functions, whose addresses it takes.
#[derive(Default)]
struct Uses {
    pieces: BTreeSet<usize>,
    functions: BTreeSet<String>,
}

/// A linked module, with its linker's notes. Offsets count from the beginning of its code and of its data section.
#[derive(Default)]
struct Notes<'a> {
    names: BTreeMap<u32, String>,
    imports: u32,
    code: &'a [u8],
    bodies: Vec<Range<u64>>,
    segments: Vec<Segment<'a>>,
    symbols: Vec<SymbolInfo<'a>>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

struct Segment<'a> {
    address: u64,
    offset: u64,
    bytes: &'a [u8],
}

/// The notes in this module: every piece of data with what it uses, and what the numbers in functions stand for, these by
/// their names in the module that wasm-bindgen makes of it. Functions that share a name there count as one.
pub(super) fn uses(module: &[u8]) -> Result<Value> {
    let notes = Notes::read(module)?;
    let pieces = notes.pieces()?;
    let mut functions: BTreeMap<&str, ByNumber> =
        notes.names.values().map(|name| (name.as_str(), ByNumber::new())).collect();
    for entry in &notes.in_code {
        let at = u64::from(entry.offset);
        let body = notes.bodies.partition_point(|body| body.end <= at);
        let name = notes.name(notes.imports + u32::try_from(body)?)?;
        let uses = functions.entry(name).or_default().entry(notes.number(at)).or_default();
        notes.add(entry, &pieces, uses)?;
    }
    let mut data: Vec<Uses> = pieces.iter().map(|_| Uses::default()).collect();
    for entry in &notes.in_data {
        let at = u64::from(entry.offset);
        let segment =
            notes.segments.iter().rfind(|segment| segment.offset <= at).context("a note before all data")?;
        let piece =
            at_address(&pieces, segment.address + at - segment.offset).context("an address in no symbol")?;
        notes.add(entry, &pieces, &mut data[piece])?;
    }
    let by_number = |uses: ByNumber| -> Map<String, Value> {
        uses.iter().map(|(number, uses)| (number.to_string(), uses.to_json())).collect()
    };
    let functions: BTreeMap<_, _> =
        functions.into_iter().map(|(name, uses)| (name, by_number(uses))).collect();
    let pieces = pieces
        .iter()
        .zip(data)
        .map(|(piece, uses)| json!({ "from": piece.start, "to": piece.end, "uses": uses.to_json() }));
    Ok(json!({ "functions": functions, "pieces": pieces.collect::<Vec<_>>() }))
}

/// The module without these notes: what changes it afterwards does not keep them true.
pub(in crate::widget) fn without_notes(module: &[u8]) -> Result<Vec<u8>> {
    let (mut kept, mut done) = (Vec::new(), 0);
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let is_note = matches!(&payload, Payload::CustomSection(section)
            if section.name() == "linking" || section.name().starts_with("reloc."));
        let end = match &payload {
            Payload::Version { range, .. } => range.end,
            other => other.as_section().map_or(done, |(_, range)| range.end),
        };
        if !is_note {
            kept.extend_from_slice(&module[usize::try_from(done)?..usize::try_from(end)?]);
        }
        done = end;
    }
    Ok(kept)
}

/// The part of a function's name that wasm-bindgen keeps: it takes the hash from the names of what is exported.
fn plain(name: &str) -> String {
    let name = rustc_demangle::demangle(name).to_string();
    match name.rsplit_once('_') {
        Some((plain, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            plain.to_owned()
        }
        _ => name,
    }
}

impl Uses {
    fn to_json(&self) -> Value {
        json!({ "pieces": self.pieces, "functions": self.functions })
    }
}

/// The piece that this address lies in.
fn at_address(pieces: &[Range<u64>], address: u64) -> Option<usize> {
    let at = pieces.partition_point(|piece| piece.end <= address);
    pieces.get(at).filter(|piece| piece.contains(&address)).map(|_| at)
}

impl<'a> Notes<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut notes = Self::default();
        let mut code = 0;
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        notes.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => {
                    code = range.start;
                    notes.code = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    notes.bodies.push(range.start - code..range.end - code);
                }
                Payload::DataSection(section) => {
                    let start = section.range().start;
                    for data in section {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = data.kind else {
                            bail!("a passive segment")
                        };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            bail!("a segment with no fixed address")
                        };
                        let offset = data.range.end - data.data.len() as u64 - start;
                        notes.segments.push(Segment {
                            address: u64::try_from(value)?,
                            offset,
                            bytes: data.data,
                        });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Name(subsections) => {
                        for subsection in subsections {
                            let Name::Function(functions) = subsection? else { continue };
                            for naming in functions {
                                let naming = naming?;
                                notes.names.insert(naming.index, plain(naming.name));
                            }
                        }
                    }
                    KnownCustom::Linking(linking) => {
                        for subsection in linking.subsections() {
                            let Linking::SymbolTable(symbols) = subsection? else { continue };
                            notes.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                        }
                    }
                    KnownCustom::Reloc(entries) => {
                        let entries = entries.entries().into_iter().collect::<Result<Vec<_>, _>>()?;
                        match section.name() {
                            "reloc.CODE" => notes.in_code = entries,
                            "reloc.DATA" => notes.in_data = entries,
                            _ => {}
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(!notes.in_code.is_empty(), "the linker noted nothing");
        Ok(notes)
    }

    /// The symbols of the data, by address. Those that lie in each other are one.
    fn pieces(&self) -> Result<Vec<Range<u64>>> {
        let mut symbols: Vec<Range<u64>> =
            (0..self.symbols.len()).filter_map(|symbol| self.range(symbol)).collect();
        symbols.sort_by_key(|range| range.start);
        let mut pieces: Vec<Range<u64>> = Vec::new();
        for symbol in symbols {
            match pieces.last_mut() {
                Some(last) if symbol.start < last.end => last.end = last.end.max(symbol.end),
                _ => pieces.push(symbol),
            }
        }
        for segment in &self.segments {
            for (address, _) in (segment.address..).zip(segment.bytes).filter(|(_, byte)| **byte != 0) {
                ensure!(at_address(&pieces, address).is_some(), "the byte at {address} is in no symbol");
            }
        }
        Ok(pieces)
    }

    /// Where this symbol lies, if it is data, and not nothing.
    fn range(&self, symbol: usize) -> Option<Range<u64>> {
        let SymbolInfo::Data { symbol: Some(data), .. } = self.symbols.get(symbol)? else { return None };
        let start = self.segments.get(data.index as usize)?.address + u64::from(data.offset);
        (data.size > 0).then(|| start..start + u64::from(data.size))
    }

    fn add(&self, entry: &RelocationEntry, pieces: &[Range<u64>], uses: &mut Uses) -> Result<()> {
        use RelocationType as Kind;
        match entry.ty {
            Kind::MemoryAddrLeb | Kind::MemoryAddrSleb | Kind::MemoryAddrI32 => {
                let range = self.range(entry.index as usize);
                uses.pieces.extend(range.and_then(|range| at_address(pieces, range.start)));
            }
            Kind::TableIndexSleb | Kind::TableIndexI32 => {
                let Some(SymbolInfo::Func { index, .. }) = self.symbols.get(entry.index as usize) else {
                    bail!("the address of something that is no function")
                };
                uses.functions.insert(self.name(*index)?.to_owned());
            }
            Kind::FunctionIndexLeb | Kind::TypeIndexLeb | Kind::GlobalIndexLeb | Kind::TableNumberLeb => {}
            other => bail!("a note of a kind that is not known here: {other:?}"),
        }
        Ok(())
    }

    /// The number that the linker filled in there: always five bytes, of seven bits each.
    fn number(&self, at: u64) -> u64 {
        let bytes = self.code.iter().skip(usize::try_from(at).unwrap_or(usize::MAX)).take(5);
        bytes.zip((0..).step_by(7)).map(|(byte, shift)| u64::from(byte & 0x7f) << shift).sum()
    }

    fn name(&self, function: u32) -> Result<&str> {
        self.names
            .get(&function)
            .map(String::as_str)
            .with_context(|| format!("function {function} has no name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exported_is_called_as_it_is_once_it_is_bound() {
        assert_eq!(plain("handle_update_98d69bde186e58f3"), "handle_update");
        assert_eq!(plain("__wbindgen_malloc"), "__wbindgen_malloc");
    }

    #[test]
    fn a_number_in_the_code_has_five_bytes() {
        let notes = Notes { code: &[0x41, 0x90, 0x80, 0xc0, 0x80, 0x00, 0x0b], ..Notes::default() };
        assert_eq!(notes.number(1), 16 + (1 << 20));
    }

    #[test]
    fn an_address_lies_in_one_piece_or_in_none() {
        let pieces = [4..8, 8..9, 12..16];
        assert_eq!(
            [3, 4, 7, 8, 9, 12, 16].map(|address| at_address(&pieces, address)),
            [None, Some(0), Some(0), Some(1), None, Some(2), None]
        );
    }

    #[test]
    fn a_module_without_notes_is_not_cut_by_guessing() {
        let empty = b"\0asm\x01\0\0\0";
        assert!(uses(empty).is_err());
        assert_eq!(without_notes(empty).expect("a module"), empty);
    }
}
