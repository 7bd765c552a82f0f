/**
 * A composition with every brick opened: ops only, in the order of the data, with the sizes they really have.
 * Bricks are typed again here with their parameters' values, which finds what only these values break.
 */
import type { Lookup } from '../names/catalogue';
import type { ModuleDeclaration, Step } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { Op, OpWeight } from '../ops/op';
import type { Range } from '../syntax/tree';
import { Dim } from '../types/dim';
import { Solver } from '../types/solver';
import { printType, type TensorType } from '../types/type';
import type { Cause, InferredGraph, InferredStep, WireTarget } from './graph';
import { instantiate } from './instance';
import type { ModelInference } from './model';
import { moduleScope } from './module';
import { openedGraph, openedPart, sized } from './openings';
import { describeProblem } from './problems';
import { evaluate, type Params } from './values';

export interface FlatValue {
  /** `alias.column` or `part/node.port`. */
  id: string;
  type: TensorType;
}

export interface FlatNode {
  /** `part/node`, deeper for nested bricks. */
  id: string;
  /** The part that it runs in. */
  part: string;
  /** The part whose weights and prepared state it has: `part`, or the one that `part` shares. */
  owner: string;
  op: Op;
  inputs: Record<string, FlatValue | FlatValue[]>;
  values: Params;
  outputs: Map<string, TensorType>;
  weights: OpWeight[];
  flops: Dim | undefined;
  file: string;
  range: Range;
}

export interface FlatProblem {
  /** The part, and the way down to the step: `encoder`, `encoder/layers.0`. */
  path: string;
  part: string;
  message: string;
  file: string;
  range: Range;
  /** The language of a brick in code, which has no ops to open. */
  code?: 'python' | 'typescript';
}

export interface FlatPart {
  name: string;
  /** The part that it shares; itself otherwise. */
  owner: string;
  module: ModuleDeclaration;
  /** Where the composition names it. */
  step: Step | undefined;
  plug: string | undefined;
  outputs: Map<string, FlatValue>;
}

export interface FlatModel {
  parts: FlatPart[];
  nodes: FlatNode[];
  problems: FlatProblem[];
}

type Find = (reference: BrickReference) => Lookup<'module'>;

interface Opening {
  module: ModuleDeclaration;
  values: Params;
  inputs: Map<string, FlatValue>;
  part: string;
  owner: string;
  /** Ids of its nodes start with it. */
  prefix: string;
  /** What the composition plugs into this brick, by the node it follows, in order. */
  plugs: Map<string, Plugged[]>;
}

interface Plugged {
  part: string;
  key: Range;
  inferred: InferredStep;
}

export function flattenModel(inference: ModelInference, find: Find): FlatModel {
  const flat: FlatModel = { parts: [], nodes: [], problems: [] };
  const values = new Map<string, Map<string, FlatValue>>();
  const { solver } = inference.graph;
  for (const [alias, outer] of inference.scope.outer) {
    if (outer.kind !== 'data') continue;
    const columns = [...(outer.columns ?? [])].flatMap(([name, type]): [string, FlatValue][] =>
      type ? [[name, { id: `${alias}.${name}`, type }]] : [],
    );
    values.set(alias, new Map(columns));
  }
  const { rigid } = inference.scope;
  for (const [name, inferred] of inference.graph.steps) {
    if (inferred.target.kind !== 'module') continue;
    const { module } = inferred.target;
    const owner = inferred.owner.name;
    const inputs = inputsFrom(inferred, (target) => values.get(target.owner)?.get(target.port ?? ''));
    if (!inputs) continue;
    const own: Params = new Map(
      [...inferred.values].map(([key, value]) => [key, value instanceof Dim ? solver.resolve(value) : value]),
    );
    const part: FlatPart = {
      ...{ name, owner, module, step: inferred.step },
      ...{ plug: undefined, outputs: new Map() },
    };
    flat.parts.push(part);
    const plugs = plugsOf(inference, owner, module);
    const opening = { module, values: own, inputs, part: name, owner, prefix: name, plugs };
    if (plugs.size > 0) {
      part.outputs = new Opener(flat, find, rigid).open(opening);
    } else {
      const types = new Map(Array.from(inputs, ([input, { type }]) => [input, type]));
      const way = [name, owner, ...Array.from(inputs.values(), ({ id }) => id), ...rigid];
      const opened = openedPart(module, own, types, way, find, (looking) => {
        const alone: FlatModel = { parts: [], nodes: [], problems: [] };
        return { ...alone, outputs: new Opener(alone, looking, rigid).open(opening) };
      });
      for (const node of opened.nodes) flat.nodes.push(node);
      flat.problems.push(...opened.problems);
      part.outputs = opened.outputs;
    }
    values.set(name, part.outputs);
  }
  differentWeights(flat);
  return flat;
}

