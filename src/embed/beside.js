// Where the rest of us is: in files beside this script.

const address = new URL(CERCLE_LATER, import.meta.url);

/** What the first WebAssembly module is made from. */
export const first = () => new URL(CERCLE_WASM, import.meta.url);

/** The bytes of the second one. */
export const later = () => fetch(address).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)));

/** The same at once, for whoever cannot wait. */
export function laterNow() {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new WebAssembly.RuntimeError(`${address} answers ${request.status}`);
  return Uint8Array.from(request.responseText, (byte) => byte.charCodeAt(0));
}

/** What knows why we could not start. */
export const trouble = () => import('./cercle_trouble.js');
