// The elements that a host page uses: classes, because Rust cannot make any, and what must be there before the
// WebAssembly is, or when it never comes. Everything else is Rust, see mod.rs. Nothing here throws into the page.

import { mount, silence, start } from 'cercle/glue';
import { first, href } from 'cercle/files';
import { trouble } from 'cercle/reason';
import { able, bring, sheet as laterSheet } from 'cercle/later';
import css from 'cercle/style.css';

const sheet = able && new CSSStyleSheet();
if (able) sheet.replaceSync(css);

// The only words that are not in src/text, for they are said without the modules. A test looks that every language has them.
const WORDS = {
  __proto__: null,
  en: {
    loading: 'Loading…',
    broken: 'This part of the page could not start. Reload the page: what you did here is kept on this device.',
  },
  fr: {
    loading: 'Chargement…',
    broken: 'Cette partie de la page n’a pas pu démarrer. Rechargez la page : ce que vous y avez fait est gardé sur cet appareil.',
  },
};

/** The elements that stand drawn in the page. */
const drawn = new Set();
let loading;
/** What the first module exports, and where its stack is while nothing in it runs. */
let wasm;
let rest;
let panicked = false;

/** Lets the page do what it has to do, before more of ours is done. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Loads the WebAssembly, once for all elements of a page; after a failure the next element tries again. */
async function load() {
  loading ??= turn().then(() => start(able && first)).then(async (exports) => {
    wasm = exports;
    rest = wasm.stack.value;
    await turn();
    const joined = bring(wasm);
    // What is pinned cannot be waited for in the middle of a call, so it is there first.
    return CERCLE_LATER_CHECK && joined;
  });
  try {
    await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
  if (panicked) throw Error('ended');
}

/**
 * Whether this error is the end of our modules: a bug stops them in the middle of something, and their stack stays where
 * it was. Another module's end, or an error of the page that we are calling just now, is not ours.
 */
function isTheEnd(error) {
  // A browser without WebAssembly has no name for its errors either.
  return wasm !== undefined && error instanceof WebAssembly.RuntimeError && wasm.stack.value !== rest;
}

/** Every element says that the modules came to their end, and nothing calls them any more. */
function end() {
  panicked = true;
  silence();
  drawn.forEach((element) => Cercle.fail(element));
}

for (const [kind, what] of [['error', 'error'], ['unhandledrejection', 'reason']]) {
  addEventListener(kind, (event) => {
    if (panicked || !isTheEnd(event[what])) return;
    console.error('cercle:', event[what]);
    event.preventDefault();
    end();
  });
}

/** The languages that an element stands among, the nearest first. */
function languages(element) {
  const named = [];
  for (let node = element; node; node = node.parentNode ?? node.host) if (node.lang) named.push(node.lang);
  return [...named, ...navigator.languages];
}

/** Fetches; an error is a word where the browser kept the request and somebody is there who can tell why. */
const ask = (address, init) => fetch(address, init).catch(async (error) => {
  // A page that is being left cannot ask any more.
  await new Promise((resolve) => setTimeout(resolve, 100));
  throw init.signal.aborted || !navigator.onLine ? error : await trouble().then(({ hindrance }) => hindrance(address));
});

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** What shows until there is a community to show: the same boxes in the same places. */
function skeleton(part, loading) {
  const bone = (name, className) => make(name, { class: `${className} bone` });
  const column = () => make('section', { class: 'column here' },
    bone('p', 'column-head'),
    make('ul', { class: 'cards' }, bone('li', 'card'), bone('li', 'card'), bone('li', 'card')));
  return make('div', { class: 'root skeleton', part: 'root', 'aria-busy': 'true' },
    make('p', { class: 'hidden', role: 'status' }, loading),
    make('header', { class: 'header', 'aria-hidden': 'true' },
      make('div', { class: 'masthead' }, bone('p', 'name'), bone('p', 'whom'))),
    part === 'signup' ? '' : make('div', { class: 'board', 'aria-hidden': 'true' }, column(), column(), column(), column()));
}

/**
 * What the three elements share.
 *
 * @attr {string} community - id of the community, `[a-z0-9-]{1,64}`; required
 * @attr {string} backend - address of the backend; without it, everything stays in this browser
 * @attr {string} lang - `fr`, `en`; without it, the nearest `lang` of the page, then the browser's
 * @attr {'auto'|'light'|'dark'} theme - `auto` follows the page
 * @attr {string} stage - the only stage to show
 * @attr {'board'|'signup'} view - the tab to begin with
 * @fires cercle-ready - the community is on screen
 * @fires cercle-topic-proposed - a topic was proposed here
 * @fires cercle-voted - a vote was placed or withdrawn here
 * @fires cercle-signed-up - somebody joined or volunteered here
 * @fires cercle-stepped-back - somebody left or stepped back here
 * @fires cercle-sync - it stands differently with the backend
 * @fires cercle-error - something is wrong
 */
class Cercle extends HTMLElement {
  static observedAttributes = ['community', 'backend', 'lang', 'theme', 'stage', 'view'];

  #root = document.createElement('div');
  #handle;
  #drawing = false;
  #getToken;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    if (able) shadow.adoptedStyleSheets = [sheet, laterSheet];
    shadow.append(this.#root);
    // What a page set before the element was defined hides the accessor of that name.
    if (this.hasOwnProperty('getToken')) {
      const { getToken } = this;
      delete this.getToken;
      this.getToken = getToken;
    }
  }

  /** An async function that gives a bearer token; asked again when the backend takes the last one no more. */
  get getToken() {
    return this.#getToken;
  }

  set getToken(getToken) {
    this.#getToken = getToken;
    if (this.isConnected) this.#draw();
  }

  connectedCallback() {
    this.#draw();
  }

  disconnectedCallback() {
    // Hosts move elements about: only one that is still away a moment later is gone.
    queueMicrotask(() => this.isConnected || this.#clear());
  }

  attributeChangedCallback(name, before, now) {
    // Another community, or the same elsewhere, is another board.
    if (this.#handle && before !== now && ['community', 'backend'].includes(name)) this.#clear();
    if (this.isConnected) this.#draw();
  }

  /** Shows one sentence in place of everything, and tells the page. */
  static fail = (element) => element.#fail();

  #fail({ code = 'broken', message = WORDS[this.#lang].broken } = {}) {
    this.#clear();
    const said = make('p', { part: 'status', role: 'alert' }, message);
    this.#root.append(make('div', { class: 'root', part: 'root', lang: this.#lang }, said));
    this.dispatchEvent(new CustomEvent('cercle-error', { bubbles: true, composed: true, detail: { code, message } }));
  }

  get #part() {
    return this.localName.replace('cercle-', '');
  }

  get #lang() {
    const spoken = languages(this).map((tag) => tag.split(/[-_]/)[0].trim().toLowerCase());
    return spoken.find((tag) => WORDS[tag]) ?? 'en';
  }

  /** Draws what the attributes say now; several that change at once are drawn once. */
  async #draw() {
    if (!this.#handle && !this.#root.querySelector('.skeleton')) {
      this.#root.replaceChildren(skeleton(this.#part, WORDS[this.#lang].loading));
    }
    if (this.#drawing) return;
    this.#drawing = true;
    try {
      await load();
      this.#drawing = false;
      if (!this.isConnected) return;
      if (this.#handle) {
        this.#handle.update(languages(this));
      } else {
        this.#handle = mount(this, this.#root, this.#part, languages(this), ask);
        drawn.add(this);
      }
    } catch (error) {
      this.#drawing = false;
      // Ours carry a code; anything else is for whoever looks into the console.
      if (typeof error?.code === 'string') return this.#fail(error);
      console.error('cercle:', error);
      if (isTheEnd(error)) return end();
      // Who knows why may not be there either.
      const why = wasm ? undefined : await trouble().then(({ explain }) => explain(able, href, this.#lang), () => undefined);
      this.#fail(why);
    }
  }

  #clear() {
    const handle = this.#handle;
    this.#handle = undefined;
    drawn.delete(this);
    // After a panic nothing may be called any more, and there is nothing left to tidy up.
    if (!panicked) handle?.free();
    this.#root.replaceChildren();
  }
}

for (const part of ['board', 'signup', 'community']) {
  const tag = `cercle-${part}`;
  // A page may load this twice, by two addresses.
  if (!customElements.get(tag)) customElements.define(tag, class extends Cercle {});
}
