import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import {
  failRank,
  flagOf,
  input,
  lastDim,
  needAxes,
  needDtype,
  needFloat,
  optionalType,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import { document } from './document';
import { adaptable, weight } from './initializer';
import type { Op, OpCall, OpInput, OpWeight } from './op';

const maskInput: OpInput = {
  name: 'mask',
  optional: true,
  doc: '[batch, steps that are asked] or [batch, steps, steps that are asked]: 0 where nothing is to be seen.',
};

const causal = {
  type: 'bool',
  default: false,
  doc: 'Whether a step sees only itself and earlier ones.',
} as const;

/** One number per step that is asked, or one for each pair of steps. */
function checkAttentionMask(call: OpCall, batch: Dim, steps: Dim, asked: Dim): void {
  const mask = optionalType(call, 'mask');
  if (!mask || !needDtype(call, ['float32', 'bool'], 'mask')) return;
  const wanted = mask.dims.length === 2 ? [batch, asked] : [batch, steps, asked];
  if (mask.lead !== undefined || mask.dims.length !== wanted.length) {
    failRank(call, 'mask', '`mask` is [batch, steps that are asked] or [batch, steps, steps that are asked]');
    return;
  }
  const why =
    mask.dims.length === 2
      ? 'the mask has one number per step that is asked'
      : 'the mask has one number per pair of steps';
  for (const [axis, dim] of mask.dims.entries()) call.equate(dim, wanted[axis]!, why);
}

/** States that `small` goes into `large` without a rest. */
function divides(call: OpCall, small: Dim, large: Dim, why: string): void {
  call.equate(large.floorDivide(small).times(small), large, why);
}

/** The size of a head, and the number of heads that keys and values have. */
function headsOf(call: OpCall, width: Dim): { heads: Dim; keyHeads: Dim; size: Dim } {
  const heads = sizeOf(call, 'heads');
  const keyHeads = !call.given('kv_heads') ? heads : sizeOf(call, 'kv_heads');
  divides(call, keyHeads, heads, `${heads} heads share ${keyHeads} heads of keys and values`);
  if (call.given('size')) return { heads, keyHeads, size: sizeOf(call, 'size') };
  divides(call, heads, width, `the width ${width} is divided among ${heads} heads`);
  return { heads, keyHeads, size: width.floorDivide(heads) };
}

export const attention: Op = {
  name: 'attention',
  category: 'attention',
  stage: 'graph',
  summary: 'Multi-head attention: every step looks at all others.',
  doc: document(
    `Vaswani et al. 2017: softmax(Q·Kᵀ/√size)·V per head, heads side by side, then one more linear layer. Without
\`context\` a sequence attends to itself; with it, queries come from \`in\`, keys and values from \`context\` (cross
attention). With fewer \`kv_heads\` than \`heads\`, groups of heads share keys and values (grouped-query attention, Ainslie
et al. 2023). \`rotary\` turns queries and keys by their position, as the op \`rotary_embedding\` does.

Weights: \`query_kernel\` [width, heads·size], \`key_kernel\` and \`value_kernel\` [context width, kv_heads·size],
\`output_kernel\` [heads·size, width], and with \`use_bias\` a bias for each.`,
    '2 per weight of the four linear layers and step, and 4·size per head and pair of steps',
    { normed: 'float32[batch, steps, 64]', known: 'float32[batch, steps]' },
    'mixed: { op: attention, in: { in: normed, mask: known }, heads: 4 }',
    'float32[batch, steps, 64]',
  ),
  inputs: [
    input('[batch, steps, width]: what asks.'),
    maskInput,
    {
      name: 'context',
      optional: true,
      doc: '[batch, other steps, context width]: what is asked; the input itself when left out.',
    },
  ],
  attributes: {
    heads: { type: 'int', required: true, min: 1, doc: 'Number of heads; must divide the width.' },
    kv_heads: {
      type: 'int',
      min: 1,
      doc: 'Number of heads of keys and values; must divide `heads`, which it is when left out.',
    },
    size: { type: 'int', min: 1, doc: 'Size of a head; the width divided by `heads` when left out.' },
    causal,
    rotary: { type: 'bool', default: false, doc: 'Whether queries and keys are turned by their position.' },
    rotary_base: { type: 'float', default: 10_000, min: 1, doc: 'Base of the wave lengths of `rotary`.' },
    dropout: {
      type: 'float',
      default: 0,
      min: 0,
      max: 0.99,
      doc: 'Share of the looks that is dropped while training.',
    },
    use_bias: { type: 'bool', default: true, doc: 'Whether the linear layers add a bias.' },
  },
  outputs: [output('[batch, steps, width].')],
  infer(call) {
    const type = typeOf(call);
    const axes = ['batch', 'steps', 'width'];
    if (!needFloat(call) || !needAxes(call, axes)) return result(undefined);
    const context = optionalType(call, 'context') ?? type;
    if (context !== type && (!needFloat(call, 'context') || !needAxes(call, axes, 'context')))
      return result(undefined);
    call.equate(type.dims[0]!, context.dims[0]!, '`attention` stays within one row of the batch');
    const [batch, steps, width] = type.dims as [Dim, Dim, Dim];
    const asked = context.dims[1]!;
    checkAttentionMask(call, batch, steps, asked);
    const { heads, keyHeads, size } = headsOf(call, width);
    if (flagOf(call, 'rotary'))
      divides(call, Dim.of(2), size, 'rotary positions need an even size of a head');
    const [inner, shared] = [heads.times(size), keyHeads.times(size)];
    const weights = projections(lastDim(context), width, inner, shared, flagOf(call, 'use_bias'));
    const own = steps.times(width).times(inner).times(2);
    const others = asked.times(lastDim(context)).times(shared).times(2);
    const looks = steps.times(asked).times(inner).times(2);
    return result(type, weights, own.plus(others).plus(looks).times(batch).times(2));
  },
};

function projections(from: Dim, width: Dim, inner: Dim, shared: Dim, bias: boolean): OpWeight[] {
  const sides: [string, Dim, Dim][] = [
    ['query', width, inner],
    ['key', from, shared],
    ['value', from, shared],
    ['output', inner, width],
  ];
  const kernels = sides.map(([name, rows, columns]) =>
    adaptable(weight(`${name}_kernel`, [rows, columns], 'glorot_uniform')),
  );
  return bias
    ? [...kernels, ...sides.map(([name, , columns]) => weight(`${name}_bias`, [columns], 'zeros'))]
    : kernels;
}

export const dotAttention: Op = {
  name: 'dot_attention',
  category: 'attention',
  stage: 'graph',
  summary: 'Attention without weights: queries look at keys and take from values.',
  doc: document(
    `Vaswani et al. 2017, equation 1: softmax(Q·Kᵀ/√size)·V. With a fourth axis, heads lie between batch and steps, and
each looks for itself. What \`attention\` does between its linear layers; use it to build other kinds of attention.`,
    '4·size per head and pair of steps',
    {
      queries: 'float32[batch, steps, 64]',
      keys: 'float32[batch, others, 64]',
      values: 'float32[batch, others, 32]',
    },
    'mixed: { op: dot_attention, in: [queries, keys, values] }',
    'float32[batch, steps, 32]',
  ),
  inputs: [
    { name: 'query', doc: '[batch, steps, size] or [batch, heads, steps, size]: what asks.' },
    { name: 'key', doc: 'The same axes, with other steps: what is asked.' },
    { name: 'value', doc: 'As `key`, but of any size: what is answered.' },
    maskInput,
  ],
  attributes: {
    causal,
    scale: { type: 'float', min: 0, doc: 'What scores are multiplied with; 1/√size when left out.' },
  },
  outputs: [output('As the query, with the size of the value.')],
  infer(call) {
    const types = (['query', 'key', 'value'] as const).map((name) => typeOf(call, name));
    const [query, key, value] = types as [TensorType, TensorType, TensorType];
    for (const name of ['query', 'key', 'value']) if (!needFloat(call, name)) return result(undefined);
    const rank = query.dims.length;
    for (const [name, type] of [
      ['query', query],
      ['key', key],
      ['value', value],
    ] as const) {
      if (type.lead === undefined && type.dims.length === rank && (rank === 3 || rank === 4)) continue;
      failRank(
        call,
        name,
        '`dot_attention` takes [batch, steps, size] or [batch, heads, steps, size] on all sides',
      );
      return result(undefined);
    }
    const why = '`dot_attention` keeps batch and heads';
    for (let axis = 0; axis < rank - 2; axis++) {
      call.equate(query.dims[axis]!, key.dims[axis]!, why);
      call.equate(query.dims[axis]!, value.dims[axis]!, why);
    }
    call.equate(lastDim(query), lastDim(key), 'queries and keys have the same size');
    call.equate(key.dims[rank - 2]!, value.dims[rank - 2]!, 'each key has one value');
    const [steps, asked] = [query.dims[rank - 2]!, key.dims[rank - 2]!];
    checkAttentionMask(call, query.dims[0]!, steps, asked);
    const out = { ...query, dims: [...query.dims.slice(0, -1), lastDim(value)] };
    const pairs = query.dims
      .slice(0, -1)
      .reduce((all, dim) => all.times(dim))
      .times(asked);
    const cost = pairs.times(lastDim(query).plus(lastDim(value))).times(2);
    return result(out, [], cost);
  },
};
