/**
 * What a rule looked at of its file. A rule that found nothing finds nothing again as long as all of it is the same:
 * after an edit that leaves it alone, the rule need not run.
 */
import type { FlatModel } from '../inference/flatten';
import type { InferredGraph, InferredStep } from '../inference/graph';
import type { Cause } from '../inference/problems';
import type { Declaration, Step } from '../names/declarations';
import { remember } from '../remember';
import type { Solver } from '../types/solver';
import { type Ask, Pair } from './looks';
import type { Analysis } from './rule';
import { isSame, keysOf } from './same';

/** What can be seen: `declaration.train`, for one. */
export type Place = 'flat' | 'versions' | { of: Watched; key: string };
export type Watched = 'source' | 'tree' | 'declaration' | 'inference' | 'scope' | 'graph';

/** What one rule saw. */
export class Seen {
  readonly places = new Set<Place>();
  readonly graph = new Map<string, Set<Ask<InferredStep>>>();
  readonly declared = new Map<string, Set<Ask<Step>>>();
  readonly solver = new Set<Ask<Solver<Cause>>>();
  readonly flat = new Set<Ask<FlatModel>>();
}

/** What rules that found nothing looked at, by rule, and what it was. */
export class Looked {
  readonly rules = new Map<string, Seen>();
  /** How often in a row a rule had something else to look at. */
  readonly misses = new Map<string, number>();
  readonly values = new Map<Place, unknown>();
  readonly graph: InferredGraph | undefined;
  readonly declared: ReadonlyMap<string, Step> | undefined;
  flat: FlatModel | undefined;

  /** Of nothing, or what is to be noted of an analysis. */
  constructor(analysis?: Analysis) {
    this.graph = analysis?.inference?.graph;
    this.declared = stepsOf(analysis?.declaration);
  }
}

/** What is other in an analysis than it was before; found out once for all rules. */
export class Comparison {
  private readonly places: Place[] = [];
  private readonly graph: Map<string, Pair<InferredStep>>;
  private readonly declared: Map<string, Pair<Step>>;
  private readonly solver: Pair<Solver<Cause>> | boolean;
  private readonly flat: Pair<FlatModel> | boolean;

  constructor(before: Looked, now: Looked, analysis: Analysis) {
    for (const [place, value] of before.values) {
      const current = at(analysis, place);
      now.values.set(place, current);
      if (!isSameAt(place, value, current)) this.places.push(place);
    }
    this.graph = changed(before.graph?.steps, now.graph?.steps);
    this.declared = changed(before.declared, now.declared);
    this.solver = pairOf(before.graph?.solver, now.graph?.solver);
    now.flat = before.flat && analysis.flat();
    this.flat = pairOf(before.flat, now.flat);
  }

  /** Whether everything is as it was. */
  holds(seen: Seen): boolean {
    for (const place of this.places) if (seen.places.has(place)) return false;
    return (
      areSame(seen.graph, this.graph) &&
      areSame(seen.declared, this.declared) &&
      isSameFor(seen.solver, this.solver) &&
      isSameFor(seen.flat, this.flat)
    );
  }
}

/** What is read off a text stays the same object where the text does; what is made of it is compared by its parts. */
function isSameAt(place: Place, before: unknown, now: unknown): boolean {
  if (before === now) return true;
  const isText = typeof place === 'object' && (place.of === 'source' || place.of === 'tree');
  if (isText) return isEmptyList(before) && isEmptyList(now);
  return isSection(now) ? false : isSame(before, now);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isSection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'entries');
}

/** Steps that are other objects now. Which there are, is a question of its own. */
function changed<S>(
  before: ReadonlyMap<string, S> | undefined,
  now: ReadonlyMap<string, S> | undefined,
): Map<string, Pair<S>> {
  const pairs = new Map<string, Pair<S>>();
  if (before === now) return pairs;
  for (const [name, step] of now ?? []) {
    const old = before?.get(name);
    if (old !== undefined && old !== step) pairs.set(name, new Pair(old, step));
  }
  return pairs;
}

/** Whether it is the same object, or the two where there are two. */
function pairOf<T>(before: T | undefined, now: T | undefined): Pair<T> | boolean {
  if (before === now) return true;
  return before !== undefined && now !== undefined && new Pair<T>(before, now);
}

function isSameFor<T>(asked: ReadonlySet<Ask<T>>, pair: Pair<T> | boolean): boolean {
  return asked.size === 0 || (typeof pair === 'boolean' ? pair : pair.isSame(asked));
}

function areSame<S>(seen: ReadonlyMap<string, ReadonlySet<Ask<S>>>, pairs: Map<string, Pair<S>>): boolean {
  if (seen.size === 0) return true;
  for (const [name, pair] of pairs) {
    const asked = seen.get(name);
    if (asked && !pair.isSame(asked)) return false;
  }
  return true;
}

/** The nodes of a brick, the parts of a composition. */
export function stepsOf(declaration: Declaration | undefined): Map<string, Step> | undefined {
  if (declaration?.kind === 'module') return declaration.graph;
  return declaration?.kind === 'model' ? declaration.parts : undefined;
}

/** Names of the steps of a graph, or of what declares one. */
export const NAMES = '(names)';

function at(analysis: Analysis, place: Place): unknown {
  if (place === 'flat') return analysis.flat();
  if (place === 'versions') return NEVER;
  const { of, key } = place;
  if (key === NAMES) {
    const steps = of === 'graph' ? analysis.inference?.graph.steps : stepsOf(analysis.declaration);
    return steps && keysOf(steps);
  }
  const target = targetOf(analysis, of);
  return (target as Record<string, unknown> | undefined)?.[key];
}

function targetOf(analysis: Analysis, of: Watched): object | undefined {
  if (of === 'tree') return analysis.source.tree;
  if (of === 'scope' || of === 'graph') return analysis.inference?.[of];
  return analysis[of];
}

const NEVER = Symbol('never the same');

/** One object for each place. */
const places = new Map<string, Map<string, Place>>();

export function placeOf(of: Watched, key: string): Place {
  const all = remember(places, of, () => new Map<string, Place>());
  return remember(all, key, () => ({ of, key }));
}
