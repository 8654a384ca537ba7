// Where control goes on after the parts of a function.

/** Out of the function. */
export const RETURN = 'return';

/**
 * A name for the place where control goes on at the end of each block (`ends`), and for that where each label leads to
 * (`targets`). What ends in the same place has the same name.
 */
export function placesIn(body, { tell, parts }) {
  const [ends, targets] = [new Map(), new Map()];
  const visit = (expression, end) => {
    const info = tell(expression);
    if (info.kind === 'Block') {
      ends.set(expression, end);
      targets.set(info.name, end);
      const last = info.children.length - 1;
      info.children.forEach((child, at) => visit(child, at === last ? end : `${expression} ${at}`));
    } else if (info.kind === 'Loop') {
      targets.set(info.name, `again ${expression}`);
      visit(info.body, end);
    } else {
      // In the middle of an expression nothing ends where that does, and no label in there is left to its end.
      parts(info).forEach((part, at) => visit(part, `${expression} ${at}`));
    }
  };
  visit(body, RETURN);
  return { ends, targets };
}

/**
 * How control leaves these expressions: the labels that it takes to each place, `end` being that behind them. Beside
 * that, which locals they set, whether they return, and whether they take a value to a label.
 */
export function exitsOf(expressions, end, targets, falls, { tell, parts }) {
  const [ways, inside] = [new Map(), new Set()];
  const found = { ways, sets: 0n, returns: false, carries: false };
  const leave = (label) => {
    if (!inside.has(label)) ways.set(targets.get(label), (ways.get(targets.get(label)) ?? new Set()).add(label));
  };
  const look = (expression) => {
    const info = tell(expression);
    switch (info.kind) {
      case 'Block': case 'Loop': inside.add(info.name); break;
      case 'LocalSet': found.sets |= 1n << BigInt(info.index); break;
      case 'Break': leave(info.name); found.carries ||= info.value !== 0; break;
      case 'Switch': [...info.names, info.defaultName].forEach(leave); found.carries ||= info.value !== 0; break;
      case 'Return': ways.set(RETURN, ways.get(RETURN) ?? new Set()); found.returns = true; break;
      default:
    }
    parts(info).forEach(look);
  };
  // Whoever falls off the end leaves by the first way: no branch is needed for it.
  if (falls) ways.set(end, new Set());
  expressions.forEach(look);
  return found;
}
