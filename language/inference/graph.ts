/**
 * The type of every wire and port of one graph: a brick's own graph, or a composition. Steps are visited in the
 * order of the data; each contributes equations to one solver. Unknown stays unknown: a step whose input is not
 * known gets no type and no finding.
 */
import { allAtOnce, type Gradual } from '../gradual';
import type { Lookup } from '../names/catalogue';
import type { Dimension, Located, ModuleDeclaration, Step, Wire } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import { currentName } from '../names/renames';
import { opNamed } from '../ops/catalogue';
import type { Op, OpInput, OpWeight } from '../ops/op';
import type { Entry } from '../syntax/tree';
import type { Constraint } from '../types/constraint';
import { Dim } from '../types/dim';
import { Solver, type Weight } from '../types/solver';
import { type TensorType, withAxes } from '../types/type';
import { Before, type Trace } from './again-step';
import { applyModule, demand, settle } from './apply-module';
import type { Instance } from './instance';
import { orderOf } from './order';
import type { Cause, OpenQuestion, PlacedCondition, Repeated, ShapeProblem } from './problems';
import { readRepeat, readSettings } from './settings';
import { ownerOf } from './sharing';
import type { Params, ValueProblem } from './values';

/** Something a wire may start from besides the steps: an input of the brick, or the columns of a dataset. */
export type Outer =
  | { kind: 'input'; type: TensorType | undefined }
  | { kind: 'data'; columns: Map<string, TensorType | undefined> | undefined };

export interface GraphScope {
  file: string;
  outer: Map<string, Outer>;
  steps: Map<string, Step>;
  params: Params;
  module(reference: BrickReference): Lookup<'module'>;
  /** Symbols that stand for every size at once and so may not be given one. */
  rigid: string[];
  /** What they are known to meet all the same. */
  assumed?: Instance['conditions'];
  /** Sizes that have the same value in every step. */
  dims?: ReadonlyMap<string, Dimension>;
  /** What must hold in the end. */
  demanded?: Instance['conditions'];
  /** Values that rigid symbols will have all the same: the rows of a batch. */
  planned?: PlannedSize[];
}

export interface PlannedSize {
  symbol: string;
  size: number;
  cause: Cause;
}

export type { Cause, ShapeProblem } from './problems';

export type WireTarget =
  | { status: 'found'; owner: string; port: string | undefined; type: TensorType | undefined }
  | { status: 'no-owner'; candidates: string[] }
  | { status: 'no-port'; ports: string[] }
  /** The owner has several ports and the wire names none. */
  | { status: 'which-port'; ports: string[] }
  /** The owner itself is broken, so nothing can be said. */
  | { status: 'unknown' };

export interface InferredWire {
  wire: Wire;
  /** The input it feeds; undefined when the step has no such input. */
  input: string | undefined;
  target: WireTarget;
}

export type StepTarget =
  | { kind: 'op'; op: Op }
  | { kind: 'unknown-op'; name: Located<string> }
  | { kind: 'module'; module: ModuleDeclaration; file: string }
  | { kind: 'unresolved-module'; lookup: Exclude<Lookup<'module'>, { status: 'found' }> }
  | { kind: 'none' };

export interface InferredStep {
  step: Step;
  /** Whose brick, settings and weights it has: its own, or those of the part that it shares. */
  owner: Step;
  target: StepTarget;
  wires: InferredWire[];
  /** Attributes or parameters, defaults included. */
  values: Params;
  unknownSettings: Entry[];
  /** Names of settings whose value is not known. */
  unvalued: string[];
  valueProblems: (ValueProblem & { setting: string })[];
  /** How often it runs, each time on what came out before; undefined where that is not known. */
  times: Dim | undefined;
  missingInputs: string[];
  missingSettings: string[];
  outputs: Map<string, TensorType | undefined>;
  weights: OpWeight[];
  flops: Dim | undefined;
}

