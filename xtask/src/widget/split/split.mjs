// Cuts a WebAssembly module into two: what a board runs, and what it does without until somebody opens something.
//
//   node split.mjs BINARYEN WITHOUT USES STYLE FOLDER
//
// FOLDER holds what wasm-bindgen wrote, `cercle_bg.wasm` and `cercle.js`; both are written anew, and beside them
// `cercle_later.wasm`. WITHOUT lists the functions and regions of functions that a board does without, by the names of
// names.mjs; regions become functions first (outline.mjs). They leave the first module, and so does what only they call or name, functions and data: USES tells which data that is (data.rs).
// In their place stand stubs that call through a table, which the second module fills as soon as it stands. A stub that
// is met before that asks the page for it, by the import `later`. STYLE, how all that looks, travels in the second module.
//
// Binaryen has a tool for this, wasm-split, which is not among the tools that npm brings; its library is.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readList, spoken } from './names.mjs';
import { lighten } from './lighten.mjs';
import { mute } from './mute.mjs';
import { outline } from './outline.mjs';
import { partsOf } from './parts.mjs';
import { reach } from './reach.mjs';
import { row, tighten } from './tighten.mjs';
import { treeOf } from './tree.mjs';

const [binaryenPath, withoutPath, usesPath, stylePath, folder] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(binaryenPath));
const FIRST = join(folder, 'cercle_bg.wasm');
const LATER = join(folder, 'cercle_later.wasm');
const GLUE = join(folder, 'cercle.js');
const GLUED = './cercle_bg.js';
/** The same for every import of the first module: a name of one letter. */
const BRIEF = 'g';
const list = readList(await readFile(withoutPath, 'utf8'));
const uses = JSON.parse(await readFile(usesPath, 'utf8'));
// After the modules came to their end, what the page still tells them comes to nothing.
const SILENCE = 'export function silence() { wasm = new Proxy({}, { get: () => () => [] }); }';
// Exports that nobody here asks for: streams of Rust for JavaScript, what lighten.mjs leaves out, notes of tools for tools.
const NOT_ASKED_FOR = /intounderlying|^__wbindgen_realloc|^__abort_handler|^__instance_terminated|^_WASM_SPLIT_MARKER/;
const { none, i32 } = binaryen;

// Names tell wasm-opt nothing, but people who measure.
binaryen.setDebugInfo(true);

const outlined = binaryen.readBinary(await readFile(FIRST));
if (!mute(outlined, binaryen)) throw new Error('no error has words');
const regions = new Set(outline(outlined, list.hasRegion, binaryen));
const bytes = outlined.emitBinary();
outlined.dispose();
const isListed = (name) => regions.has(name) || list.hasFunction(spoken(name));

function read() {
  const module = binaryen.readBinary(bytes);
  for (const { name } of exports(module)) if (NOT_ASKED_FOR.test(name)) module.removeExport(name);
  return module;
}

const parts = partsOf(binaryen);
const { functions, globals, tables, elements, memory, exports } = parts;
const defined = (module) => functions(module).filter((info) => !info.module).map((info) => info.name);
const tidy = (module) => module.runPasses(['remove-unused-module-elements']);

const all = new Map(functions(read()).map((info) => [info.name, info]));
const listed = [...all.values()].filter(({ module, name }) => !module && isListed(name)).map(({ name }) => name);

/** FIRST, where each of these functions is a stub for its place in the table. */
function first(stubs) {
  const module = read();
  module.addFunctionImport('fetch later', GLUED, 'later', none, none);
  module.addTable('later', Math.max(stubs.length, 1), Math.max(stubs.length, 1));
  module.addTableExport('later', 'later');
  module.addGlobal('is there', i32, true, module.i32.const(0));
  module.addGlobalExport('is there', 'isThere');
  module.addGlobalExport('__stack_pointer', 'stack');
  const isThere = module.global.get('is there', i32);
  module.addFunction('be there', none, none, [],
    module.if(module.i32.eqz(isThere), module.call('fetch later', [], none)));
  stubs.forEach((name, place) => {
    const { params, results } = all.get(name);
    const given = binaryen.expandType(params).map((type, at) => module.local.get(at, type));
    const go = module.call_indirect('later', module.i32.const(place), given, params, results);
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.block(null, [module.call('be there', [], none), go], results));
  });
  return module;
}

// What nobody reaches at all, a library's exports among it, is in neither module.
const whole = read();
const alive = reach(whole, new Set(), uses, binaryen, parts);
whole.dispose();
// Whatever FIRST no longer reaches leaves it too, and only the stubs that it still reaches need a place.
const trial = first(listed);
const reached = reach(trial, new Set(['be there', ...listed]), uses, binaryen, parts);
trial.dispose();
const stubs = listed.filter((name) => reached.has(name));
const leaves = new Set([...all.keys()].filter((name) => !all.get(name).module && (!reached.has(name) || isListed(name))));

/** Places in the table and pieces of data that only what left looks up. */
const isLater = {
  element: (name) => leaves.has(name) && !reached.has(name),
  piece: (piece) => !reached.has(`piece ${uses.pieces.indexOf(piece)}`),
};

/** What of a row is later, as runs: where each begins, and what is in it. */
function runs(row, isLater) {
  const found = [];
  row.forEach((thing, at) => {
    if (!isLater(thing)) return;
    if (at > 0 && isLater(row[at - 1])) found.at(-1).things.push(thing);
    else found.push({ at, things: [thing] });
  });
  return found;
}

function replaceElements(module, parts) {
  for (const { name, table, offset, data } of elements(module)) {
    module.removeElementSegment(name);
    for (const { at, things } of parts(data)) {
      module.addActiveElementSegment(table, `${name} ${at}`, things, module.i32.const(offset + at));
    }
  }
}

