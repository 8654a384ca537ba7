// The hand at a page under torture: reads what the widget shows, clicks on votes, and tells the harness at once, so that
// the record outlives the browser. It looks from outside only: the cards, their marks, the events, and how IndexedDB was
// opened. `?run=` numbers the visit, `?topics=` says how many cards a whole board has, `?votes=` how many votes to cast,
// beginning `?from=` a card, `?ahead=` of them at once. What was asked of the backend is noted, for when somebody asks why.
(() => {
  const asked = new URLSearchParams(location.search);
  const wish = (name) => Number(asked.get(name) ?? 0);
  const run = wish('run');
  const hand = window.hand = { opened: [], troubles: [], sync: null, kept: {}, later: 0 };

  // Whether the browser came with an empty database is seen nowhere else.
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('upgradeneeded', ({ oldVersion, dataLoss, dataLossMessage }) =>
      hand.opened.push({ from: oldVersion, loss: dataLoss ?? '', why: dataLossMessage ?? '' }));
    return request;
  };

  // What was asked and what was said, the last of it.
  const noted = [];
  const note = (entry) => {
    noted.push(entry);
    if (noted.length > 60) noted.shift();
    return entry;
  };
  const ask = window.fetch;
  window.fetch = (address, init) => {
    const asking = ask(address, init);
    const [, what] = String(address).match(/\/v1\/communities\/[^/]+\/(\w+)/) ?? [];
    if (!what) return asking;
    const entry = note({ at: performance.now(), what: init?.method === 'HEAD' ? 'probe' : what, end: 'no answer yet' });
    const ends = (how) => { entry.end = `${how} ${Math.round(performance.now() - entry.at)} ms later`; };
    asking.then(({ status }) => {
      hand.later += status === 429;
      ends(status || 'answered');
    }, (error) => ends(error.name));
    return asking;
  };
  document.addEventListener('cercle-sync', ({ detail }) => {
    hand.sync = detail;
    note({ at: performance.now(), what: 'said', end: `${detail.state} ${detail.waiting}` });
  });
  /** What was asked and said in so many seconds, each with how long ago it was. */
  hand.story = (seconds) => {
    const now = performance.now();
    const recent = noted.filter(({ at }) => now - at < seconds * 1000);
    const lines = recent.map(({ at, what, end }) => `-${((now - at) / 1000).toFixed(1)} s ${what}: ${end}`);
    return [document.visibilityState, ...lines].join('; ');
  };
  document.addEventListener('cercle-error', ({ detail }) => hand.troubles.push(detail.code));

  const tell = (what) =>
    fetch('/told', { method: 'POST', keepalive: true, body: JSON.stringify({ run, ...what }) }).catch(() => {});
  const root = () => document.querySelector('cercle-board')?.shadowRoot;
  const number = (card) => Number(card.querySelector('h4').textContent.match(/\d+/)[0]);
  const cards = () => new Map([...root()?.querySelectorAll('li.card:not(.bone)') ?? []].map((card) => [number(card), card]));
  const votes = (card) => card.querySelector('button.vote').getAttribute('aria-pressed') === 'true';

  /** What is on screen. */
  hand.look = () => {
    const all = [...cards()];
    const voted = all.filter(([, card]) => votes(card)).map(([topic]) => topic);
    return { cards: all.length, voted, sync: hand.sync, opened: hand.opened, troubles: hand.troubles };
  };
  /** Whether what is on screen is all that this device has: the widget said how it stands, and the cards are drawn. */
  hand.complete = () => ['saved', 'offline'].includes(hand.sync?.state) && cards().size >= wish('topics');

  // Clicks whose mark has not said "on this device" yet.
  const under = new Map();
  let room = () => {};
  const watch = () => new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      const marks = node.nodeType === 1 ? [node, ...node.querySelectorAll('*')] : [];
      for (const mark of marks.filter((mark) => mark.matches('.mark.kept, .mark.saved'))) {
        const card = mark.closest('li.card');
        const topic = card && number(card);
        const act = under.get(topic);
        if (!act || votes(card) !== act.on) continue;
        under.delete(topic);
        hand.kept[topic] = performance.now() - act.at;
        tell({ kept: topic, on: act.on, took: hand.kept[topic] });
        room();
      }
    }
  }).observe(root(), { subtree: true, childList: true });
  let watching;

  // When the page goes, and how long after the last click.
  let last = 0;
  addEventListener('pagehide', () => tell({ gone: performance.now() - last }));

  /** Clicks on the vote of one card. */
  hand.click = (topic) => {
    watching ??= (watch(), true);
    const card = cards().get(topic);
    if (!card) throw new Error(`no card ${topic} among ${cards().size}: ${JSON.stringify(hand.sync)}, ${hand.troubles}; ${hand.story(60)}`);
    const on = !votes(card);
    delete hand.kept[topic];
    under.set(topic, { on, at: performance.now() });
    last = performance.now();
    card.querySelector('button.vote').click();
    return on;
  };
  /** How many clicks have not been shown as kept. */
  hand.unkept = () => under.size;

  /** Votes as fast as it can, each card once. */
  hand.vote = async () => {
    const all = [...cards().keys()].sort((a, b) => a - b);
    const channel = new MessageChannel();
    const turn = () => new Promise((next) => { channel.port1.onmessage = next; channel.port2.postMessage(0); });
    await tell({ first: true });
    for (let n = 0; n < Math.min(wish('votes'), all.length); n += 1) {
      while (under.size >= wish('ahead')) await new Promise((free) => { room = free; });
      const topic = all[(wish('from') + n) % all.length];
      const on = hand.click(topic);
      tell({ clicked: topic, on });
      await turn();
    }
    tell({ done: true });
  };

  const began = performance.now();
  (function read() {
    const late = performance.now() - began > 12_000;
    if (!hand.complete() && !late) return void setTimeout(read, 10);
    // What was drawn in this turn is on screen in the next.
    setTimeout(async () => {
      await tell({ read: hand.look(), late });
      if (wish('votes') > 0 && !late) hand.vote();
    });
  })();
})();
