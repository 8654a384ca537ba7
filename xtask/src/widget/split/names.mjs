// What later.txt calls a function: the paths in its name, without hashes, numbers of closures and anything else that
// a change elsewhere would change. Several functions may share a name; they stay together.

const PATH = /[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g;
const OURS = /^cercle(_domain)?::/;

/** `<alloc::vec::Vec<cercle::T>>::push::{closure#0}` is `alloc::vec::Vec push of cercle::T`. */
export function spoken(name) {
  const plain = name
    .replaceAll(/\[[0-9a-f]+\]|\{[^}]*\}|'\w+|#\d+|Cs[0-9A-Za-z]+_/g, '')
    .replaceAll(/[_.]\d+\b/g, '')
    .replaceAll(/\b(as|mut|dyn|for|const)\b/g, ' ');
  const paths = plain.match(PATH) ?? [name];
  // The arguments of types tell little, unless they are ours.
  const [first, ...rest] = paths;
  const last = plain.match(/::([A-Za-z_]\w*)(?:::<.*>)?(?:::)*\s*$/)?.[1];
  const head = last && !first.endsWith(`::${last}`) ? `${first} ${last}` : first;
  const ours = [...new Set(rest.filter((path) => OURS.test(path) && path !== first))].slice(0, 3);
  return ours.length ? `${head} of ${ours.join(', ')}` : head;
}

/** What later.txt lists: functions, and regions of functions by their shapes. */
export function readList(text) {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('#'));
  const shapes = new Map(lines.map(([name, ...shapes]) => [name, new Set(shapes)]));
  return {
    hasFunction: (name) => shapes.get(name)?.size === 0,
    hasRegion: (name, shape) => shapes.get(name)?.has(shape) ?? false,
  };
}
