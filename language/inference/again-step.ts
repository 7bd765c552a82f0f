/**
 * Steps that are not typed again after an edit: a step with the same text, brick and settings, fed with the same types,
 * where the solver knows the same of what it asked, adds what it added before.
 */

import type { Step } from '../names/declarations';
import { remember } from '../remember';
import type { TreeNode } from '../syntax/tree';
import type { Journal } from '../types/journal';
import { equalTypes } from '../types/type';
import type { GraphScope, InferredGraph, InferredStep, InferredWire, StepTarget, WireTarget } from './graph';
import type { Cause, OpenQuestion, Repeated, ShapeProblem } from './problems';
import { isSameValue, type Params } from './values';

/** What a step added to its graph. */
export interface Trace {
  journal: Journal<Cause>;
  problems: ShapeProblem[];
  questions: OpenQuestion[];
  repeated: Repeated[];
}

/** What a step is typed from, besides its own text. */
export interface Fed {
  step: Step;
  owner: Step;
  target: StepTarget;
  /** What each of its wires leads to. */
  sources: readonly WireTarget[];
}

/** A graph before an edit; empty where nothing is known of it. */
export class Before {
  private changed: ReadonlySet<string> | undefined;

  private constructor(
    private readonly graph: InferredGraph | undefined,
    private readonly scope: GraphScope,
  ) {}

  /** Of a graph with such a scope; a graph in which other things are given says nothing. */
  static of(graph: InferredGraph | undefined, scope: GraphScope): Before {
    const isAlike =
      graph?.given &&
      graph.given.dims === scope.dims &&
      graph.given.rigid.length === scope.rigid.length &&
      graph.given.rigid.every((name, place) => name === scope.rigid[place]);
    return new Before(isAlike ? graph : undefined, scope);
  }

  /** The step as it was, which then is part of `graph` again; where something is other, what `infer` makes of it. */
  typed(fed: Fed, graph: InferredGraph, infer: () => InferredStep): InferredStep {
    const known = this.again(fed, graph);
    if (known) return known;
    const { problems, questions, repeated, undecided } = graph;
    const [p, q, r, u] = [problems.length, questions.length, repeated.length, undecided.length];
    const { result, journal } = graph.solver.noting(infer);
    // What is asked again in the end asks this solver.
    if (undecided.length > u) journal.isComplete = false;
    const added = { problems: problems.slice(p), questions: questions.slice(q), repeated: repeated.slice(r) };
    graph.traces.set(fed.step.name, { journal, ...added });
    this.keepSame(result);
    return result;
  }

  private again(fed: Fed, graph: InferredGraph): InferredStep | undefined {
    const { name } = fed.step;
    const old = this.graph?.steps.get(name);
    const trace = this.graph?.traces.get(name);
    if (!old || !trace || !this.isFedTheSame(old, fed) || !graph.solver.repeat(trace.journal))
      return undefined;
    graph.problems.push(...trace.problems);
    graph.questions.push(...trace.questions);
    graph.repeated.push(...trace.repeated);
    graph.traces.set(name, trace);
    return old;
  }

  /** What came out as it was before stays the same object, by which those who look at it can tell. */
  private keepSame(inferred: InferredStep): void {
    const old = this.graph?.steps.get(inferred.step.name);
    if (!old) return;
    for (const [port, type] of inferred.outputs) {
      const before = old.outputs.get(port);
      if (type && before && equalTypes(type, before)) inferred.outputs.set(port, before);
    }
    if (isSameTarget(old.target, inferred.target)) inferred.target = old.target;
    if (isSameMap(old.values, inferred.values)) inferred.values = old.values;
  }

  private isFedTheSame(old: InferredStep, { step, owner, target, sources }: Fed): boolean {
    return (
      old.step === step &&
      old.owner === owner &&
      isSameTarget(old.target, target) &&
      old.wires.every((wire, place) => leadsTo(wire, sources[place]!)) &&
      !this.readsChanged(owner) &&
      !this.readsChanged(step)
    );
  }

  private readsChanged(step: Step): boolean {
    this.changed ??= changedParams(this.graph!.given!.params, this.scope.params);
    if (this.changed.size === 0) return false;
    for (const name of namesIn(step)) if (this.changed.has(name)) return true;
    return false;
  }
}

function isSameTarget(a: StepTarget, b: StepTarget): boolean {
  if (a.kind === 'op') return b.kind === 'op' && a.op === b.op;
  if (a.kind === 'module') return b.kind === 'module' && a.module === b.module && a.file === b.file;
  return a.kind === 'none' && b.kind === 'none';
}

function leadsTo({ target }: InferredWire, now: WireTarget): boolean {
  if (target.status === 'unknown') return now.status === 'unknown';
  if (target.status !== 'found' || now.status !== 'found') return false;
  if (target.owner !== now.owner || target.port !== now.port) return false;
  const { type } = target;
  if (type === now.type) return true;
  return type !== undefined && now.type !== undefined && equalTypes(type, now.type);
}

function isSameMap(a: Params, b: Params): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) if (!b.has(name) || !isSameValue(value, b.get(name))) return false;
  return true;
}

function changedParams(before: Params, now: Params): Set<string> {
  const changed = new Set<string>();
  for (const name of [...before.keys(), ...now.keys()])
    if (!before.has(name) || !now.has(name) || !isSameValue(before.get(name), now.get(name)))
      changed.add(name);
  return changed;
}

const named = new WeakMap<Step, ReadonlySet<string>>();

/** Every name in what a step computes from params. */
function namesIn(step: Step): ReadonlySet<string> {
  return remember(named, step, () => {
    const names = new Set<string>();
    const read = (node: TreeNode | undefined): void => {
      if (node?.kind === 'sequence') for (const item of node.items) read(item);
      if (node?.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('$')) return;
      for (const [name] of node.value.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
    };
    for (const entry of step.settings.values()) read(entry.value);
    read(step.repeat);
    return names;
  });
}
