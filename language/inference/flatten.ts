/** A composition with every brick opened: ops only, in the order of the data, with the sizes they really have. */
import type { ModuleDeclaration, Step } from '../names/declarations';
import type { Range } from '../syntax/tree';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import type { ModelInference } from './model';
import {
  type Find,
  fedBy,
  MOST_STEPS,
  type OpenedBrick,
  type OpenedOp,
  type OpenedStep,
  opened,
  opening,
  type Plugged,
  typesOf,
  type Value,
} from './opened';
import { type OpTest, opsIn, pathsOf, type WayDown } from './ops-in';
import type { Params } from './values';

export interface FlatValue {
  /** `alias.column` or `part/node.port`. */
  id: string;
  type: TensorType;
}

export interface FlatNode extends OpenedOp {
  /** `part/node`, deeper for nested bricks. */
  id: string;
  /** The part that it runs in. */
  part: string;
  /** The part whose weights and prepared state it has: `part`, or the one that `part` shares. */
  owner: string;
  inputs: Record<string, FlatValue | FlatValue[]>;
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
  /** What the ops in it are, but for where it stands. */
  brick: OpenedBrick;
  outputs: Map<string, FlatValue>;
}

/** A brick and where it stands. */
interface Place {
  brick: OpenedBrick;
  part: string;
  owner: string;
  /** Ids of its nodes start with it. */
  prefix: string;
  /** Then its nodes are listed where it is plugged in. */
  isPlugged?: boolean;
  /** What feeds an input; asked only where it is of use. */
  input(name: string): FlatValue;
}

export class FlatModel {
  readonly parts: FlatPart[] = [];
  readonly problems: FlatProblem[] = [];
  private readonly places: Place[] = [];
  private size = 0;
  private listed: FlatNode[] | undefined;

  /** Every op. Made when it is first asked for: most questions are answered by looking into bricks (`where`, `ops`). */
  get nodes(): FlatNode[] {
    this.listed ??= this.places.flatMap((place) => (place.isPlugged ? [] : [...nodesOf(place)]));
    return this.listed;
  }

  /** The nodes that a test holds for; one test function is one question, whose answer each brick remembers. */
  where(test: OpTest): FlatNode[] {
    return this.places.flatMap((place) => opsIn(place.brick, test).map((way) => nodeAt(place, way)));
  }

  /** What the nodes are made of that a test holds for: the same objects, as long as they are the same nodes. */
  whereabouts(test: OpTest): unknown[] {
    return this.places.flatMap((place) => {
      const ways = opsIn(place.brick, test);
      if (ways.length === 0) return [];
      const inputs = [...place.brick.module.inputs.keys()];
      const fed = place.isPlugged ? inputs.slice(0, 1) : inputs;
      return [place.prefix, place.owner, ways, ...fed.map((name) => place.input(name)?.id)];
    });
  }

  /** The ways from a part to those of its ops that a test holds for: `layers.0/attention`. */
  ops(part: string, test: OpTest): string[] {
    const place = this.places.find((each) => each.part === part);
    return place ? pathsOf(opsIn(place.brick, test)) : [];
  }

  /** What makes a value; undefined for a column. */
  maker({ id }: FlatValue): FlatNode | undefined {
    const place = this.places.find(({ prefix }) => id.startsWith(`${prefix}/`));
    if (!place) return undefined;
    const names = id.slice(place.prefix.length + 1, id.lastIndexOf('.')).split('/');
    const way: OpenedStep[] = [];
    for (const name of names) {
      const brick: OpenedBrick | undefined = way.length === 0 ? place.brick : brickIn(way.at(-1)!);
      const step = brick?.steps.find((each) => each.name === name);
      if (!step) return undefined;
      way.push(step);
    }
    return nodeAt(place, way);
  }

  /** Adds a part, and what is plugged into it; nothing of what makes the composition too large. */
  add(part: Omit<FlatPart, 'plug' | 'outputs'>, inputs: ReadonlyMap<string, FlatValue>): FlatPart {
    const { name, owner, brick } = part;
    const place: Place = { brick, part: name, owner, prefix: name, input: (input) => inputs.get(input)! };
    this.size += brick.size;
    const isTooLarge = this.size > MOST_STEPS;
    const added: FlatPart = {
      ...part,
      plug: undefined,
      outputs: isTooLarge ? new Map() : outputsOf(place),
    };
    this.parts.push(added);
    this.problems.push(...brick.problems.map((problem) => placed(problem, place)));
    if (isTooLarge) {
      const { file, root } = part.module;
      const message = `opens to more than ${MOST_STEPS} steps with what comes before it`;
      this.problems.push({ path: name, part: name, message, file, range: root.range });
      return added;
    }
    this.places.push(place);
    for (const step of brick.steps) {
      if (!('brick' in step.holds) || !step.holds.plugged) continue;
      const { plugged } = step.holds;
      const inner = placeOfPlug(place, plugged, step.holds.brick, inputOf(place, step));
      this.places.push(inner);
      this.parts.push({
        ...{ name: inner.part, owner: plugged.part, module: inner.brick.module, step: plugged.inferred.step },
        ...{ plug: inner.part, brick: inner.brick, outputs: outputsOf(inner) },
      });
    }
    return added;
  }
}

