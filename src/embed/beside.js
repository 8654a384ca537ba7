// Where the rest of us is: in files beside this script.

/** Where the first WebAssembly module is. */
export const { href } = new URL(CERCLE_WASM, import.meta.url);
const address = new URL(CERCLE_LATER, import.meta.url);

/** The first WebAssembly module at work with these imports, and itself. */
export async function first(imports) {
  const answer = await fetch(href, CERCLE_WASM_CHECK);
  if (!answer.ok) throw Error(`${href} answers ${answer.status}`);
  // Where it comes as anything else, browsers refuse to begin before all of it is there.
  return answer.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}

/** The bytes of the second one. */
export const later = () => fetch(address, CERCLE_LATER_CHECK).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)));

/** The same at once, for whoever cannot wait. */
export function laterNow() {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  // A network that fails, or a page that forbids to wait like this, throws: the status tells. Where the page pins us by a hash
  // nothing is taken like this, for nobody would check it.
  try { if (!CERCLE_LATER_CHECK) request.send() } catch {}
  if (request.status !== 200) throw new WebAssembly.RuntimeError(`${address} answers ${request.status}`);
  return Uint8Array.from(request.responseText, (byte) => byte.charCodeAt(0));
}
