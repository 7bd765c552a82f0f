/**
 * Whether what a run trained is what a brick says now. The brick is opened with the defaults of its params, as whoever
 * takes it without setting anything gets it, and held against the part that the run trained, op by op.
 */
import { type FlatModel, type FlatNode, type FlatValue, flattenModule } from '../inference/flatten';
import type { Find } from '../inference/opened';
import { moduleSettings } from '../inference/settings';
import type { Params } from '../inference/values';
import type { ModuleDeclaration } from '../names/declarations';
import type { PlanNode, ValueId } from '../plan/format';
import { nodeOf } from '../plan/plan';
import { asText } from '../syntax/path';
import { Dim } from '../types/dim';

/** A part of a plan that was carried out. */
export interface TrainedPart {
  name: string;
  /** Its nodes, prepared ones included. */
  nodes: readonly PlanNode[];
}

export interface Fit {
  /** Why the weights are not this brick's. */
  problems: { message: string; help?: string }[];
  /** What was otherwise while it was trained, though the weights fit. */
  notes: string[];
  /** The value that fed each input. */
  fed: Map<string, ValueId>;
}

export function fitOf(module: ModuleDeclaration, trained: TrainedPart, find: Find): Fit {
  const values = defaultsOf(module, trained);
  const first = compare(module, trained, values, find);
  const changed = new Map<string, number>();
  for (const { at, size } of first.sizes) {
    const [param] = [...values].find(([, value]) => value instanceof Dim && value.constant === at) ?? [];
    if (param === undefined || changed.has(param)) continue;
    const tried = compare(module, trained, new Map(values).set(param, Dim.of(size)), find);
    if (tried.sizes.length < first.sizes.length) changed.set(param, size);
  }
  const help = [...changed].map(([param, size]) => `\`${param}: ${size}\``).join(', ');
  return {
    problems: first.problems.map((message) => ({
      message,
      ...(help === ''
        ? {}
        : { help: `It was trained with ${help}: make that the default, or train with the default` }),
    })),
    notes: first.problems.length > 0 ? [] : first.notes,
    fed: first.fed,
  };
}

interface Compared {
  problems: string[];
  notes: string[];
  fed: Fit['fed'];
  /** Where one axis is `at` by the brick and `size` in the run. */
  sizes: { at: number; size: number }[];
}

/** Params without a default are what the run had, where it is a number of copies, and else left open. */
function defaultsOf(module: ModuleDeclaration, trained: TrainedPart): Params {
  const values: Params = new Map();
  for (const { name, type, default: usual } of moduleSettings(module).values()) {
    values.set(name, usual ?? (type === 'int' ? Dim.symbol(name) : undefined));
  }
  for (const step of module.graph.values()) {
    const param = /^\$(\w+)$/.exec(asText(step.repeat) ?? '')?.[1];
    const value = param === undefined ? undefined : values.get(param);
    if (param === undefined || !(value instanceof Dim) || value.constant !== undefined) continue;
    const start = `${trained.name}/${step.name}.`;
    const copies = trained.nodes.flatMap(({ id }) =>
      id.startsWith(start) ? [id.slice(start.length).split('/')[0]] : [],
    );
    values.set(param, Dim.of(new Set(copies).size));
  }
  return values;
}

function compare(module: ModuleDeclaration, trained: TrainedPart, values: Params, find: Find): Compared {
  const result: Compared = { problems: [], notes: [], fed: new Map(), sizes: [] };
  const flat = opened(module, values, find);
  const own = new Map(flat.nodes.map((node) => [node.id.slice(PART.length + 1), nodeOf(node, nowhere)]));
  const theirs = new Map(trained.nodes.map((node) => [node.id.slice(trained.name.length + 1), node]));
  const open = new Map<string, number>();
  for (const [id, node] of own) {
    const other = theirs.get(id);
    if (!other) result.problems.push(`the run has no \`${id}\`, which the brick has`);
    else if (other.op !== node.op)
      result.problems.push(`\`${id}\` is \`${node.op}\`, and was \`${other.op}\` in the run`);
    else {
      const here = flat.nodes.find((each) => each.id === node.id)!;
      compareWeights(id, here, other, open, result);
      compareWires(id, node, other, trained.name, result);
      compareAttributes(id, node, other, here, result);
    }
  }
  for (const id of theirs.keys())
    if (!own.has(id)) result.problems.push(`the run trained \`${id}\`, which the brick does not have`);
  return result;
}

