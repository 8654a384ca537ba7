// The macro on a page: the widget's element, told by Confluence which community, in which language and theme.

import { inLink } from '../community.js';
import { connect, follow, packed } from '../forge.js';
import { words } from '../words.js';

const VIEWS = ['community', 'board', 'signup'];

function say(sentence) {
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  said.append(sentence);
  document.body.replaceChildren(said);
}

/** A token for the backend, from the backend: Forge tells it, signed, who asks. */
async function token({ requestRemote }, path) {
  const answer = await requestRemote('cercle', { path });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  return (await answer.text()).trim();
}

async function show() {
  const forge = await connect();
  if (!forge) return say(words(...navigator.languages).elsewhere);
  const { locale, extension = {} } = await forge.view.getContext();
  const config = extension.config ?? {};
  const lang = config.language || locale || '';
  document.documentElement.lang = lang;
  const community = config.community || inLink(extension.autoConvertLink, packed('backend'));
  if (!community) {
    follow(forge.view, () => {});
    return say(words(lang).unconfigured);
  }
  await import('./cercle.js');
  const element = document.createElement(`cercle-${VIEWS.includes(config.view) ? config.view : 'community'}`);
  element.setAttribute('community', community);
  element.setAttribute('backend', packed('backend'));
  element.setAttribute('lang', lang);
  const path = packed('token');
  if (path) element.getToken = () => token(forge, path);
  follow(forge.view, (theme) => element.setAttribute('theme', theme));
  document.body.replaceChildren(element);
}

try {
  await show();
} catch (problem) {
  console.error('cercle:', problem);
  say(words(document.documentElement.lang, ...navigator.languages).broken);
}
