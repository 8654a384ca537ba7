// Lets a WebAssembly module note which of its functions run: each sets a global of its own, which is exported under
// the function's name in later.txt.
//
//   node mark.mjs BINARYEN MODULE MARKED
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { spoken } from './names.mjs';

const [binaryenPath, modulePath, markedPath] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(binaryenPath));
const { i32 } = binaryen;
const module = binaryen.readBinary(await readFile(modulePath));

for (let at = 0, count = module.getNumFunctions(); at < count; at += 1) {
  const found = module.getFunctionByIndex(at);
  const { name, module: from, results, body } = binaryen.getFunctionInfo(found);
  if (from) continue;
  module.addGlobal(`ran ${at}`, i32, true, module.i32.const(0));
  module.addGlobalExport(`ran ${at}`, `ran ${at} ${spoken(name)}`);
  const mark = module.global.set(`ran ${at}`, module.i32.const(1));
  binaryen.Function.setBody(found, module.block(null, [mark, body], results));
}
// What the script expects of a module that was cut in two.
module.addGlobalExport('__stack_pointer', 'stack');
module.addGlobal('is there', i32, false, module.i32.const(1));
module.addGlobalExport('is there', 'isThere');
if (!module.validate()) throw new Error('what was marked is no valid module');
await writeFile(markedPath, module.emitBinary());