export interface InferredGraph {
  steps: Map<string, InferredStep>;
  /** Names of steps on a cycle. */
  cycle: string[];
  problems: ShapeProblem[];
  questions: OpenQuestion[];
  /** Conditions to look at again in the end. */
  undecided: { constraint: Constraint; question: () => OpenQuestion }[];
  repeated: Repeated[];
  solver: Solver<Cause>;
  /** What each step added, where an edit may follow; and what was given to all of them. */
  traces: Map<string, Trace>;
  given: Pick<GraphScope, 'params' | 'dims' | 'rigid'> | undefined;
}

export function inferGraph(scope: GraphScope): InferredGraph {
  return allAtOnce(inferringGraph(scope));
}

/** Step by step. With `edited`, an edit may follow: the graph as it was before the last one, where that is known. */
export function* inferringGraph(
  scope: GraphScope,
  edited?: { before: InferredGraph | undefined },
): Gradual<InferredGraph> {
  const solver = new Solver<Cause>(scope.rigid, preferred(scope.file));
  const { order, cycle } = orderOf(scope.steps);
  const graph: InferredGraph = {
    steps: new Map(),
    cycle,
    problems: [],
    questions: [],
    undecided: [],
    repeated: [],
    solver,
    traces: new Map(),
    given: edited && { params: scope.params, dims: scope.dims, rigid: scope.rigid },
  };
  const before = edited && Before.of(edited.before, scope);
  for (const { written, constraint } of scope.assumed ?? []) assume(written, constraint, graph);
  for (const name of order) {
    const step = scope.steps.get(name)!;
    graph.steps.set(name, before ? inferAgain(step, scope, graph, before) : inferStep(step, scope, graph));
    yield;
  }
  for (const { written, constraint } of scope.demanded ?? [])
    demand(written, constraint, undefined, graph, written.range);
  settle(graph, scope.planned ?? []);
  return graph;
}

/** Explanations prefer plain sizes, and facts of the file at hand. */
function preferred(file: string): Weight<Cause> {
  return ({ left, right, cause }) =>
    (left.constant === undefined && right.constant === undefined ? 1 : 0) + (cause.file === file ? 0 : 2);
}

function assume(condition: PlacedCondition, constraint: Constraint, graph: InferredGraph): void {
  const { file, range } = condition;
  const verdict = graph.solver.assume(constraint, {
    ...{ kind: 'condition', text: 'where', claim: condition.text },
    ...{ file, range },
  });
  if (verdict !== 'no') return;
  const facts = graph.solver.explain();
  const { left, right } = constraint;
  graph.problems.push({
    kind: 'condition',
    condition,
    step: undefined,
    facts,
    sizes: [],
    range,
    left,
    right,
  });
}

function inferAgain(step: Step, scope: GraphScope, graph: InferredGraph, before: Before): InferredStep {
  const owner = ownerOf(step, scope.steps);
  const fed = {
    ...{ step, owner: owner ?? step, target: targetOf(owner, scope) },
    sources: step.wires.map((wire) => resolveWire(wire, scope, graph)),
  };
  return before.typed(fed, graph, () => inferStep(step, scope, graph));
}

function inferStep(step: Step, scope: GraphScope, graph: InferredGraph): InferredStep {
  const owner = ownerOf(step, scope.steps);
  const target = targetOf(owner, scope);
  const inferred: InferredStep = {
    step,
    owner: owner ?? step,
    target,
    wires: [],
    values: new Map(),
    unknownSettings: [],
    unvalued: [],
    valueProblems: [],
    times: undefined,
    missingInputs: [],
    missingSettings: [],
    outputs: new Map(),
    weights: [],
    flops: undefined,
  };
  connect(inferred, inputsOf(target), scope, graph);
  readSettings(inferred, scope.params);
  inferred.times = readRepeat(inferred, scope.params);
  if (target.kind === 'op') applyOp(inferred, target.op, scope, graph);
  if (target.kind === 'module') applyModule(inferred, target.module, scope, graph);
  return inferred;
}

