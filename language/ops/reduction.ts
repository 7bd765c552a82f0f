/** Ops that make one number of many. */
import { Dim } from '../types/dim';
import { printType, type TensorType } from '../types/type';
import {
  axisOf,
  elements,
  failRank,
  flagOf,
  input,
  needDtype,
  needFloat,
  needLastAxes,
  output,
  result,
  sizesOf,
  typeOf,
} from './call';
import { document } from './document';
import type { Op, OpCall } from './op';
import { axisAttribute, placeOf } from './shaping';

interface Reduction {
  summary: string;
  text: string;
  /** Operations for each number that goes in. */
  flops: number;
  /** Works on whole numbers too. */
  whole?: boolean;
}

const reductions: Record<string, Reduction> = {
  mean: { summary: 'The mean along one or more axes.', text: 'Σx / n.', flops: 1 },
  sum: { summary: 'The sum along one or more axes.', text: 'Σx.', flops: 1, whole: true },
  max: {
    summary: 'The greatest number along one or more axes.',
    text: 'Learning goes to where it lies; equal ones share.',
    flops: 1,
    whole: true,
  },
  min: {
    summary: 'The least number along one or more axes.',
    text: 'Learning goes to where it lies; equal ones share.',
    flops: 1,
    whole: true,
  },
  variance: {
    summary: 'The variance along one or more axes.',
    text: 'mean((x - mean(x))²), dividing by n.',
    flops: 4,
  },
  norm: {
    summary: 'The length of vectors along one or more axes.',
    text: '√Σx², the Euclidean norm; 1e-12 is added below the root, so that a zero vector can be learned from.',
    flops: 2,
  },
  logsumexp: {
    summary: 'The logarithm of a sum of exponentials along one or more axes.',
    text: 'log Σ exp(x), a smooth greatest number, computed without overflow.',
    flops: 4,
  },
};

const states = 'float32[batch, steps, 64]';

/** The places of the axes that `axis` names; undefined when they are not known or wrong. */
function axesOf(call: OpCall, type: TensorType): number[] | undefined {
  const wanted = sizesOf(call, 'axis')?.map((dim) => dim.constant);
  if (!needLastAxes(call, 1) || !wanted || wanted.includes(undefined)) return undefined;
  const axes = wanted.map((place) => axisOf(call, type, place!, 'axis'));
  return axes.includes(undefined) ? undefined : (axes as number[]);
}

function without(type: TensorType, axes: number[], keep: boolean): Dim[] {
  return type.dims.flatMap((dim, index) => (!axes.includes(index) ? [dim] : keep ? [Dim.of(1)] : []));
}

const reducing: Op[] = Object.entries(reductions).map(([name, { summary, text, flops, whole }]) => ({
  name,
  category: 'reduction',
  stage: 'graph',
  summary,
  doc: document(
    `${text} The axes vanish, or stay with the size 1 with \`keep_dims\`.`,
    `${flops} per number that goes in`,
    { states },
    `summary: { op: ${name}, in: states, axis: 1 }`,
    'float32[batch, 64]',
  ),
  inputs: [input('Numbers.')],
  attributes: {
    axis: { type: 'ints', required: true, doc: 'One axis or several; negative numbers count from the end.' },
    keep_dims: { type: 'bool', default: false, doc: 'Whether the axes stay, with the size 1.' },
  },
  outputs: [output('Without those axes.')],
  infer(call) {
    const type = typeOf(call);
    if (type.dtype === 'string' || type.dtype === 'bool') {
      call.fail({ input: 'in', kind: 'dtype', message: `\`in\` takes numbers, not ${printType(type)}` });
      return result(undefined);
    }
    if (!whole && !needFloat(call)) return result(undefined);
    const axes = axesOf(call, type);
    if (!axes) return result(undefined);
    const out = { ...type, dims: without(type, axes, flagOf(call, 'keep_dims')) };
    return result(out, [], elements(type)?.times(flops));
  },
}));