export function flattenModel(inference: ModelInference, find: Find): FlatModel {
  const flat = new FlatModel();
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
    const inputs = fedBy(inferred, (target) => values.get(target.owner)?.get(target.port ?? ''));
    if (!inputs) continue;
    const own: Params = new Map(
      [...inferred.values].map(([key, value]) => [key, value instanceof Dim ? solver.resolve(value) : value]),
    );
    const way = { module, values: own, inputs: typesOf(inputs), rigid };
    const plugs = plugsOf(inference, owner, module);
    const brick = plugs.size > 0 ? opening(way, find, [], plugs) : opened(way, find);
    values.set(name, flat.add({ name, owner, module, step: inferred.step, brick }, inputs).outputs);
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
  const flat = new FlatModel();
  const brick = opened({ module, values, inputs: typesOf(inputs), rigid: [] }, find);
  flat.add({ name: part, owner: part, module, step: undefined, brick }, inputs);
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

/** What is plugged into a part that others share is in each of them, with the same weights. */
function plugIn({ part, owner }: Place, plugged: string): string {
  return part + plugged.slice(owner.length);
}

function placeOfPlug(place: Place, plugged: Plugged, brick: OpenedBrick, input: Place['input']): Place {
  const part = plugIn(place, plugged.part);
  return { brick, part, owner: plugged.part, prefix: part, isPlugged: true, input };
}

function placed(problem: OpenedBrick['problems'][number], place: Place): FlatProblem {
  const { path, plugged, ...rest } = problem;
  const part = plugged === undefined ? place.part : plugIn(place, plugged);
  return { ...rest, path: part + path, part };
}

/** A value of a brick as the composition sees it. */
function seenAs(place: Place, { source, type }: Value): FlatValue {
  if ('input' in source) return place.input(source.input);
  const step = place.brick.steps[source.step]!;
  if ('op' in step.holds) return { id: `${place.prefix}/${step.name}.${source.port}`, type };
  return seenAs(innerPlace(place, step, step.holds), step.holds.brick.outputs.get(source.port)!);
}

function innerPlace(place: Place, step: OpenedStep, { brick, plugged }: HeldBrick): Place {
  const input = inputOf(place, step);
  if (plugged) return placeOfPlug(place, plugged, brick, input);
  return { brick, part: place.part, owner: place.owner, prefix: `${place.prefix}/${step.name}`, input };
}

type HeldBrick = Extract<OpenedStep['holds'], { brick: OpenedBrick }>;

function inputOf(place: Place, { inputs }: OpenedStep): Place['input'] {
  return (name) => seenAs(place, inputs.get(name) as Value);
}

function outputsOf(place: Place): Map<string, FlatValue> {
  return new Map(Array.from(place.brick.outputs, ([name, value]) => [name, seenAs(place, value)]));
}

function* nodesOf(place: Place): Generator<FlatNode> {
  for (const step of place.brick.steps) {
    if ('op' in step.holds) yield nodeOf(place, step, step.holds.op);
    else yield* nodesOf(innerPlace(place, step, step.holds));
  }
}

function nodeOf(place: Place, { name, inputs }: OpenedStep, op: OpenedOp): FlatNode {
  const { part, owner, prefix } = place;
  const fed = Array.from(inputs, ([input, value]): [string, FlatValue | FlatValue[]] => [
    input,
    Array.isArray(value) ? value.map((each) => seenAs(place, each)) : seenAs(place, value),
  ]);
  return { ...op, id: `${prefix}/${name}`, part, owner, inputs: Object.fromEntries(fed) };
}

function nodeAt(place: Place, way: WayDown): FlatNode {
  const [step, ...rest] = way;
  const { holds } = step!;
  return 'op' in holds ? nodeOf(place, step!, holds.op) : nodeAt(innerPlace(place, step!, holds), rest);
}

function brickIn({ holds }: OpenedStep): OpenedBrick | undefined {
  return 'brick' in holds ? holds.brick : undefined;
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
