// Which locals of a function are still read after a place in it: one bit each.

/**
 * What is live before these expressions, one after the other, where `after` is live after them and `labels` says what is
 * live where branches lead. `meet` is told of every list of a block what is live after it, and `labels` as of there.
 */
export function liveBefore(expressions, after, labels, { tell, parts }, meet = () => {}) {
  const loops = new Map();
  const bit = (index) => 1n << BigInt(index);
  const all = (list, after) => list.reduceRight((after, expression) => before(expression, after), after);
  const at = (name) => labels.get(name) ?? 0n;
  const before = (expression, after) => {
    const info = tell(expression);
    switch (info.kind) {
      case 'LocalGet': return after | bit(info.index);
      case 'LocalSet': return before(info.value, after & ~bit(info.index));
      case 'Block':
        if (info.name) labels.set(info.name, after);
        meet(expression, after, labels);
        return all(info.children, after);
      case 'Loop':
        for (;;) {
          const start = loops.get(info.name) ?? 0n;
          labels.set(info.name, start);
          const grown = before(info.body, after) | start;
          loops.set(info.name, grown);
          if (grown === start) return start;
        }
      case 'If': {
        const otherwise = info.ifFalse ? before(info.ifFalse, after) : after;
        return before(info.condition, before(info.ifTrue, after) | otherwise);
      }
      case 'Break': return all(parts(info), at(info.name) | (info.condition ? after : 0n));
      case 'Switch': return all(parts(info), [...info.names, info.defaultName].reduce((live, name) => live | at(name), 0n));
      case 'Return': case 'Unreachable': return all(parts(info), 0n);
      default: return all(parts(info), after);
    }
  };
  return all(expressions, after);
}