function targetOf(step: Step | undefined, scope: GraphScope): StepTarget {
  if (!step) return { kind: 'none' };
  if (step.op) {
    const op = opNamed(step.op.value);
    return op ? { kind: 'op', op } : { kind: 'unknown-op', name: step.op };
  }
  if (!step.module) return { kind: 'none' };
  const lookup = scope.module(step.module.reference);
  if (lookup.status !== 'found') return { kind: 'unresolved-module', lookup };
  return { kind: 'module', module: lookup.declaration, file: lookup.source.file };
}

function inputsOf(target: StepTarget): OpInput[] | undefined {
  if (target.kind === 'op') return target.op.inputs;
  if (target.kind === 'module') return [...target.module.inputs.keys()].map((name) => ({ name, doc: '' }));
  return undefined;
}

export function inputNames(target: StepTarget): string[] | undefined {
  return inputsOf(target)?.map((input) => input.name);
}

/** Decides which input each wire feeds: by name, or in order for the bare form. */
function connect(
  inferred: InferredStep,
  inputs: OpInput[] | undefined,
  scope: GraphScope,
  graph: InferredGraph,
): void {
  inferred.step.wires.forEach((wire, position) => {
    let input: string | undefined;
    if (wire.port) {
      const wanted = inputCalled(wire.port.value, inferred);
      input = inputs?.find((candidate) => candidate.name === wanted)?.name;
    } else if (inputs) input = (inputs[0]?.variadic ? inputs[0] : inputs[position])?.name;
    inferred.wires.push({ wire, input, target: resolveWire(wire, scope, graph) });
  });
  const fed = new Set(inferred.wires.map((wire) => wire.input));
  inferred.missingInputs = (inputs ?? []).filter((i) => !i.optional && !fed.has(i.name)).map((i) => i.name);
}

/** By its name, or by the one that it had before, where nothing is wired to the new one. */
function inputCalled(name: string, { target, step }: InferredStep): string {
  if (target.kind !== 'module') return name;
  const current = currentName(target.module, 'inputs', name);
  return current !== name && step.wires.some(({ port }) => port?.value === current) ? name : current;
}

export function resolveWire(
  wire: Pick<Wire, 'reference'>,
  scope: GraphScope,
  graph: InferredGraph,
): WireTarget {
  const { owner, port } = wire.reference;
  if (owner === '') return { status: 'unknown' };
  const outer = scope.outer.get(owner);
  if (outer?.kind === 'input') {
    return port === undefined
      ? { status: 'found', owner, port, type: outer.type }
      : { status: 'no-port', ports: [] };
  }
  if (outer?.kind === 'data') return choosePort(owner, port, outer.columns);
  if (!scope.steps.has(owner)) {
    return { status: 'no-owner', candidates: ownersIn(scope) };
  }
  const step = graph.steps.get(owner);
  if (!step || (step.target.kind !== 'op' && step.target.kind !== 'module')) return { status: 'unknown' };
  const { target } = step;
  const name =
    port !== undefined && target.kind === 'module' ? currentName(target.module, 'outputs', port) : port;
  return choosePort(owner, name, step.outputs);
}

/** One list for all wires that lead nowhere. */
const owners = new WeakMap<GraphScope['steps'], { outer: GraphScope['outer']; names: string[] }>();

function ownersIn({ outer, steps }: GraphScope): string[] {
  const known = owners.get(steps);
  if (known?.outer === outer) return known.names;
  const names = [...outer.keys(), ...steps.keys()];
  owners.set(steps, { outer, names });
  return names;
}

function choosePort(
  owner: string,
  port: string | undefined,
  ports: Map<string, TensorType | undefined> | undefined,
): WireTarget {
  if (!ports) return { status: 'unknown' };
  if (port === undefined) {
    if (ports.size !== 1) return { status: 'which-port', ports: [...ports.keys()] };
    const [name, type] = [...ports][0]!;
    return { status: 'found', owner, port: name, type };
  }
  if (!ports.has(port)) return { status: 'no-port', ports: [...ports.keys()] };
  return { status: 'found', owner, port, type: ports.get(port) };
}

