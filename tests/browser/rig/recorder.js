// The first script of every host page in these tests: keeps what the widget told the page and what went wrong on it.
// Kept beyond a reload, so that a fault on the way out is not lost; until then in memory, because whoever writes all of it
// down each time takes the longer the more there is, and shows in what is measured.
(() => {
  const KEY = 'recorder';
  const kept = { events: [], faults: [], warnings: [] };
  try { Object.assign(kept, JSON.parse(sessionStorage.getItem(KEY) ?? '{}')); } catch { /* a page without storage */ }
  window.recorder = kept;

  let leaves = false;
  const write = () => { try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* then this page alone knows */ } };
  addEventListener('pagehide', () => { leaves = true; write(); });
  addEventListener('pageshow', () => { leaves = false; });
  const keep = (list, entry) => {
    kept[list].push(entry);
    if (leaves) write();
  };
  const fault = (kind, what) => keep('faults', `${kind}: ${what?.stack ?? what?.message ?? String(what)}`);

  addEventListener('error', event => fault('error', event.error ?? event.message ?? `cannot load ${event.target?.src}`), true);
  addEventListener('unhandledrejection', event => fault('unhandled rejection', event.reason));
  document.addEventListener('securitypolicyviolation', event =>
    fault('policy', `${event.violatedDirective} refuses ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
  const warn = console.warn;
  console.warn = (...words) => { keep('warnings', words.map(String).join(' ')); warn.apply(console, words); };
  const say = console.error;
  console.error = (...words) => { fault('console.error', words.map(String).join(' ')); say.apply(console, words); };

  for (const name of ['ready', 'topic-proposed', 'voted', 'signed-up', 'stepped-back', 'sync', 'error']) {
    document.addEventListener(`cercle-${name}`, ({ type, detail, composed, target }) =>
      keep('events', { type, detail, composed, on: target.localName }));
  }
})();
