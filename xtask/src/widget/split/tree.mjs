// What expressions of Binaryen's consist of, in the order in which that is evaluated.

const PARTS = {
  Block: ['children'],
  If: ['condition', 'ifTrue', 'ifFalse'],
  Loop: ['body'],
  Break: ['value', 'condition'],
  Switch: ['value', 'condition'],
  Call: ['operands'],
  CallIndirect: ['operands', 'target'],
  LocalGet: [],
  LocalSet: ['value'],
  GlobalGet: [],
  GlobalSet: ['value'],
  TableGet: ['index'],
  TableSet: ['index', 'value'],
  TableGrow: ['value', 'delta'],
  TableSize: [],
  Load: ['ptr'],
  Store: ['ptr', 'value'],
  Const: [],
  Unary: ['value'],
  Binary: ['left', 'right'],
  Select: ['ifTrue', 'ifFalse', 'condition'],
  Drop: ['value'],
  Return: ['value'],
  MemorySize: [],
  MemoryGrow: ['delta'],
  MemoryCopy: ['dest', 'source', 'size'],
  MemoryFill: ['dest', 'value', 'size'],
  RefNull: [],
  RefIsNull: ['value'],
  RefFunc: [],
  TupleMake: ['operands'],
  TupleExtract: ['tuple'],
  Nop: [],
  Other: [],
  Unreachable: [],
};

/** What Binaryen itself has nothing to say about. */
const BARE = ['Nop', 'Other', 'RefNull', 'Unreachable'];

/** `tell` gives the kind of an expression with what Binaryen says of it; `parts` what it consists of; `sizeOf` of how many. */
export function treeOf(binaryen) {
  const kinds = new Map(Object.keys(PARTS).map((kind) => [binaryen[`${kind}Id`], kind]));
  const tell = (expression) => {
    const id = binaryen.getExpressionId(expression);
    const kind = kinds.get(id) ?? 'Other';
    return { ...(BARE.includes(kind) ? {} : binaryen.getExpressionInfo(expression)), kind };
  };
  const parts = (info) => PARTS[info.kind].flatMap((part) => info[part] || []);
  const sizeOf = (expression) => parts(tell(expression)).reduce((sum, part) => sum + sizeOf(part), 1);
  return { tell, parts, sizeOf };
}
