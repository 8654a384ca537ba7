// Why we could not start, in one sentence with what to ask whom. Loaded only then, or when a request did not get out.

export { hindrance } from './hindrance.js';

// No-break spaces stand before tall punctuation, as in src/text.
const SENTENCES = {
  wasm_blocked: {
    en: 'This page does not allow WebAssembly, which Cercle is made of. Ask whoever runs the site to add \'wasm-unsafe-eval\' to the script-src of its content security policy.',
    fr: 'Cette page n’autorise pas WebAssembly, dont Cercle est fait. Demandez à qui gère le site d’ajouter \'wasm-unsafe-eval\' au script-src de sa politique de sécurité du contenu.',
  },
  browser_too_old: {
    en: 'This browser is too old for Cercle, or set to run no WebAssembly. A current Chrome, Edge, Firefox or Safari will do.',
    fr: 'Ce navigateur est trop ancien pour Cercle, ou réglé pour refuser WebAssembly. Un Chrome, Edge, Firefox ou Safari actuel convient.',
  },
  files_missing: {
    en: 'A file of Cercle could not be loaded. Reload the page; if that does not help, ask whoever runs the site whether this address is blocked: ',
    fr: 'Un fichier de Cercle n’a pas pu être chargé. Rechargez la page ; si cela ne suffit pas, demandez à qui gère le site si cette adresse est bloquée : ',
  },
};

// The smallest module there is.
const NOTHING = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

// WebKit lets a module be made, and refuses to let it live.
const isAllowed = () => WebAssembly.instantiate(NOTHING).then(() => true, () => false);

/** The code and the sentence for what kept us from starting; none when it was nothing that we know. */
export async function explain(able, href, lang) {
  if (!able || typeof WebAssembly !== 'object') return said('browser_too_old', lang);
  if (!(await isAllowed())) return said('wasm_blocked', lang);
  return said('files_missing', lang, href);
}

const said = (code, lang, more = '') => ({ code, message: SENTENCES[code][lang] + more });
