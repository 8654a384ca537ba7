// Errors that libraries throw when somebody uses them wrongly keep to themselves in which words: these weigh more than
// the rest of them, and only say that we made a mistake. With the panics it is the same, see wasm.rs.
import { treeOf } from './tree.mjs';

const THROWS = /^wasm_bindgen(\[\w+\])?::throw_str$/;

/** Takes the words out of all such errors; gives how many there were. */
export function mute(module, binaryen) {
  const { tell, parts } = treeOf(binaryen);
  let count = 0;
  const visit = (expression) => {
    const told = tell(expression);
    const [words, length] = told.kind === 'Call' && THROWS.test(told.target) ? told.operands.map(tell) : [];
    if (words?.kind === 'Const' && length.kind === 'Const') {
      told.operands.forEach((operand) => binaryen.Const.setValueI32(operand, 0));
      count += 1;
    }
    parts(told).forEach(visit);
  };
  for (let at = 0; at < module.getNumFunctions(); at += 1) {
    const { module: from, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(at));
    if (!from) visit(body);
  }
  return count;
}
