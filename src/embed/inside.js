// Where the rest of us is: in this script, for hosts that serve no WebAssembly and pages that load a single file.

import firstBytes from 'cercle/first.wasm';
import laterBytes from 'cercle/later.wasm';

/** The first WebAssembly module is nowhere else. */
export const href = '';

/** The first WebAssembly module at work with these imports, and itself. */
export const first = (imports) => WebAssembly.instantiate(firstBytes, imports);

/** The bytes of the second one. */
export const later = async () => laterBytes;

/** The same at once. */
export const laterNow = () => laterBytes;
