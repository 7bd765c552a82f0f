/**
 * A brick opened down to its ops, with the sizes that they have for some values and types: typed anew, which finds
 * what only these values break. Where it stands in a composition makes no difference, so what is opened once is at
 * hand for every part, composition and keystroke that opens it so again.
 */
import type { Lookup } from '../names/catalogue';
import type { ModuleDeclaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Op, OpWeight } from '../ops/op';
import { remember } from '../remember';
import type { Range } from '../syntax/tree';
import type { Dim } from '../types/dim';
import { Solver } from '../types/solver';
import type { TensorType } from '../types/type';
import { type InferredGraph, type InferredStep, inferGraph, type WireTarget } from './graph';
import { moduleScope } from './module';
import { pluggedValues, shown } from './plugged';
import { type Cause, describeProblem } from './problems';
import { claimOf } from './settings';
import type { Params } from './values';
import { keyOfWay } from './way-key';

export type Find = (reference: BrickReference) => Lookup<'module'>;

/** An op with the sizes that it really has. */
export interface OpenedOp {
  op: Op;
  values: Params;
  outputs: Map<string, TensorType>;
  weights: OpWeight[];
  flops: Dim | undefined;
  file: string;
  range: Range;
}

/** Where a value inside of a brick comes from: an input of the brick, or one of its steps. */
export type Source = { input: string } | { step: number; port: string };

export interface Value {
  source: Source;
  type: TensorType;
}

/** A brick that a composition plugs in, by the node it follows. */
export interface Plugged {
  part: string;
  key: Range;
  inferred: InferredStep;
}

export interface OpenedStep {
  /** The node, with the number of the copy where it repeats: `layers.0`. */
  name: string;
  inputs: Map<string, Value | Value[]>;
  holds: { op: OpenedOp } | { brick: OpenedBrick; plugged: Plugged | undefined };
}

export interface InnerProblem {
  /** The way down from the brick: ``, `/layers.0/attention`. */
  path: string;
  /** The plugged part that it is in, where it is none of the brick itself. */
  plugged: string | undefined;
  message: string;
  file: string;
  range: Range;
  /** The language of a brick in code, which has no ops to open. */
  code?: 'python' | 'typescript';
}

export interface OpenedBrick {
  module: ModuleDeclaration;
  /** Symbols that stand for every size at once: the rows of a batch. */
  rigid: ReadonlySet<string>;
  /** In the order of the data. */
  steps: OpenedStep[];
  outputs: Map<string, Value>;
  problems: InnerProblem[];
  /** How many bricks and ops it is, itself included. */
  size: number;
  /** Every brick that was looked up for it, once for each step that names one. */
  used: Set<Used>;
  /** Whether it is cut off where a brick contains itself, which depends on where one begins. */
  isCut: boolean;
}

type Used = readonly [BrickReference, ModuleDeclaration | undefined];

/** What a brick is opened with. */
export interface Way {
  module: ModuleDeclaration;
  values: Params;
  inputs: ReadonlyMap<string, TensorType>;
  rigid: readonly string[];
}

/** Bricks that are opened, and ops in them; the largest models that people train have a few thousand. */
export const MOST_STEPS = 10_000;

/** How many ways of opening one brick are remembered. */
const MOST_WAYS = 24;

const remembered = new WeakMap<ModuleDeclaration, Map<string, OpenedBrick>>();

/** The same object as long as everything is the same that it is made of. `around` are the bricks that it is in. */
export function opened(way: Way, find: Find, around: readonly ModuleDeclaration[] = []): OpenedBrick {
  const key = keyOfWay(way);
  if (key === undefined) return opening(way, find, around);
  const ways = remember(remembered, way.module, () => new Map<string, OpenedBrick>());
  const known = ways.get(key);
  // Every brick is asked for, which also notes that the answer rests on it.
  if (known && [...known.used].map(([reference, before]) => found(find(reference)) === before).every(Boolean))
    return known;
  const brick = opening(way, find, around);
  if (brick.isCut) return brick;
  if (ways.size >= MOST_WAYS) ways.clear();
  ways.set(key, brick);
  return brick;
}

function found(lookup: Lookup<'module'>): ModuleDeclaration | undefined {
  return lookup.status === 'found' ? lookup.declaration : undefined;
}

