// The second WebAssembly module: what a board does without until somebody opens something. It is fetched as soon as the
// first one stands. Whoever is faster than the network makes the first one ask for it, and wait. How it looks comes along:
// nothing of it is ever drawn without.

import { later as bytes, laterNow } from 'cercle/files';

/** Whether this browser can draw us: whichever knows these colours knows all else that we need. */
export const able = CSS.supports('color', 'light-dark(red, red)');
/** The rules for what the second module draws; they stand after all others. */
export const sheet = able && new CSSStyleSheet();
let first;

/** Fetches the module that belongs to these exports. Where that fails, once more when the network is back or it is needed. */
export function bring(exports) {
  first = exports;
  return bytes().then((bytes) => WebAssembly.compile(bytes)).then(join)
    .catch(() => addEventListener('online', () => bring(exports), { once: true }));
}

/** The first module needs it now, and cannot go on without: it called from the middle of something. */
export function later() {
  join(new WebAssembly.Module(laterNow()));
}

function join(module) {
  if (first.isThere.value) return;
  const [style] = WebAssembly.Module.customSections(module, 'style');
  sheet.replaceSync(new TextDecoder().decode(style));
  const shared = Array.from({ length: first.shared.length }, (_, place) => first.shared.get(place));
  new WebAssembly.Instance(module, { first: { ...first, ...shared } });
  first.isThere.value = 1;
}
