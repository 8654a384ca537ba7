// What a person finds on a page, by role and name, through open shadow roots. No class and no id of the widget's is
// known here: what has no role and no name cannot be found.
const spaces = text => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const childrenOf = node => [...(node.shadowRoot ?? node).childNodes];

const isDrawn = element => element.checkVisibility({ visibilityProperty: true });
const isThere = element =>
  element.getAttribute('aria-hidden') !== 'true' && (element.matches('option, area, br') || isDrawn(element));

// All elements below a node that are there for people, in their order.
function* below(node) {
  for (const child of childrenOf(node)) {
    if (child.nodeType !== Node.ELEMENT_NODE || !isThere(child)) continue;
    yield child;
    yield* below(child);
  }
}

const INPUTS = { checkbox: 'checkbox', radio: 'radio', search: 'searchbox', number: 'spinbutton', file: 'file', submit: 'button' };
const ROLES = {
  A: 'link', BUTTON: 'button', TEXTAREA: 'textbox', SELECT: 'combobox', OPTION: 'option', UL: 'list', OL: 'list',
  LI: 'listitem', DIALOG: 'dialog', SECTION: 'region', FIELDSET: 'group', FORM: 'form', TIME: 'time',
  H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', H5: 'heading', H6: 'heading',
};
const roleOf = element =>
  element.getAttribute('role') === 'none' ? undefined : element.getAttribute('role') ?? (element.tagName === 'INPUT' ? INPUTS[element.type] ?? 'textbox' : ROLES[element.tagName]);

// Roles whose name is what they hold.
const FROM_CONTENT = ['button', 'link', 'heading', 'tab', 'menuitem', 'menuitemradio', 'option', 'listitem', 'img'];

// The words in an element, as they are read out.
function wordsOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || !isThere(node)) return '';
  if (['TEXTAREA', 'SELECT', 'STYLE', 'SCRIPT'].includes(node.tagName)) return '';
  const label = node.getAttribute('aria-label');
  if (label !== null && FROM_CONTENT.includes(roleOf(node))) return ` ${label} `;
  const words = childrenOf(node).map(wordsOf).join('');
  return getComputedStyle(node).display.startsWith('inline') ? words : ` ${words} `;
}

function nameOf(element) {
  const labelled = element.getAttribute('aria-labelledby');
  if (labelled) return spaces(labelled.split(' ').map(id => element.getRootNode().getElementById(id)).filter(Boolean).map(wordsOf).join(' '));
  const label = element.getAttribute('aria-label');
  if (label !== null) return spaces(label);
  if (element.labels?.length) return spaces([...element.labels].map(wordsOf).join(' '));
  if (element.tagName === 'FIELDSET') return spaces([...element.children].filter(child => child.tagName === 'LEGEND').map(wordsOf).join(' '));
  if (FROM_CONTENT.includes(roleOf(element))) return spaces(wordsOf(element));
  return spaces(element.getAttribute('placeholder') ?? element.getAttribute('title') ?? '');
}

// A wanted name ends in … where what follows does not matter; typographic apostrophes are like any others.
const plain = text => spaces(text).replaceAll('’', "'");
const fits = (name, wanted) =>
  wanted === null || (wanted.endsWith('…') && plain(name).startsWith(plain(wanted.slice(0, -1)))) || plain(name) === plain(wanted);

const isA = (element, { role, name, holds }) =>
  roleOf(element) === role && fits(nameOf(element), name) && (!holds || [...below(element)].some(inner => isA(inner, holds)));

// What a modal dialog covers is out of reach.
function inReach(root) {
  const modal = [...below(root)].filter(element => element.matches('dialog:modal')).at(-1);
  return modal ?? root;
}

// What fits the last step, looked for in what fits the one before, and so on.
function find(steps, root) {
  if (!root) return { found: [], near: 'nothing: what is looked at is not on this page' };
  let places = [inReach(root)];
  for (const step of steps) {
    const found = new Set(places.flatMap(place => [...(place.matches('dialog:modal') && isA(place, step) ? [place] : []), ...below(place)].filter(element => isA(element, step))));
    if (!found.size) {
      const near = new Set(places.flatMap(place => [...below(place)].filter(element => roleOf(element) === step.role).map(nameOf)));
      return { found: [], near: [...near].map(name => `“${name}”`).join(', ') };
    }
    places = [...found];
  }
  return { found: places, near: '' };
}

// Where a person would touch an element: its middle, once that is in sight and has stood still for two frames. A text
// instead of a place says why not.
async function placeOf(element) {
  const middle = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [Math.floor(x + width / 2), Math.floor(y + height / 2)];
  };
  const frame = () => new Promise(requestAnimationFrame);
  let reason;
  for (const block of ['nearest', 'center']) {
    element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
    const before = middle();
    await frame();
    await frame();
    const now = middle();
    if (String(before) !== String(now)) return 'it moves';
    let hit = document.elementFromPoint(...now);
    while (hit?.shadowRoot) hit = hit.shadowRoot.elementFromPoint(...now);
    if (hit && (element.contains(hit) || hit.closest('label')?.control === element)) return now;
    reason = `${hit?.localName}.${hit?.className} is in the way`;
  }
  return reason;
}

// Everything there is to hear, one line an element that has a role.
function hear(root, indent = '') {
  let lines = [];
  for (const child of childrenOf(root)) {
    if (child.nodeType === Node.TEXT_NODE && spaces(child.data)) lines.push(indent + spaces(child.data));
    if (child.nodeType !== Node.ELEMENT_NODE || !isThere(child) || ['STYLE', 'SCRIPT', 'OPTION'].includes(child.tagName)) continue;
    const role = roleOf(child);
    const states = ['pressed', 'checked', 'selected', 'expanded', 'disabled', 'invalid', 'busy']
      .filter(state => child.getAttribute(`aria-${state}`) !== null).map(state => ` ${state}=${child.getAttribute(`aria-${state}`)}`).join('');
    const value = child.matches('input, textarea, select') ? ` = “${child.type === 'checkbox' || child.type === 'radio' ? child.checked : child.value}”` : '';
    const name = role === 'listitem' ? '' : ` “${nameOf(child)}”`;
    if (role) lines.push(`${indent}${role}${name}${states}${value}`);
    if (!FROM_CONTENT.includes(role) || role === 'listitem') lines = lines.concat(hear(child, role ? indent + '  ' : indent));
  }
  return lines;
}