type Target = Extract<WireTarget, { status: 'found' }>;
type Read = (target: Target) => Value | undefined;

/** Opens a brick, with what a composition plugs into it by the node that it follows. */
export function opening(
  { module, values, inputs, rigid }: Way,
  find: Find,
  around: readonly ModuleDeclaration[],
  plugs?: ReadonlyMap<string, Plugged[]>,
): OpenedBrick {
  const brick: OpenedBrick = {
    ...{ module, rigid: new Set(rigid), steps: [], outputs: new Map(), problems: [] },
    ...{ size: 1, used: new Set(), isCut: false },
  };
  const { file, root, code } = module;
  if (around.includes(module)) {
    say(brick, { message: 'contains itself', file, range: root.range });
    brick.isCut = true;
    return brick;
  }
  if (code && module.graph.size === 0) {
    const message = `is written in ${code.language}, which this engine does not run`;
    say(brick, { message, file, range: code.at.range, code: code.language });
    return brick;
  }
  const looking: Find = (reference) => {
    const lookup = find(reference);
    brick.used.add([reference, found(lookup)]);
    return lookup;
  };
  const types = new Map([...module.inputs.keys()].map((name) => [name, inputs.get(name)]));
  const graph = inferGraph({ ...moduleScope(module, values, types, looking), rigid: [...rigid] });
  for (const problem of graph.problems) {
    const name = problem.step?.step.name ?? (problem.kind === 'fit' ? problem.input : '');
    const { message } = describeProblem(problem);
    say(brick, { path: `/${name}`, message, file, range: problem.range });
  }
  for (const { step, valueProblems } of graph.steps.values())
    for (const { kind, setting, message, range } of valueProblems)
      if (kind === 'wrong-value')
        say(brick, { path: `/${step.name}`, message: claimOf(setting, message), file, range });
  const made = new Map<string, Map<string, Value>>();
  const read: Read = ({ owner, port }) => {
    const type = inputs.get(owner);
    return type ? { source: { input: owner }, type } : made.get(owner)?.get(port ?? '');
  };
  for (const [name, inferred] of graph.steps) {
    const { target } = inferred;
    if (target.kind === 'op') made.set(name, addOp(brick, inferred, target.op, graph, read));
    else if (target.kind === 'module')
      made.set(name, addBricks(brick, inferred, target.module, read, find, [...around, module]));
    for (const plugged of plugs?.get(name) ?? []) plug(brick, plugged, name, made, find);
    if (isTooMuch(brick)) break;
  }
  for (const name of module.outputs.keys()) {
    const ports = made.get(name);
    const value = ports?.size === 1 ? [...ports.values()][0] : ports?.get(name);
    if (value) brick.outputs.set(name, value);
  }
  return brick;
}

function say(brick: OpenedBrick, problem: Omit<InnerProblem, 'path' | 'plugged'> & { path?: string }): void {
  brick.problems.push({ path: '', plugged: undefined, ...problem });
}

/** Nothing more is added then; whoever opens the composition says so. */
function isTooMuch({ size }: OpenedBrick): boolean {
  return size > MOST_STEPS;
}

function addOp(brick: OpenedBrick, inferred: InferredStep, op: Op, graph: InferredGraph, read: Read) {
  const made = new Map<string, Value>();
  const { solver } = graph;
  const { step, wires } = inferred;
  const inputs: OpenedStep['inputs'] = new Map();
  for (const { name, variadic } of op.inputs) {
    const values: Value[] = [];
    for (const { input, target } of wires) {
      if (input !== name) continue;
      const value = target.status === 'found' ? read(target) : undefined;
      if (!value) return made;
      values.push(value);
    }
    if (variadic) inputs.set(name, values);
    else if (values[0]) inputs.set(name, values[0]);
  }
  const outputs = new Map<string, TensorType>();
  for (const [port, type] of inferred.outputs) {
    if (!type) return made;
    outputs.set(port, solver.resolveType(type));
  }
  for (const [port, type] of outputs) made.set(port, { source: { step: brick.steps.length, port }, type });
  brick.size += 1;
  brick.steps.push({
    name: step.name,
    inputs,
    holds: {
      op: {
        ...{ op, values: inferred.values, outputs },
        weights: inferred.weights.map((weight) => ({
          ...weight,
          dims: weight.dims.map((dim) => solver.resolve(dim)),
        })),
        flops: inferred.flops && solver.resolve(inferred.flops),
        ...{ file: brick.module.file, range: step.key },
      },
    },
  });
  return made;
}

