// Where in a function control may arrive or not: what follows, in a list, something that may leave that list.
import { createHash } from 'node:crypto';
import { spoken } from './names.mjs';

/** How many expressions a region must have to be worth leaving. */
export const WORTH = 8;

/** From here on a number may be an address, and a change elsewhere changes those. */
const ADDRESSES = 4096;

const hash = (parts) => createHash('sha1').update(parts.join()).digest('base64url').slice(0, 6);

/**
 * The regions of a function, outer ones first. Each is the end of a list, from one of its places on; `within` is the
 * region around it.
 */
export function regionsOf(body, { tell, parts }) {
  const looks = new Map();
  const look = (expression) => {
    const info = tell(expression);
    const inside = parts(info).map(look);
    const leaves = new Set(inside.flatMap(({ leaves }) => [...leaves]));
    if (info.kind === 'Break') leaves.add(info.name);
    if (info.kind === 'Switch') [...info.names, info.defaultName].forEach((name) => leaves.add(name));
    if (info.kind === 'Return') leaves.add('');
    if (info.kind === 'Block' || info.kind === 'Loop') leaves.delete(info.name);
    const size = inside.reduce((sum, { size }) => sum + size, 1);
    const seen = { info, leaves, size, shape: hash([info.kind, detail(info), ...inside.map(({ shape }) => shape)]) };
    looks.set(expression, seen);
    return seen;
  };
  look(body);
  if ([...looks.values()].some(({ info }) => info.kind === 'Other')) return [];

  const regions = [];
  const visit = (expression, within) => {
    const { info } = looks.get(expression);
    let around = within;
    parts(info).forEach((part, at) => {
      if (info.kind === 'Block' && at > 0 && looks.get(info.children[at - 1]).leaves.size) {
        const rest = info.children.slice(at).map((child) => looks.get(child));
        const size = rest.reduce((sum, { size }) => sum + size, 0);
        regions.push({ list: expression, at, size, within: around, shape: hash(rest.map(({ shape }) => shape)) });
        around = regions.at(-1);
      }
      visit(part, around);
    });
  };
  visit(body, null);
  return regions;
}

/** What of an expression stays the same when something else changes. */
function detail(info) {
  const number = (value) => (typeof value === 'number' && Math.abs(value) < ADDRESSES ? value : '');
  switch (info.kind) {
    case 'LocalGet': case 'LocalSet': return info.index;
    case 'GlobalGet': case 'GlobalSet': return info.name;
    case 'Const': return number(info.value);
    case 'Load': case 'Store': return [number(info.offset), info.bytes];
    case 'Unary': case 'Binary': return info.op;
    case 'Call': return spoken(info.target);
    default: return '';
  }
}