function replaceData(module, parts) {
  const { initial, max } = module.getMemoryInfo();
  const data = memory(module).flatMap(parts).map(({ offset, bytes }) => ({ offset: module.i32.const(offset), data: bytes }));
  module.setMemory(initial, max ?? -1, null, data, false, false, '0');
}

/** Takes out of FIRST what is not reached there. To wasm-opt, zeros are no data. */
function leaveOut(module) {
  replaceElements(module, (row) => [{ at: 0, things: row.map((name) => (isLater.element(name) ? 'be there' : name)) }]);
  replaceData(module, ({ offset, bytes }) => {
    for (const piece of uses.pieces.filter(isLater.piece)) bytes.fill(0, Math.max(piece.from - offset, 0), Math.max(piece.to - offset, 0));
    return { offset, bytes };
  });
}

/** Leaves to LATER what was taken out of FIRST and is not dead. */
function leaveIn(module) {
  replaceElements(module, (row) => runs(row, (name) => isLater.element(name) && alive.has(name)));
  const isUsed = (piece) => isLater.piece(piece) && alive.has(`piece ${uses.pieces.indexOf(piece)}`);
  const pieces = runs(uses.pieces, isUsed).map(({ things }) => ({ from: things[0].from, to: things.at(-1).to }));
  replaceData(module, ({ offset, bytes }) => pieces
    .filter(({ from }) => from >= offset && from < offset + bytes.length)
    .map(({ from, to }) => ({ offset: from, bytes: bytes.slice(from - offset, to - offset) })));
}

/** How many expressions a function may have that both modules hold: a place in the shared table weighs as much in FIRST. */
const SMALL = 10;
const { sizeOf } = treeOf(binaryen);
const isSmall = ({ module, body }) => !module && sizeOf(body) <= SMALL;

/** LATER, and what it needs of FIRST: all state is there. */
function later() {
  const module = read();
  const short = new Map();
  const inFirst = (kind, name) => {
    const thing = `${kind} ${name}`;
    if (!short.has(thing)) short.set(thing, `$${short.size.toString(36)}`);
    return short.get(thing);
  };
  leaveIn(module);
  const both = new Set(functions(module).filter(isSmall).map(({ name }) => name));
  exports(module).forEach(({ name }) => module.removeExport(name));
  module.addMemoryImport('0', 'first', 'memory');
  tables(module).forEach(({ name }) => module.addTableImport(name, 'first', inFirst('table', name)));
  globals(module).forEach(({ name, type, mutable }) =>
    module.addGlobalImport(name, 'first', inFirst('global', name), type, mutable));
  all.forEach(({ name, params, results }) => {
    if (leaves.has(name) || both.has(name)) return;
    module.removeFunction(name);
    module.addFunctionImport(name, 'first', inFirst('function', name), params, results);
  });
  module.addTable('later', stubs.length, stubs.length);
  module.addActiveElementSegment('later', 'later', stubs, module.i32.const(0));
  module.addTableImport('later', 'first', 'later');
  tidy(module);
  const needed = {
    function: functions(module).filter((info) => info.module).map(({ name }) => name),
    global: globals(module).map(({ name }) => name),
    table: tables(module).map(({ name }) => name).filter((name) => name !== 'later'),
  };
  return { module, needed, inFirst };
}

const { module: second, needed, inFirst } = later();
const board = first(stubs);
leaveOut(board);
// By their places in a table: hundreds of exports with names weigh twice as much.
board.addTable('shared', needed.function.length, needed.function.length);
board.addActiveElementSegment('shared', 'shared', needed.function, board.i32.const(0));
board.addTableExport('shared', 'shared');
needed.function.forEach((name, place) => {
  const { params, results } = all.get(name);
  second.addFunctionImport(name, 'first', String(place), params, results);
});
needed.global.forEach((name) => board.addGlobalExport(name, inFirst('global', name)));
needed.table.forEach((name) => board.addTableExport(name, inFirst('table', name)));
tidy(board);

/** Gives the glue and the first module short names for each other: places to imports, two letters to exports. */
async function shorten() {
  // Streams of Rust for JavaScript are for nobody here.
  let glue = tighten(lighten(await readFile(GLUE, 'utf8')))
    .replaceAll(/^export class IntoUnderlying\w+ \{[^]*?^\}\n/gm, '')
    .replaceAll(/^const IntoUnderlying\w+Finalization = [^;]*;\n/gm, '');
  const imports = functions(board).filter(({ module }) => module === GLUED);
  imports.forEach(({ name, params, results }, place) => board.addFunctionImport(name, BRIEF, String(place), params, results));
  glue = row(glue, imports.map(({ base }) => base), ['later']);
  let count = 0;
  for (const { name, value, kind } of exports(board)) {
    if (!/^(__|wasm_bindgen_)/.test(name) || kind !== binaryen.ExternalFunction) continue;
    const brief = `_${(count++).toString(36)}`;
    board.removeExport(name);
    board.addFunctionExport(value, brief);
    if (!glue.includes(name)) throw new Error(`${GLUE} has no ${name}`);
    glue = glue.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), brief);
  }
  const imported = `"${GLUED}": import0`;
  if (!glue.includes(imported)) throw new Error(`${GLUE} has no \`${imported}\``);
  return `import { later } from 'cercle/later';
${glue.replace(imported, `${BRIEF}: import0`)}
${SILENCE}`;
}

const glue = await shorten();
for (const module of [board, second]) if (!module.validate()) throw new Error('what was cut is no valid module');
second.addCustomSection('style', await readFile(stylePath));
await writeFile(FIRST, board.emitBinary());
await writeFile(LATER, second.emitBinary());
await writeFile(GLUE, glue);
