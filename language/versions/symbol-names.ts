/** Names for the sizes of an interface that do not depend on what its author called them. */

import type { Constraint } from '../types/constraint';
import { Dim } from '../types/polynomial';
import { printType, renameSymbols, type TensorType } from '../types/type';

/** What names mean in one brick. */
export interface Scope {
  params: ReadonlySet<string>;
  /** Sizes that a type fixes: `width=64`. */
  fixed: ReadonlyMap<string, number>;
}

/** Beyond this many names that occur only inside arithmetic, they are numbered as they are written. */
const MOST_TRIED = 5;

/**
 * Canonical texts of types and conditions. Symbols are numbered by where they first stand as an axis of their own;
 * those that occur only inside arithmetic by the numbering that gives the least text.
 */
export function canonicalTexts(
  types: readonly TensorType[],
  conditions: readonly Constraint[],
  scope: Scope,
): { types: string[]; conditions: string[] } {
  const names = new Map<string, string>();
  for (const type of types) for (const symbol of axisNames(type)) name(symbol, names, scope);
  const rest = [...new Set([...types.flatMap(symbolsOf), ...conditions.flatMap(symbolsIn)])].filter(
    (symbol) => !names.has(symbol) && isFree(symbol, scope),
  );
  let least: { types: string[]; conditions: string[] } | undefined;
  let leastText = '';
  for (const order of rest.length > MOST_TRIED ? [rest] : permutations(rest)) {
    const tried = new Map(names);
    for (const symbol of order) name(symbol, tried, scope);
    const texts = render(types, conditions, tried, scope);
    const text = JSON.stringify(texts);
    if (least && text >= leastText) continue;
    least = texts;
    leastText = text;
  }
  return least!;
}

function name(symbol: string, names: Map<string, string>, scope: Scope): void {
  if (isFree(symbol, scope) && !names.has(symbol)) names.set(symbol, `d${names.size + 1}`);
}

/** Neither a param, nor a number, nor `_`. */
function isFree(symbol: string, { params, fixed }: Scope): boolean {
  return !symbol.startsWith('_') && !params.has(symbol) && !fixed.has(symbol);
}

/** Names that are a whole axis, and the name of the axes in between, as they stand. */
function axisNames(type: TensorType): string[] {
  const names = type.dims.map((dim) => dim.name);
  if (type.lead !== undefined) names.splice(type.at ?? 0, 0, baseName(type.lead));
  return names.filter((each) => each !== undefined);
}

function baseName(lead: string): string {
  return lead.replace('?', '');
}

function symbolsOf(type: TensorType): string[] {
  return type.dims.flatMap((dim) => [...dim.symbols()]);
}

function symbolsIn({ left, right }: Constraint): string[] {
  return [...left.symbols(), ...right.symbols()];
}

function render(
  types: readonly TensorType[],
  conditions: readonly Constraint[],
  names: ReadonlyMap<string, string>,
  scope: Scope,
): { types: string[]; conditions: string[] } {
  const rename = (symbol: string) => {
    if (symbol.startsWith('_')) return '_';
    return scope.params.has(symbol) ? `$${symbol}` : (names.get(symbol) ?? symbol);
  };
  const classes = new Map<string, number>();
  return {
    types: types.map((type) => typeText(type, rename, scope, classes)),
    conditions: [...new Set(conditions.map((condition) => conditionText(condition, rename, scope)))].sort(),
  };
}

function typeText(
  type: TensorType,
  rename: (symbol: string) => string,
  scope: Scope,
  classes: Map<string, number>,
): string {
  const lead =
    type.lead === undefined
      ? {}
      : { lead: rename(baseName(type.lead)) + (type.lead.endsWith('?') ? '?' : '') };
  const dims = type.dims.map((dim) => fixedIn(dim, scope));
  const renamed = renameSymbols({ ...type, ...lead, dims }, rename);
  if (!type.oneOf) return printType(renamed, same);
  // Equal classes are the same element type, and those that are written apart may differ.
  const number = classes.get(type.oneOf.name) ?? classes.size + 1;
  classes.set(type.oneOf.name, number);
  const members = [...type.oneOf.members].sort();
  return printType({ ...renamed, oneOf: { name: `${members.join('|')}#${number}`, members } }, same);
}

function conditionText(
  { left, relation, right }: Constraint,
  rename: (symbol: string) => string,
  scope: Scope,
) {
  const difference = renamedDim(fixedIn(left.minus(right), scope), rename);
  const text = difference.toString(same);
  if (relation === '<=') return `${text} <= 0`;
  const turned = difference.times(-1).toString(same);
  return `${turned < text ? turned : text} ${relation} 0`;
}

function fixedIn(dim: Dim, { fixed }: Scope): Dim {
  return fixed.size === 0
    ? dim
    : dim.substitute(new Map([...fixed].map(([symbol, size]) => [symbol, Dim.of(size)])));
}

function renamedDim(dim: Dim, rename: (symbol: string) => string): Dim {
  return dim.substitute(new Map([...dim.symbols()].map((symbol) => [symbol, Dim.symbol(rename(symbol))])));
}

function same(symbol: string): string {
  return symbol;
}

function permutations(items: readonly string[]): string[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