const PART = 'brick';
const GIVEN = 'given.';
const nowhere = () => ({ file: '', line: 1 });

function opened(module: ModuleDeclaration, values: Params, find: Find): FlatModel {
  const sizes = new Map(
    [...values].flatMap(([name, value]) => (value instanceof Dim ? [[name, value]] : [])) as [string, Dim][],
  );
  const inputs = new Map<string, FlatValue>();
  for (const { name, parsed } of module.inputs.values()) {
    if (!parsed.type) continue;
    const dims = parsed.type.dims.map((dim) => dim.substitute(sizes));
    inputs.set(name, { id: GIVEN + name, type: { ...parsed.type, dims } });
  }
  return flattenModule(module, PART, values, inputs, find);
}

/** A size that the brick leaves open is whatever the run made it, everywhere the same. */
function compareWeights(
  id: string,
  node: FlatNode,
  other: PlanNode,
  open: Map<string, number>,
  result: Compared,
): void {
  const roles = new Set([...node.weights, ...other.weights].map(({ role }) => role));
  for (const role of roles) {
    const theirs = other.weights.find((weight) => weight.role === role)?.shape;
    const mine = node.weights.find((weight) => weight.role === role)?.dims;
    const name = `${id}.${role}`;
    if (!mine) result.problems.push(`the run trained \`${name}\`, which the brick does not have`);
    else if (!theirs) result.problems.push(`the run has no \`${name}\`, which the brick has`);
    else if (!sameShape(mine, theirs, open, result))
      result.problems.push(
        `\`${name}\` is [${mine.join(', ')}] by the brick's defaults, and [${theirs.join(', ')}] in the run`,
      );
  }
}

function sameShape(
  mine: readonly Dim[],
  theirs: readonly number[],
  open: Map<string, number>,
  { sizes }: Compared,
): boolean {
  if (mine.length !== theirs.length) return false;
  let isSame = true;
  mine.forEach((written, axis) => {
    const dim = written.substitute(new Map([...open].map(([name, size]) => [name, Dim.of(size)])));
    const size = theirs[axis]!;
    if (dim.constant === undefined) {
      if (dim.name !== undefined) open.set(dim.name, size);
    } else if (dim.constant !== size) {
      sizes.push({ at: dim.constant, size });
      isSame = false;
    }
  });
  return isSame;
}

/** What comes from outside the part is an input; what comes from a brick that was plugged in is told. */
function compareWires(id: string, node: PlanNode, other: PlanNode, part: string, result: Compared): void {
  for (const [port, value] of Object.entries(node.inputs)) {
    const mine = [value].flat();
    const theirs = [other.inputs[port] ?? []].flat();
    mine.forEach((from, index) => {
      const was = theirs[index];
      if (from.startsWith(GIVEN) && was !== undefined && !was.startsWith(`${part}/`)) {
        result.fed.set(from.slice(GIVEN.length), was);
      } else if (was?.startsWith(`${part}.`)) {
        const plugged = was.slice(0, was.indexOf('/'));
        const note = `\`${plugged}\` was plugged in while it was trained, and is not part of the brick`;
        if (!result.notes.includes(note)) result.notes.push(note);
      } else if (was === undefined || was.slice(part.length) !== from.slice(PART.length)) {
        result.problems.push(`\`${port}\` of \`${id}\` is fed by something else than in the run`);
      }
    });
    if (theirs.length > mine.length) result.problems.push(`\`${port}\` of \`${id}\` was fed more in the run`);
  }
}

function compareAttributes(
  id: string,
  node: PlanNode,
  other: PlanNode,
  { values }: FlatNode,
  result: Compared,
): void {
  for (const [name, value] of Object.entries(node.attributes)) {
    const was = other.attributes[name] ?? null;
    const known = [values.get(name)].flat();
    const isOpen = known.some((each) => each instanceof Dim && each.constant === undefined);
    if (isOpen || JSON.stringify(value) === JSON.stringify(was)) continue;
    result.notes.push(
      `\`${name}\` of \`${id}\` is ${shown(value)} by the brick's defaults, and was ${shown(was)} in the run`,
    );
  }
}

function shown(value: PlanNode['attributes'][string]): string {
  return value === null ? 'not set' : `\`${Array.isArray(value) ? `[${value.join(', ')}]` : value}\``;
}
