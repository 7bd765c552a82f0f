/**
 * The memory of training inside ops, beside their inputs and outputs: what the backward pass reads again, and the room
 * that the largest of them needs while it is computed. Counted off the primitives that each op is made of.
 */
import type { FlatNode, FlatValue } from '../inference/flatten';
import type { AttributeValue } from '../ops/op';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';

type Rows = Map<string, Dim>;
const FLOAT = 4;

/** How often the size of its output each op keeps inside. */
const kept: Record<string, number> = {
  layer_norm: 1,
  rms_norm: 1,
  group_norm: 1,
  gru: 5,
  lstm: 6,
  simple_rnn: 1,
};

/** Activations that are made of several functions, as an op or as a setting; the others keep their result only. */
const keptByActivation: Record<string, number> = {
  gelu: 3,
  silu: 2,
  mish: 4,
  elu: 2,
  selu: 2,
  hard_swish: 3,
};

/** Bytes that a node keeps beside its inputs and outputs; undefined while a size is not known. */
export function keptInside(node: FlatNode, rows: Rows): number | undefined {
  const { name } = node.op;
  const made = sum([...node.outputs.values()].map((type) => sizeOf(type, rows)));
  const activation = keptByActivation[textOf(node.values.get('activation')) ?? name] ?? 0;
  const own = times(made, (kept[name] ?? 0) + activation);
  if (name === 'attention' || name === 'dot_attention') return plus(own, attentionInside(node, rows, made));
  if (name === 'global_max_pool' || name === 'global_avg_pool') {
    const mask = node.inputs.mask ? 1 : 0;
    return times(sizeOf(inputs(node)[0]?.type, rows), name === 'global_max_pool' ? 1 + mask : mask);
  }
  return own;
}

/** Weights of attention for every pair of steps; queries, keys, values and their mix, once more with heads apart. */
function attentionInside(node: FlatNode, rows: Rows, made: number | undefined): number | undefined {
  const [query, context] = [inputs(node)[0]?.type, (one(node.inputs.context) ?? inputs(node)[0])?.type];
  const [batch, steps] = query?.dims ?? [];
  const others = context?.dims.at(-2);
  if (!batch || !steps || !others) return undefined;
  const heads = numberOf(node.values.get('heads'), 1);
  const pairs = product([batch, steps, others], rows);
  const dropped = numberOf(node.values.get('dropout'), 0) > 0 ? 3 : 1;
  return plus(times(pairs, heads * dropped), times(made, 3));
}

/** Bytes that the gradient of a convolution's filter needs: the patches that the filter sees, twice. */
export function roomOf(node: FlatNode, rows: Rows): number | undefined {
  const filter = node.weights.find(({ role }) => role === 'kernel' || role === 'filter');
  if (!/^(depthwise_|separable_)?conv[12]d/.test(node.op.name) || !filter) return 0;
  const [out] = node.outputs.values();
  if (!out) return undefined;
  return times(product([...out.dims.slice(0, -1), ...filter.dims.slice(0, -1)], rows), 2);
}

const inputs = (node: FlatNode): FlatValue[] => Object.values(node.inputs).flat();
const one = (value: FlatValue | FlatValue[] | undefined): FlatValue | undefined =>
  Array.isArray(value) ? value[0] : value;
const textOf = (value: AttributeValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A number that is known; `otherwise` where it is not. */
function numberOf(value: AttributeValue | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : value instanceof Dim ? (value.constant ?? otherwise) : otherwise;
}

function sizeOf(type: TensorType | undefined, rows: Rows): number | undefined {
  return type === undefined || type.lead !== undefined ? undefined : product(type.dims, rows);
}

/** In bytes of float32. */
function product(dims: readonly Dim[], rows: Rows): number | undefined {
  const all = dims.reduce((size, dim) => size.times(dim.substitute(rows)), Dim.of(1));
  return all.constant === undefined ? undefined : all.constant * FLOAT;
}

const times = (size: number | undefined, count: number): number | undefined =>
  count === 0 ? 0 : size === undefined ? undefined : size * count;
const plus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b;
const sum = (sizes: (number | undefined)[]): number | undefined => sizes.reduce(plus, 0);
