// A cache of the browser as a shelf of texts, each under a name, in the order in which they were put there. Where a page
// has no caches (plain http) or may not use them (browsers that keep no data of sites), there is nothing on it and
// nothing comes onto it: whoever uses it does without, so nothing here is ever an error.

// Nobody can ask for these addresses, so no script of the host page takes what stands there for an answer.
const SHELF = 'https://cercle.invalid/';

// One thing after the other, because a browser that is asked to put two things puts them in any order.
let last;

function at(cache, work) {
  const before = last;
  return (last = (async () => {
    try {
      await before;
      return await work(await caches.open(cache));
    } catch {
      // Without.
    }
  })());
}

/** Everything: names and texts by turns. */
export const read = (cache) =>
  at(cache, async (shelf) => {
    const requests = await shelf.keys();
    const texts = await Promise.all(requests.map(async (request) => (await shelf.match(request))?.text()));
    return requests.flatMap(({ url }, n) => [url.slice(SHELF.length), texts[n]]);
  });

export const put = (cache, name, text) => at(cache, (shelf) => shelf.put(SHELF + name, new Response(text)));

export const remove = (cache, name) => at(cache, (shelf) => shelf.delete(SHELF + name));

export const clear = (cache) => at(cache, () => caches.delete(cache));
