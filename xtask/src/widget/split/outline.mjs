// Makes functions of regions that a board does without, so that these can leave the first module.
//
// Such a function takes the locals that its region reads and gives those that the region sets and somebody reads later.
// Where control leaves a region in several ways, it gives the number of the way too.
import { spoken } from './names.mjs';
import { planner } from './plan.mjs';
import { regionsOf } from './regions.mjs';
import { treeOf } from './tree.mjs';

/** How the names end that are given to such functions. */
export const OUTLINED = / cold \d+$/;

/** Outlines the regions that are later, and gives the names of the functions that they became. */
export function outline(module, isLater, binaryen) {
  const tree = treeOf(binaryen);
  const made = [];
  for (let at = 0, count = module.getNumFunctions(); at < count; at += 1) {
    const found = module.getFunctionByIndex(at);
    const info = binaryen.getFunctionInfo(found);
    if (info.module) continue;
    const regions = outermost(regionsOf(info.body, tree).filter(({ shape }) => isLater(spoken(info.name), shape)));
    if (!regions.length) continue;
    // All is planned before anything moves.
    regions.map(planner(info, tree, binaryen)).filter((plan) => plan).forEach((plan, number) => {
      const name = `${info.name} cold ${number}`;
      const results = move(module, name, info, plan, tree, binaryen);
      call(module, name, found, info, plan, results, binaryen);
      made.push(name);
    });
  }
  return made;
}

function outermost(regions) {
  const all = new Set(regions);
  const isInside = ({ within }) => within !== null && (all.has(within) || isInside(within));
  return regions.filter((region) => !isInside(region));
}

const typesIn = ({ params, vars }, binaryen) => [...binaryen.expandType(params), ...vars];

/** Makes a function of what leaves, and gives the type of what it gives. */
function move(module, name, info, { rest, answers, params, results, ways }, { tell, parts }, binaryen) {
  const types = typesIn(info, binaryen);
  const [places, vars] = [new Map(params.map((local, at) => [local, at])), []];
  const place = (local) => {
    if (!places.has(local)) places.set(local, params.length + vars.push(types[local]) - 1);
    return places.get(local);
  };
  const rename = (expression) => {
    const told = tell(expression);
    if (told.kind === 'LocalGet') binaryen.LocalGet.setIndex(expression, place(told.index));
    if (told.kind === 'LocalSet') binaryen.LocalSet.setIndex(expression, place(told.index));
    parts(told).forEach(rename);
  };
  rest.forEach(rename);

  const give = (way) => {
    const given = results.map((local) => module.local.get(place(local), types[local]));
    if (ways.length > 1) given.push(module.i32.const(way));
    return module.return(given.length > 1 ? module.tuple.make(given) : given[0]);
  };
  const given = results.map((local) => types[local]);
  if (ways.length > 1) given.push(binaryen.i32);
  const type = answers ? info.results : binaryen.createType(given);
  // The labels that were outside stand around it now, and behind them what it gives then.
  const leave = (code, labels, way) =>
    [...labels.reduce((code, label) => [module.block(label, code, binaryen.none)], code), give(way)];
  const body = answers && type !== binaryen.none ? rest : ways.reduce(leave, rest);
  module.addFunction(name, binaryen.createType(params.map((local) => types[local])), type, vars, bodyOf(module, body, type, binaryen));
  return type;
}

function bodyOf(module, code, type, { unreachable, getExpressionType }) {
  return module.block(null, code, getExpressionType(code.at(-1)) === unreachable ? unreachable : type);
}

/** Calls that function where its region was. */
function call(module, name, found, info, { list, at, rest, answers, params, results, ways }, type, binaryen) {
  const types = typesIn(info, binaryen);
  rest.forEach(() => binaryen.Block.removeChildAt(list, at));
  const add = (expression) => binaryen.Block.appendChild(list, expression);
  const called = module.call(name, params.map((local) => module.local.get(local, types[local])), type);
  if (answers && type !== binaryen.none) return add(module.return(called));
  const given = results.length + (ways.length > 1);
  let take = () => called;
  if (given === 0) add(called);
  if (given > 1) {
    const all = binaryen._BinaryenFunctionAddVar(found, type);
    add(module.local.set(all, called));
    take = (which) => module.tuple.extract(module.local.get(all, type), which);
  }
  results.forEach((local, which) => add(module.local.set(local, take(which))));
  if (answers) return add(module.return());
  if (!ways.length) return add(module.unreachable());
  const labels = ways.map(([label]) => label ?? labelOf(list, binaryen));
  return add(ways.length > 1 ? module.switch(labels.slice(0, -1), labels.at(-1), take(results.length)) : module.br(labels[0]));
}

/** A label for the end of a list. */
function labelOf(list, { Block }) {
  if (!Block.getName(list)) Block.setName(list, `end ${list}`);
  return Block.getName(list);
}
