// Lets a WebAssembly module note which of its functions and their regions run: each sets a global of its own, which is
// exported under the names in later.txt: of the function, of the region, and of the region around that.
//
//   node mark.mjs BINARYEN MODULE MARKED
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { spoken } from './names.mjs';
import { regionsOf, WORTH } from './regions.mjs';
import { treeOf } from './tree.mjs';

const [binaryenPath, modulePath, markedPath] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(binaryenPath));
const { i32 } = binaryen;
const module = binaryen.readBinary(await readFile(modulePath));
const tree = treeOf(binaryen);

let marks = 0;
/** An expression that notes that control came to this place. */
function mark(...place) {
  const name = `ran ${marks}`;
  marks += 1;
  module.addGlobal(name, i32, true, module.i32.const(0));
  module.addGlobalExport(name, [name, ...place].join('#'));
  return module.global.set(name, module.i32.const(1));
}

for (let at = 0, count = module.getNumFunctions(); at < count; at += 1) {
  const found = module.getFunctionByIndex(at);
  const { name, module: from, results, body } = binaryen.getFunctionInfo(found);
  if (from) continue;
  const regions = regionsOf(body, tree).filter(({ size }) => size >= WORTH);
  // From the end: what is put into a list moves what follows.
  for (const { list, at, shape, within } of regions.reverse()) {
    binaryen.Block.insertChildAt(list, at, mark(spoken(name), shape, within?.shape ?? ''));
  }
  binaryen.Function.setBody(found, module.block(null, [mark(spoken(name), '', ''), body], results));
}
// What the script expects of a module that was cut in two.
module.addGlobalExport('__stack_pointer', 'stack');
module.addGlobal('is there', i32, false, module.i32.const(1));
module.addGlobalExport('is there', 'isThere');
if (!module.validate()) throw new Error('what was marked is no valid module');
await writeFile(markedPath, module.emitBinary());