/** One brick opened by itself, as the part `part`, with these values for its params and its inputs. */
export function flattenModule(
  module: ModuleDeclaration,
  part: string,
  values: Params,
  inputs: Map<string, FlatValue>,
  find: Find,
): FlatModel {
  const flat: FlatModel = { parts: [], nodes: [], problems: [] };
  const outputs = new Opener(flat, find, []).open({
    module,
    values,
    inputs,
    part,
    owner: part,
    prefix: part,
    plugs: new Map(),
  });
  flat.parts.push({ name: part, owner: part, module, step: undefined, plug: undefined, outputs });
  return flat;
}

function plugsOf(inference: ModelInference, part: string, module: ModuleDeclaration): Map<string, Plugged[]> {
  const plugs = new Map<string, Plugged[]>();
  for (const { name, key, point } of inference.model.plugs.values()) {
    const at = point.owner === part ? module.extensionPoints.get(point.port ?? '')?.at : undefined;
    const inferred = inference.plugs.get(name);
    if (at && inferred) plugs.set(at.value, [...(plugs.get(at.value) ?? []), { part: name, key, inferred }]);
  }
  return plugs;
}

type Found = Extract<WireTarget, { status: 'found' }>;

/** The first wire of each input; undefined when one leads nowhere. */
function inputsFrom(inferred: InferredStep, read: (target: Found) => FlatValue | undefined) {
  const inputs = new Map<string, FlatValue>();
  for (const { input, target } of inferred.wires) {
    const value = target.status === 'found' ? read(target) : undefined;
    if (input === undefined || !value) return undefined;
    inputs.set(input, value);
  }
  return inferred.missingInputs.length > 0 ? undefined : inputs;
}

/** Bricks that are opened, and ops in them; the largest models that people train have a few thousand. */
const MOST_NODES = 10_000;

/** Bricks inside bricks deeper than this are taken for a brick that contains itself. */
const maximumDepth = 32;

class Opener {
  #opened = 0;
  #stopped = false;

  constructor(
    private readonly flat: FlatModel,
    private readonly find: Find,
    private readonly rigid: string[],
  ) {}