const places: Op[] = (['argmax', 'argmin'] as const).map((name) => {
  const which = name === 'argmax' ? 'greatest' : 'least';
  return {
    name,
    category: 'reduction',
    stage: 'graph',
    summary: `Where the ${which} number lies along an axis.`,
    doc: document(
      `The place of the ${which} number, the first of equal ones. Nothing is learned through it.`,
      '1 per number that goes in',
      { scores: 'float32[batch, 10]' },
      `chosen: { op: ${name}, in: scores }`,
      'int32[batch]',
    ),
    inputs: [input('Numbers.')],
    attributes: { axis: axisAttribute('The axis to look along.', -1) },
    outputs: [output('int32, without that axis.')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call)) return result(undefined);
      const at = placeOf(call, type);
      if (at === undefined) return result(undefined);
      return result({ ...type, dtype: 'int32', dims: without(type, [at], false) }, [], elements(type));
    },
  };
});

const maskedMean: Op = {
  name: 'masked_mean',
  category: 'reduction',
  stage: 'graph',
  summary: 'The mean over the steps that count.',
  doc: document(
    'Σ mask·x / Σ mask over the steps; 0 where no step counts. Axes behind the steps stay, however many there are.',
    '2 per number that goes in',
    { states, known: 'float32[batch, steps]' },
    'summary: { op: masked_mean, in: { in: states, mask: known } }',
    'float32[batch, 64]',
  ),
  inputs: [
    input('[batch, steps, …].'),
    { name: 'mask', doc: '[batch, steps]: how much a step counts, mostly 0 or 1.' },
  ],
  attributes: {},
  outputs: [output('[batch, …].')],
  infer(call) {
    const [type, mask] = [typeOf(call), typeOf(call, 'mask')];
    if (!needFloat(call) || !needDtype(call, ['float32', 'bool'], 'mask')) return result(undefined);
    for (const [name, each] of [
      ['in', type],
      ['mask', mask],
    ] as const) {
      if (each.lead === undefined && (name === 'in' ? each.dims.length >= 2 : each.dims.length === 2))
        continue;
      failRank(call, name, '`masked_mean` takes [batch, steps, …] and a mask [batch, steps]');
      return result(undefined);
    }
    for (const axis of [0, 1])
      call.equate(type.dims[axis]!, mask.dims[axis]!, 'the mask has one number per step');
    return result({ ...type, dims: without(type, [1], false) }, [], elements(type)?.times(2));
  },
};

const cumsum: Op = {
  name: 'cumsum',
  category: 'reduction',
  stage: 'graph',
  summary: 'Running sums along an axis.',
  doc: document(
    'Entry i is the sum of entries 0 to i. Computed as a product with a triangle of ones, so the axis needs a known size to run.',
    '1 per number that goes in, if it were added one by one',
    { gains: 'float32[batch, 12]' },
    'totals: { op: cumsum, in: gains }',
    'float32[batch, 12]',
  ),
  inputs: [input('Numbers.')],
  attributes: { axis: axisAttribute('The axis along which sums run.', -1) },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || placeOf(call, type) === undefined) return result(undefined);
    return result(type, [], elements(type));
  },
};

const l2Normalize: Op = {
  name: 'l2_normalize',
  category: 'normalisation',
  stage: 'graph',
  summary: 'Brings vectors to the length 1.',
  doc: document(
    'x / √(Σx² + epsilon), over the last axis. The product of two such vectors is their cosine.',
    '3 per number',
    { features: 'float32[batch, 64]' },
    'direction: { op: l2_normalize, in: features }',
    'float32[batch, 64]',
  ),
  inputs: [input('Numbers; vectors lie along the last axis.')],
  attributes: {
    epsilon: {
      type: 'float',
      default: 1e-12,
      min: 0,
      doc: 'Added below the root, against division by zero.',
    },
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needLastAxes(call, 1)) return result(undefined);
    return result(type, [], elements(type)?.times(3));
  },
};

export const reductionOps: Op[] = [...reducing, ...places, maskedMean, cumsum, l2Normalize];