function applyOp(inferred: InferredStep, op: Op, scope: GraphScope, graph: InferredGraph): void {
  for (const output of op.outputs) inferred.outputs.set(output.name, undefined);
  const origins = new Map<TensorType, InferredWire>();
  const inputs = inputTypes(inferred, op.inputs, graph, origins);
  if (!inputs || inferred.missingSettings.length > 0 || inferred.valueProblems.length > 0) return;
  const { step } = inferred;
  const result = op.infer({
    inputs,
    attributes: Object.fromEntries(inferred.values),
    given: (attribute) => step.settings.has(attribute),
    fresh: (hint) => Dim.symbol(`${step.name}:${hint}`),
    resolve: (dim) => graph.solver.resolve(dim),
    equate(left, right, why) {
      const range = step.op?.range ?? step.key;
      const { solver } = graph;
      const verdict = solver.equate(left, right, { kind: 'op', text: why, file: scope.file, range });
      if (verdict === 'unverified') {
        const sides = { left: solver.resolve(left), right: solver.resolve(right) };
        graph.questions.push({ kind: 'equation', why, ...sides, step: inferred, range });
      }
      if (verdict !== 'no') return;
      const facts = solver.explain();
      const overspecialized = solver.isOverspecialized(facts);
      graph.problems.push({
        kind: 'equation',
        why,
        left,
        right,
        step: inferred,
        range,
        facts,
        overspecialized,
      });
    },
    repeated(type, fromEnd, size) {
      const wire = origins.get(type);
      if (wire) graph.repeated.push({ step: inferred, wire, fromEnd, size });
    },
    fail(problem) {
      const wire = inferred.wires.find((candidate) => candidate.input === problem.input);
      const setting = problem.attribute === undefined ? undefined : step.settings.get(problem.attribute);
      const range = setting?.value?.range ?? wire?.wire.range ?? step.op?.range ?? step.key;
      graph.problems.push({ kind: 'op', problem, step: inferred, range });
    },
  });
  for (const output of op.outputs) inferred.outputs.set(output.name, result.outputs[output.name]);
  inferred.weights = result.weights;
  inferred.flops = result.flops;
}

/** By input; undefined when one that is needed is not known. `origins` gets the wire that each type came by. */
function inputTypes(
  inferred: InferredStep,
  inputs: OpInput[],
  graph: InferredGraph,
  origins: Map<TensorType, InferredWire>,
) {
  const types: Record<string, TensorType | TensorType[] | undefined> = {};
  for (const input of inputs) {
    const wires = inferred.wires.filter((wire) => wire.input === input.name);
    if (wires.length === 0) {
      if (!input.optional) return undefined;
      continue;
    }
    const resolved: TensorType[] = [];
    for (const wire of wires) {
      if (wire.target.status !== 'found' || !wire.target.type) return undefined;
      const type = { ...forOps(graph.solver.resolveType(wire.target.type), graph.solver) };
      if (type.oneOf) return undefined;
      origins.set(type, wire);
      resolved.push(type);
    }
    types[input.name] = input.variadic ? resolved : resolved[0];
  }
  return types;
}

/** Ops look for axes from the end: what stands before axes without a number is hidden behind their name too. */
function forOps({ repeats: _, ...type }: TensorType, solver: Solver<Cause>): TensorType {
  if (!type.at || type.lead === undefined) return type;
  const before = type.dims.slice(0, type.at);
  const name = `${type.lead}:_${before.map((dim) => dim.key.replaceAll(':', '.')).join()}`;
  solver.bindLead(name, { dims: before, lead: type.lead, at: type.at });
  return withAxes(type, { dims: type.dims.slice(type.at), lead: name });
}

export function sourceText(target: { owner: string; port: string | undefined }): string {
  return target.port === undefined ? target.owner : `${target.owner}.${target.port}`;
}
