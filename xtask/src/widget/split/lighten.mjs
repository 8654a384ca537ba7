// The glue without what wasm-bindgen writes for browsers that cannot draw us anyway, see `able` in src/embed/later.js, and
// without a quicker way for long strings, which weighs more than all that we ever say.

const LEFT_OUT = [
  // Strings go over in one piece.
  [/^    if \(realloc === undefined\) \{\n([^]*?)^    \}\n[^]*?^\}\n/m, '$1}\n'],
  [/, wasm\.__wbindgen_realloc\)/g, ')'],
  [/\(arg, malloc, realloc\)/g, '(arg, malloc)'],
  // Encoders that cannot write into an array, and engines without finalizers.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[^]*?^\}\n/m, ''],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n +\? .*\n +: new/g, 'new'],
  // Elements free what they hold themselves.
  [/^if \(Symbol\.dispose\) .*\n/gm, ''],
];

/** Leaves all that out, or says what of it is not there any more. */
export function lighten(glue) {
  return LEFT_OUT.reduce((text, [from, to]) => {
    const lighter = text.replace(from, to);
    if (lighter === text) throw new Error(`the glue has no ${from}`);
    return lighter;
  }, glue);
}
