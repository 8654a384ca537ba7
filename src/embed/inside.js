// Where the rest of us is: in this script, for hosts that serve no WebAssembly and pages that load a single file.

import firstBytes from 'cercle/first.wasm';
import laterBytes from 'cercle/later.wasm';

/** What the first WebAssembly module is made from. */
export const first = () => firstBytes;

/** The bytes of the second one. */
export const later = async () => laterBytes;

/** The same at once. */
export const laterNow = () => laterBytes;

/** What knows why we could not start. */
export const trouble = () => import('./trouble.js');
