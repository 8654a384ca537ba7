// What the first module reaches once some of its functions are stubs: other functions, and pieces of data.

import { OUTLINED } from './outline.mjs';
import { treeOf } from './tree.mjs';

/** Functions that came into being after the linker noted what uses what; none of them uses data or takes an address. */
const OF_WASM_BINDGEN = / shim(_\d+)?$|^Closure\(|^__wbindgen_object_/

/** What the linker's notes call a function, or that which it was a region of: no number, which wasm-bindgen gives those of one name, and no hash. */
const plain = (name) => name.replace(OUTLINED, '').replace(/\[\d+\]$/, '').replace(/_[0-9a-f]{16}$/, '');

/** A number, in what nobody can look into. */
const ANY = 'any';

/** The numbers in an expression that may stand for addresses. */
function numbersIn(expression, { tell, parts }, found = new Set()) {
  const info = tell(expression);
  if (info.kind === 'Other') found.add(ANY);
  if (typeof info.value === 'number' && info.kind === 'Const') found.add(info.value);
  if (info.offset) found.add(info.offset);
  parts(info).forEach((part) => numbersIn(part, { tell, parts }, found));
  return found;
}

/**
 * The names of what is reached: functions, and `piece <number>`. For Binaryen each piece is a function here, and whatever
 * the linker noted as used is called, so that what it finds no way to is not reached. Only the table is left aside: it
 * names everything, also what nothing that stays could ever look up there.
 */
export function reach(module, stubs, { pieces, functions: noted }, binaryen, { functions, elements }) {
  const { none } = binaryen;
  const tree = treeOf(binaryen);
  const named = new Map();
  const defined = functions(module).filter(({ name, module: from }) => !from);
  for (const { name } of defined) named.set(plain(name), [...(named.get(plain(name)) ?? []), name]);
  const use = (uses) =>
    [...uses.pieces.map((at) => `piece ${at}`), ...uses.functions.flatMap((name) => named.get(name) ?? [])]
      .map((name) => module.call(name, [], none));

  for (const { name, results, body } of defined) {
    if (stubs.has(name) || OF_WASM_BINDGEN.test(name)) continue;
    const uses = noted[plain(name)];
    if (!uses) throw new Error(`the linker noted nothing about ${name}`);
    const numbers = numbersIn(body, tree);
    const used = Object.keys(uses).filter((number) => numbers.has(Number(number)) || numbers.has(ANY)).flatMap((number) => use(uses[number]));
    binaryen.Function.setBody(module.getFunction(name), module.block(null, [...used, body], results));
  }
  pieces.forEach(({ uses }, at) => module.addFunction(`piece ${at}`, none, none, [], module.block(null, use(uses))));

  const taken = new Set([...Object.values(noted).flatMap(Object.values), ...pieces.map(({ uses }) => uses)].flatMap((uses) => uses.functions));
  for (const { name, data } of elements(module)) {
    module.removeElementSegment(name);
    // What the linker did not put into the table was put there for JavaScript.
    for (const each of new Set(data)) if (!taken.has(plain(each))) module.addFunctionExport(each, `for JavaScript: ${each}`);
  }
  module.runPasses(['remove-unused-module-elements']);
  return new Set(functions(module).map(({ name }) => name));
}
