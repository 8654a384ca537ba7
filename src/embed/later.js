// The second WebAssembly module: what a board does without until somebody opens something. It is fetched as soon as the
// first one stands. Whoever is faster than the network makes the first one ask for it, and wait. How it looks comes along:
// nothing of it is ever drawn without.

/** The rules for what the second module draws; they stand after all others. */
export const sheet = new CSSStyleSheet();
const address = new URL(CERCLE_LATER, import.meta.url);
let first;

/** Fetches the module that belongs to these exports. Where that fails, it is asked for again once it is needed. */
export function bring(exports) {
  first = exports;
  fetch(address)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
    .then((bytes) => WebAssembly.compile(bytes))
    .then(join)
    .catch(() => {});
}

/** The first module needs it now, and cannot go on without: it called from the middle of something. */
export function later() {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new WebAssembly.RuntimeError(`${address} answers ${request.status}`);
  join(new WebAssembly.Module(Uint8Array.from(request.responseText, (byte) => byte.charCodeAt(0))));
}

function join(module) {
  if (first.isThere.value) return;
  const [style] = WebAssembly.Module.customSections(module, 'style');
  sheet.replaceSync(new TextDecoder().decode(style));
  const shared = Array.from({ length: first.shared.length }, (_, place) => first.shared.get(place));
  new WebAssembly.Instance(module, { first: { ...first, ...shared } });
  first.isThere.value = 1;
}
