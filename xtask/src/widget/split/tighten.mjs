// The glue in fewer words: what wasm-bindgen writes out in each of two hundred imports stands here once, as a function, and
// the imports stand in a row, where each is known by its place.

const ONCE = `
function caught(f) {
    return (...args) => {
        try {
            return f(...args);
        } catch (e) {
            wasm.__wbindgen_exn_store(addToExternrefTable0(e));
        }
    };
}

function orNone(ret) {
    return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);
}

function giveString(to, ret) {
    const ptr = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc);
    getDataViewMemory0().setInt32(to + 4, WASM_VECTOR_LEN, true);
    getDataViewMemory0().setInt32(to, ptr, true);
}
`;

const INSTEAD = [
  [/: function\(\) \{ return handleError\(function \(([^)]*)\) \{\n([^]*?)^ {8}\}, arguments\); \},$/gm, ': caught(($1) => {\n$2        }),'],
  [/^( {8}\w+): function\(([^)]*)\) \{$/gm, '$1: ($2) => {'],
  [/^function handleError\(f, args\) \{\n[^]*?^\}\n/m, ONCE],
  [/const ret = (.*);\n +return isLikeNone\(ret\) \? 0 : addToExternrefTable0\(ret\);/g, 'return orNone($1);'],
  // Every browser that can draw us knows these classes.
  [/let result;\n +try \{\n +result = (.* instanceof .*);\n +\} catch \(_\) \{\n.*\n +\}\n +const ret = result;/g, 'const ret = $1;'],
  [/\w+ ptr1 = .*passStringToWasm0\(ret, .*\n +\w+ len1 = WASM_VECTOR_LEN;\n.*len1, true\);\n.*ptr1, true\);/g, 'giveString(arg0, ret);'],
  [/const ret = (.*);\n +giveString\(arg0, ret\);/g, 'giveString(arg0, $1);'],
];

/** Says all that once, or what of it is not there any more. */
export function tighten(glue) {
  return INSTEAD.reduce((text, [from, to]) => {
    const tighter = text.replace(from, to);
    if (tighter === text) throw new Error(`the glue has no ${from}`);
    return tighter;
  }, glue);
}

const IMPORTS = /^ {4}const import0 = \{\n([^]*?)^ {4}\};\n/m;

/** Puts these imports, and no others, into a row, which WebAssembly takes for an object with numbers for names; `more` are
    imports of our own. */
export function row(glue, names, more) {
  const [, written] = glue.match(IMPORTS);
  const imports = new Map([...written.matchAll(/^ {8}(\w+): ([^]*?),\n(?= {8}\w|$(?![^]))/gm)].map(([, name, text]) => [name, text]));
  for (const name of more) imports.set(name, name);
  const missing = names.filter((name) => !imports.has(name));
  if (missing.length) throw new Error(`the glue has no ${missing.join(', ')}`);
  const inOrder = names.map((name) => imports.get(name)).join(',\n');
  return glue.replace(IMPORTS, () => `const import0 = [\n${inOrder}\n];\n`);
}
