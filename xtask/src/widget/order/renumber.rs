//! A module whose functions have other numbers, and another module that knows them by their places in a table.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, FunctionSection, ImportSection, Module,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, Element, ElementItems, ElementKind, FunctionSectionReader,
    ImportSectionReader, Parser, Payload, TypeRef,
};

/// The module that exports its functions to another one, by their places in this table.
const SHARED: &str = "shared";
/// What the other module calls it.
const FIRST: &str = "first";

pub(super) struct Ordered {
    pub(super) module: Vec<u8>,
    /// The new places of functions in the shared table.
    pub(super) places: Vec<usize>,
}

/// The code of the functions that a module defines.
pub(super) fn bodies(module: &[u8]) -> Result<Vec<&[u8]>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload? {
            bodies.push(body.as_bytes());
        }
    }
    Ok(bodies)
}

/// The module with its functions in this order. Those in the shared table are sorted: neighbours compress well there too.
pub(super) fn ordered(module: &[u8], order: &[usize]) -> Result<Ordered> {
    let mut change = Order { order, numbers: BTreeMap::new(), shared: None, places: Vec::new() };
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.name == SHARED {
                        change.shared = Some(export.index);
                    }
                }
            }
            _ => {}
        }
    }
    let numbered = (imported..).zip(order);
    change.numbers =
        numbered.map(|(new, old)| Ok((imported + u32::try_from(*old)?, new))).collect::<Result<_>>()?;
    Ok(Ordered { module: rewritten(module, &mut change)?, places: change.places })
}

/// The module that imports from those places, after they changed.
pub(super) fn with_places(module: &[u8], places: &[usize]) -> Result<Vec<u8>> {
    rewritten(module, &mut Places(places))
}

fn rewritten(module: &[u8], change: &mut impl Reencode<Error = std::convert::Infallible>) -> Result<Vec<u8>> {
    let mut written = Module::new();
    change
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| anyhow!("a module cannot be written anew: {error}"))?;
    Ok(written.finish())
}

type Done = Result<(), Error<std::convert::Infallible>>;

struct Order<'a> {
    order: &'a [usize],
    /// The new numbers of functions, by their old ones; imported functions keep theirs.
    numbers: BTreeMap<u32, u32>,
    shared: Option<u32>,
    places: Vec<usize>,
}

impl Reencode for Order<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.numbers.get(&function).copied().unwrap_or(function))
    }

    /// Sections for tools are of no use to a page.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Done {
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        written: &mut FunctionSection,
        functions: FunctionSectionReader<'_>,
    ) -> Done {
        let types = functions.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.order.iter().for_each(|function| {
            written.function(types[*function]);
        });
        Ok(())
    }

    fn parse_code_section(&mut self, written: &mut CodeSection, code: CodeSectionReader<'_>) -> Done {
        let bodies = code.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.order
            .iter()
            .try_for_each(|function| self.parse_function_body(written, bodies[*function].clone()))
    }

    fn parse_element(&mut self, written: &mut ElementSection, element: Element<'_>) -> Done {
        let (ElementKind::Active { table_index, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            return utils::parse_element(self, written, element);
        };
        if self.shared.is_none() || *table_index != self.shared {
            return utils::parse_element(self, written, element);
        }
        let mut functions = functions
            .clone()
            .into_iter()
            .enumerate()
            .map(|(place, function)| Ok((self.function_index(function?)?, place)))
            .collect::<Result<Vec<_>, Error<Self::Error>>>()?;
        functions.sort_unstable();
        self.places = vec![0; functions.len()];
        functions.iter().enumerate().for_each(|(new, (_, old))| self.places[*old] = new);
        let functions: Vec<u32> = functions.into_iter().map(|(function, _)| function).collect();
        written.active(*table_index, &ConstExpr::i32_const(0), Elements::Functions(functions.into()));
        Ok(())
    }
}

struct Places<'a>(&'a [usize]);

impl Reencode for Places<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        written: &mut ImportSection,
        imports: ImportSectionReader<'_>,
    ) -> Done {
        for import in imports.into_imports() {
            let import = import?;
            let place = import.name.parse::<usize>().ok().filter(|_| import.module == FIRST);
            let name = place.map_or_else(|| import.name.to_owned(), |place| self.0[place].to_string());
            written.import(import.module, &name, self.entity_type(import.ty)?);
        }
        Ok(())
    }
}
