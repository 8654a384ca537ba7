// The macro's settings, as whoever edits the page meets them in a dialog of Confluence's.

import { inField } from '../community.js';
import { connect, follow, packed } from '../forge.js';
import { words } from '../words.js';

const find = (selector) => document.querySelector(selector);
const form = find('form');
const field = find('#community');
const problem = find('#problem');

/** One sentence beside the field, or none. */
function complain(sentence) {
  problem.textContent = sentence;
  if (sentence) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

function offer(select, choices, chosen) {
  for (const [value, name] of Object.entries(choices)) select.add(new Option(name, value));
  select.value = Object.hasOwn(choices, chosen) ? chosen : Object.keys(choices)[0];
}

function fill(said, config, link) {
  find('h1').textContent = said.settings;
  for (const name of ['community', 'view', 'language']) find(`[for="${name}"]`).textContent = said[name];
  find('#hint').textContent = said.hint;
  find('[type="button"]').textContent = said.cancel;
  find('[type="submit"]').textContent = said.save;
  field.value = config.community ?? link ?? '';
  offer(find('#view'), said.views, config.view);
  offer(find('#language'), said.languages, config.language);
  form.hidden = false;
}

async function save(view, said) {
  const community = inField(field.value, packed('backend'));
  complain(community ? '' : said.bad);
  if (!community) return field.focus();
  const language = find('#language').value;
  find('#outcome').textContent = '';
  try {
    await view.submit({ config: { community, view: find('#view').value, language: language === 'reader' ? '' : language } });
  } catch (refusal) {
    console.warn('cercle: not saved', refusal);
    find('#outcome').textContent = said.unsaved;
  }
}

const forge = await connect();
if (forge) {
  const { view } = forge;
  const { locale, extension = {} } = await view.getContext();
  document.documentElement.lang = locale ?? '';
  const said = words(locale, ...navigator.languages);
  follow(view, () => {});
  fill(said, extension.config ?? {}, extension.autoConvertLink);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save(view, said);
  });
  field.addEventListener('input', () => complain(''));
  find('[type="button"]').addEventListener('click', () => view.close());
  field.focus();
} else {
  document.body.textContent = words(...navigator.languages).elsewhere;
}