/** A brick inside, as many times over as it repeats. */
function addBricks(
  brick: OpenedBrick,
  inferred: InferredStep,
  module: ModuleDeclaration,
  read: Read,
  find: Find,
  around: readonly ModuleDeclaration[],
) {
  const { step } = inferred;
  const inputs = fedBy(inferred, read);
  let made = new Map<string, Value>();
  if (!inputs) return made;
  const count = inferred.times?.constant ?? 0;
  for (let i = 0; i < count && !isTooMuch(brick); i++) {
    // Repetition feeds the first output of one copy to the first input of the next.
    const fed = new Map(inputs);
    const [first, previous] = [[...inputs.keys()][0], [...made.values()][0]];
    if (first !== undefined && previous) fed.set(first, previous);
    const way = { module, values: inferred.values, inputs: typesOf(fed), rigid: [...brick.rigid] };
    const inner = opened(way, find, around);
    const name = step.repeat ? `${step.name}.${i}` : step.name;
    made = hold(brick, { name, inputs: fed, holds: { brick: inner, plugged: undefined } }, inner);
  }
  return made;
}

/** Adds a brick as a step; returns what it makes. */
function hold(brick: OpenedBrick, step: OpenedStep, inner: OpenedBrick, plugged?: string) {
  const index = brick.steps.push(step) - 1;
  brick.size += inner.size;
  brick.isCut ||= inner.isCut;
  for (const used of inner.used) brick.used.add(used);
  for (const problem of inner.problems) {
    const path = plugged === undefined ? `/${step.name}${problem.path}` : problem.path;
    brick.problems.push({ ...problem, path, plugged: plugged ?? problem.plugged });
  }
  return new Map(
    Array.from(inner.outputs, ([port, { type }]) => [port, { source: { step: index, port }, type }]),
  );
}

export function typesOf(inputs: ReadonlyMap<string, { type: TensorType }>): Map<string, TensorType> {
  return new Map(Array.from(inputs, ([name, { type }]) => [name, type]));
}

/** The first wire of each input; undefined when one leads nowhere. */
export function fedBy<V>(
  inferred: InferredStep,
  read: (target: Target) => V | undefined,
): Map<string, V> | undefined {
  const inputs = new Map<string, V>();
  for (const { input, target } of inferred.wires) {
    const value = target.status === 'found' ? read(target) : undefined;
    if (input === undefined || !value) return undefined;
    inputs.set(input, value);
  }
  return inferred.missingInputs.length > 0 ? undefined : inputs;
}

/** Puts a plugged brick behind the node: whoever used the node's value now gets the plugged brick's. */
function plug(
  brick: OpenedBrick,
  plugged: Plugged,
  node: string,
  made: Map<string, Map<string, Value>>,
  find: Find,
): void {
  const { part, key, inferred } = plugged;
  const { target } = inferred;
  const port = [...(made.get(node) ?? [])][0];
  if (target.kind !== 'module' || !port) return;
  const [name, value] = port;
  const { module } = target;
  const refuse = (message: string, range: Range) =>
    brick.problems.push({ path: '', plugged: part, message, file: module.file, range });
  const input = [...module.inputs.keys()][0];
  if (input === undefined) return;
  const cause = { text: `plug ${part}`, file: brick.module.file, range: key };
  const fitted = pluggedValues(plugged, module, input, value.type, cause);
  if (!fitted.values) {
    refuse(fitted.message, fitted.range ?? key);
    return;
  }
  const inputs = new Map([[input, value]]);
  const way = { module, values: fitted.values, inputs: typesOf(inputs), rigid: [...brick.rigid] };
  const inner = opened(way, find, [brick.module]);
  const outputs = hold(brick, { name: part, inputs, holds: { brick: inner, plugged } }, inner, part);
  const result = [...outputs.values()][0];
  if (!result) return;
  if (new Solver<Cause>().fit(result.type, value.type, cause).ok) made.set(node, new Map([[name, result]]));
  else refuse(`gives ${shown(result.type)}, but the extension point has ${shown(value.type)}`, key);
}
