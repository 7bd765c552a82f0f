/**
 * Bricks are opened again and again with the same values: in one composition after the other, and in the same one after
 * every keystroke. What a graph comes to is remembered as long as the brick's declaration is in memory.
 */
import type { Lookup } from '../names/catalogue';
import type { ModuleDeclaration } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import type { OpInput, OpWeight } from '../ops/op';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { type GraphScope, type InferredGraph, type InferredStep, inferGraph, type WireTarget } from './graph';
import type { Params } from './values';

/** How many ways of opening one brick are remembered. */
const MOST_VARIANTS = 8;

const remembered = new WeakMap<ModuleDeclaration, Map<string, InferredGraph>>();

/** The graph of a brick with these values and types; `scope` is made of them. */
export function openedGraph(
  module: ModuleDeclaration,
  values: Params,
  types: Map<string, TensorType | undefined>,
  scope: GraphScope,
): InferredGraph {
  const key = keyOf(values, types, scope.rigid);
  if (key === undefined) return inferGraph(scope);
  const variants = remembered.get(module) ?? new Map<string, InferredGraph>();
  remembered.set(module, variants);
  const known = variants.get(key);
  if (known && stillHolds(known, scope.module)) return known;
  const graph = inferGraph(scope);
  if (variants.size >= MOST_VARIANTS) variants.clear();
  variants.set(key, graph);
  return graph;
}

/** Whether the bricks inside are the same. Asking for them also notes that the answer rests on them. */
function stillHolds(graph: InferredGraph, find: (reference: BrickReference) => Lookup<'module'>): boolean {
  let holds = true;
  for (const { step, target } of graph.steps.values()) {
    if (step.op || !step.module) continue;
    const lookup = find(step.module.reference);
    const module = lookup.status === 'found' ? lookup.declaration : undefined;
    if (!module || target.kind !== 'module' || target.module !== module) holds = false;
  }
  return holds;
}

/** Undefined for what cannot be told apart by a key. */
function keyOf(
  values: Params,
  types: Map<string, TensorType | undefined>,
  rigid: readonly string[],
): string | undefined {
  let isPlain = true;
  const key = JSON.stringify([[...values], [...types], rigid], (_, value: unknown) => {
    if (value instanceof Dim) return `dim ${value.key}`;
    if (value === undefined) return 'undefined';
    if (value instanceof Map || value instanceof Set) isPlain = false;
    if (typeof value === 'number' && !Number.isFinite(value)) return `number ${value}`;
    return typeof value === 'string' ? `text ${value}` : value;
  });
  return isPlain ? key : undefined;
}

/** A part of a composition, opened, and every brick that was looked up for it. */
interface OpenedPart<Opened> {
  opened: Opened;
  used: [BrickReference, ModuleDeclaration | undefined][];
}

const parts = new WeakMap<ModuleDeclaration, Map<string, OpenedPart<unknown>>>();

/**
 * What `open` makes of a part; the same object as long as everything that it was made of is the same. `way` is the
 * rest of what it depends on.
 */
export function openedPart<Opened>(
  module: ModuleDeclaration,
  values: Params,
  types: Map<string, TensorType | undefined>,
  way: readonly string[],
  find: (reference: BrickReference) => Lookup<'module'>,
  open: (find: (reference: BrickReference) => Lookup<'module'>) => Opened,
): Opened {
  const key = keyOf(values, types, way);
  if (key === undefined) return open(find);
  const variants = (parts.get(module) ?? new Map()) as Map<string, OpenedPart<Opened>>;
  parts.set(module, variants);
  const declared = (reference: BrickReference) => {
    const lookup = find(reference);
    return lookup.status === 'found' ? lookup.declaration : undefined;
  };
  const known = variants.get(key);
  // Every brick is asked for, which also notes that the answer rests on it.
  if (known?.used.map(([reference, before]) => declared(reference) === before).every(Boolean))
    return known.opened;
  const used: OpenedPart<Opened>['used'] = [];
  const opened = open((reference) => {
    used.push([reference, declared(reference)]);
    return find(reference);
  });
  if (variants.size >= MOST_VARIANTS) variants.clear();
  variants.set(key, { opened, used });
  return opened;
}

type Found = Extract<WireTarget, { status: 'found' }>;

export interface Sized {
  /** What feeds each input of an op. */
  inputs: { input: OpInput; sources: Found[] }[];
  /** Whether every wire leads somewhere. */
  isFed: boolean;
  outputs: Map<string, TensorType | undefined>;
  weights: OpWeight[];
  flops: Dim | undefined;
}

const sizes = new WeakMap<InferredStep, Sized>();

/** What a step gives and holds, with all sizes put in that its graph knows. */
export function sized(inferred: InferredStep, { solver }: InferredGraph): Sized {
  const known = sizes.get(inferred);
  if (known) return known;
  const { target, wires } = inferred;
  const inputs = (target.kind === 'op' ? target.op.inputs : []).map((input) => ({
    input,
    sources: wires.flatMap((wire) =>
      wire.input === input.name && wire.target.status === 'found' ? wire.target : [],
    ),
  }));
  const found: Sized = {
    inputs,
    isFed: wires.every((wire) => wire.input === undefined || wire.target.status === 'found'),
    outputs: new Map([...inferred.outputs].map(([port, type]) => [port, type && solver.resolveType(type)])),
    weights: inferred.weights.map((weight) => ({
      ...weight,
      dims: weight.dims.map((dim) => solver.resolve(dim)),
    })),
    flops: inferred.flops && solver.resolve(inferred.flops),
  };
  sizes.set(inferred, found);
  return found;
}
