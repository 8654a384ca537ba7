// What it takes to make a function of a region.
import { exitsOf, placesIn, RETURN } from './exits.mjs';
import { liveBefore } from './live.mjs';

/** How many expressions the first module must have less of. */
const WORTH = 4;

/**
 * Gives for regions of this function how they can leave it, or nothing where that is not worth it, or is not done here:
 * `rest` leaves, takes the locals `params`, gives the locals `results`, and goes one of the `ways`, each a list of labels.
 * What only `answers` gives what the function gives, and returns.
 */
export function planner({ body, results: answer }, tree, { none, unreachable }) {
  const { ends, targets } = placesIn(body, tree);
  const after = new Map();
  liveBefore([body], 0n, new Map(), tree, (list, live, labels) => after.set(list, { live, labels: new Map(labels) }));

  return ({ list, at, size }) => {
    const { children, type } = tree.tell(list);
    const rest = children.slice(at);
    const end = ends.get(list);
    const falls = tree.tell(rest.at(-1)).type !== unreachable;
    const { ways, sets, returns, carries } = exitsOf(rest, end, targets, falls, tree);
    const answers = ways.size === 1 && ways.has(RETURN);
    const answersToo = !answers && (returns || (answer !== none && ways.has(RETURN)));
    const givesValue = type !== none && type !== unreachable;
    if (carries || answersToo || (givesValue && !answers)) return null;

    const { live, labels } = after.get(list);
    const liveAt = (place) =>
      place === RETURN ? 0n : [...ways.get(place)].reduce((all, label) => all | labels.get(label), place === end ? live : 0n);
    const results = [...ways.keys()].reduce((all, place) => all | liveAt(place), 0n) & sets;
    const leaving = new Map();
    for (const [place, names] of ways) names.forEach((label) => leaving.set(label, liveAt(place) & results));
    const plan = {
      list, at, rest, answers,
      params: bits(liveBefore(rest, live & results, leaving, tree)),
      results: bits(results),
      ways: [...ways.values()].map((labels) => [...labels]),
    };
    const cost = plan.params.length + 2 * plan.results.length + 3 * plan.ways.length + 6;
    return size >= cost + WORTH ? plan : null;
  };
}

function bits(set) {
  const found = [];
  for (let at = 0; set; at += 1, set >>= 1n) if (set & 1n) found.push(at);
  return found;
}