  /** Adds the brick's ops; returns its outputs. */
  open(opening: Opening, depth = 0): Map<string, FlatValue> {
    const { module, values, inputs, prefix } = opening;
    this.#opened += 1;
    if (this.#isTooMuch(opening)) return new Map();
    if (depth > maximumDepth) {
      this.problem(opening, opening.part, 'contains itself', module.file, module.root.range);
      return new Map();
    }
    if (module.code && module.graph.size === 0) {
      const { language, at } = module.code;
      const message = `is written in ${language}, which this engine does not run`;
      const { part } = opening;
      const { file } = module;
      this.flat.problems.push({ path: prefix, part, message, file, range: at.range, code: language });
      return new Map();
    }
    const types = new Map([...module.inputs].map(([name]) => [name, inputs.get(name)?.type]));
    const scope = { ...moduleScope(module, values, types, this.find), rigid: this.rigid };
    const graph = openedGraph(module, values, types, scope);
    this.reportProblems(opening, graph);
    const made = new Map<string, Map<string, FlatValue>>();
    const read = ({ owner, port }: Found) => inputs.get(owner) ?? made.get(owner)?.get(port ?? '');
    for (const [name, inferred] of graph.steps) {
      made.set(name, this.step(opening, inferred, graph, read, depth));
      for (const plugged of opening.plugs.get(name) ?? []) this.plug(opening, plugged, name, made, depth);
    }
    return new Map(
      [...module.outputs.keys()].flatMap((name): [string, FlatValue][] => {
        const ports = made.get(name);
        const value = ports?.size === 1 ? [...ports.values()][0] : ports?.get(name);
        return value ? [[name, value]] : [];
      }),
    );
  }

  private step(
    opening: Opening,
    inferred: InferredStep,
    graph: InferredGraph,
    read: (target: Found) => FlatValue | undefined,
    depth: number,
  ) {
    const { target, step } = inferred;
    if (target.kind === 'op') return this.op(opening, inferred, target.op, graph, read);
    const inputs = target.kind === 'module' ? inputsFrom(inferred, read) : undefined;
    if (target.kind !== 'module' || !inputs) return new Map<string, FlatValue>();
    const nested = {
      ...opening,
      module: target.module,
      values: inferred.values,
      plugs: new Map<string, Plugged[]>(),
    };
    const times = step.repeat ? evaluate(step.repeat, 'int', opening.values).value : Dim.of(1);
    const count = times instanceof Dim ? (times.constant ?? 0) : 0;
    let outputs = new Map<string, FlatValue>();
    for (let i = 0; i < count && !this.#isTooMuch(opening); i++) {
      const prefix = `${opening.prefix}/${step.name}${step.repeat ? `.${i}` : ''}`;
      // Repetition feeds the first output of one copy to the first input of the next.
      const fed = new Map(inputs);
      const [first, previous] = [[...inputs.keys()][0], [...outputs.values()][0]];
      if (first !== undefined && previous) fed.set(first, previous);
      outputs = this.open({ ...nested, inputs: fed, prefix }, depth + 1);
    }
    return outputs;
  }

  /** Says so once. */
  #isTooMuch(opening: Opening): boolean {
    if (this.#opened + this.flat.nodes.length <= MOST_NODES) return false;
    const { part, module } = opening;
    const message = `opens to more than ${MOST_NODES} steps with what comes before it`;
    if (!this.#stopped) this.problem(opening, part, message, module.file, module.root.range);
    this.#stopped = true;
    return true;
  }

  private op(
    opening: Opening,
    inferred: InferredStep,
    op: Op,
    graph: InferredGraph,
    read: (target: Found) => FlatValue | undefined,
  ) {
    const id = `${opening.prefix}/${inferred.step.name}`;
    const { inputs: fed, isFed, outputs: types, weights, flops } = sized(inferred, graph);
    if (!isFed) return new Map<string, FlatValue>();
    const inputs: FlatNode['inputs'] = {};
    for (const { input, sources } of fed) {
      const found: FlatValue[] = [];
      for (const source of sources) {
        const value = read(source);
        if (!value) return new Map<string, FlatValue>();
        found.push(value);
      }
      if (input.variadic) inputs[input.name] = found;
      else if (found[0]) inputs[input.name] = found[0];
    }
    const outputs = new Map<string, FlatValue>();
    for (const [port, type] of types) {
      if (!type) return new Map<string, FlatValue>();
      outputs.set(port, { id: `${id}.${port}`, type });
    }
    this.flat.nodes.push({
      id,
      part: opening.part,
      owner: opening.owner,
      op,
      inputs,
      values: inferred.values,
      outputs: new Map(Array.from(outputs, ([port, value]) => [port, value.type])),
      weights,
      flops,
      file: opening.module.file,
      range: inferred.step.key,
    });
    return outputs;
  }

  /** Puts a plugged brick behind the node: whoever used the node's value now gets the plugged brick's. */
  private plug(
    opening: Opening,
    { part: own, key, inferred }: Plugged,
    node: string,
    made: Map<string, Map<string, FlatValue>>,
    depth: number,
  ): void {
    const port = [...(made.get(node) ?? [])][0];
    if (inferred.target.kind !== 'module' || !port) return;
    const { step, target } = inferred;
    // What is plugged into a part that others share is in each of them, with the same weights.
    const part = opening.part + own.slice(opening.owner.length);
    const { module } = target;
    const [name, value] = port;
    const input = [...module.inputs.keys()][0];
    if (input === undefined) return;
    const values: Params = new Map(inferred.values);
    // Parameters that size the plugged brick's input, and are not set, take the size that is there.
    const solver = new Solver<Cause>();
    const symbols: Params = new Map(
      [...module.params.values()].map((param) => [
        param.name,
        param.type === 'int' && !step.settings.has(param.name)
          ? Dim.symbol(`plug:${param.name}`)
          : values.get(param.name),
      ]),
    );
    const wanted = instantiate(module, symbols, 'plug').inputs.get(input);
    const cause: Cause = { text: `plug ${part}`, file: opening.module.file, range: key };
    const fit = wanted && solver.fit(value.type, wanted, cause);
    if (!wanted || !fit?.ok) {
      this.flat.problems.push({
        path: part,
        part,
        message: wanted
          ? `takes ${shown(wanted)}, but the extension point has ${shown(value.type)}`
          : 'takes a type that cannot be read',
        file: module.file,
        range: key,
      });
      return;
    }
    for (const [param, symbol] of symbols) {
      const found = symbol instanceof Dim ? solver.resolve(symbol) : undefined;
      if (found?.constant !== undefined) values.set(param, found);
    }
    for (const { written, constraint } of instantiate(module, values, 'plug').conditions) {
      if (solver.check(constraint) !== 'no') continue;
      const message = `needs \`${written.text}\`, which the extension point does not meet`;
      this.flat.problems.push({ path: part, part, message, file: module.file, range: written.range });
      return;
    }
    const outputs = this.open(
      { module, values, inputs: new Map([[input, value]]), part, owner: own, prefix: part, plugs: new Map() },
      depth + 1,
    );
    this.flat.parts.push({ name: part, owner: own, module, step, plug: part, outputs });
    const result = [...outputs.values()][0];
    if (!result) return;
    if (!new Solver<Cause>().fit(result.type, value.type, cause).ok) {
      this.flat.problems.push({
        path: part,
        part,
        message: `gives ${shown(result.type)}, but the extension point has ${shown(value.type)}`,
        file: module.file,
        range: key,
      });
      return;
    }
    made.set(node, new Map([[name, result]]));
  }

  private reportProblems(opening: Opening, graph: InferredGraph): void {
    for (const problem of graph.problems) {
      const name = problem.step?.step.name ?? (problem.kind === 'fit' ? problem.input : '');
      const { message } = describeProblem(problem);
      this.problem(opening, `${opening.prefix}/${name}`, message, opening.module.file, problem.range);
    }
  }

  private problem({ part }: Opening, path: string, message: string, file: string, range: Range): void {
    this.flat.problems.push({ path, part, message, file, range });
  }
}

/** Weights that a part shares must be as large in each of its uses; their sizes may come from what feeds them. */
function differentWeights(flat: FlatModel): void {
  if (flat.parts.every(({ name, owner }) => name === owner)) return;
  const within = ({ id, part }: FlatNode) => id.slice(part.length);
  const own = new Map(flat.nodes.map((node) => [node.id, node]));
  for (const node of flat.nodes) {
    const { part, owner, file, range } = node;
    const other = owner === part ? undefined : own.get(owner + within(node));
    for (const { role, dims } of other ? node.weights : []) {
      const theirs = other!.weights.find((weight) => weight.role === role)?.dims;
      if (!theirs || theirs.length !== dims.length) continue;
      if (dims.every((dim, axis) => dim.key === theirs[axis]!.key)) continue;
      const [here, there] = [dims, theirs].map((sizes) => `[${sizes.join(', ')}]`);
      const message = `shares the ${role} of \`${owner}\`, which is ${there}, but from what feeds it here it would be ${here}`;
      flat.problems.push({ path: part, part, message, file, range });
      break;
    }
  }
}

/** A type with the symbols as their author wrote them: `points:batch` is `batch`. */
function shown(type: TensorType): string {
  return printType(type, (symbol) => symbol.slice(symbol.lastIndexOf(':') + 1));
}
