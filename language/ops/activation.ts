/** Activations, as ops of their own and as an attribute of layers. */
import { Dim } from '../types/dim';
import {
  elements,
  input,
  lastDim,
  needFloat,
  needLastAxes,
  output,
  result,
  typeOf,
  withLastDim,
} from './call';
import { document } from './document';
import { weight } from './initializer';
import type { Op, OpAttribute } from './op';

interface Activation {
  summary: string;
  formula: string;
  /** Operations for each number, as it is computed. */
  flops: number;
  attributes?: Record<string, OpAttribute>;
}

const activations: Record<string, Activation> = {
  relu: { summary: 'Keeps what is positive, and makes the rest 0.', formula: 'max(x, 0)', flops: 1 },
  relu6: { summary: 'A relu that ends at 6.', formula: 'min(max(x, 0), 6)', flops: 2 },
  leaky_relu: {
    summary: 'A relu that lets a little of the negative side through.',
    formula: 'x where x > 0, else slope·x',
    flops: 2,
    attributes: {
      slope: { type: 'float', default: 0.01, min: 0, doc: 'What negative numbers are multiplied with.' },
    },
  },
  elu: {
    summary: 'A relu whose negative side bends towards -alpha.',
    formula: 'x where x > 0, else alpha·(exp(x) - 1) (Clevert et al. 2015)',
    flops: 4,
    attributes: { alpha: { type: 'float', default: 1, min: 0, doc: 'How far the negative side goes.' } },
  },
  selu: {
    summary: 'An elu scaled so that deep layers keep mean 0 and variance 1.',
    formula: '1.0507·elu(x), with alpha 1.6733 (Klambauer et al. 2017)',
    flops: 5,
  },
  gelu: {
    summary: 'A smooth relu, weighted by the normal distribution.',
    formula: 'x · Φ(x), exact, with erf (Hendrycks & Gimpel 2016)',
    flops: 5,
  },
  gelu_tanh: {
    summary: 'The approximation of gelu that GPT-2 was trained with.',
    formula: 'x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks & Gimpel 2016)',
    flops: 9,
  },
  silu: {
    summary: 'A smooth relu, weighted by the sigmoid; also called swish.',
    formula: 'x · sigmoid(x)',
    flops: 4,
  },
  mish: {
    summary: 'A smooth relu that dips a little below 0.',
    formula: 'x · tanh(log(1 + exp(x))) (Misra 2019)',
    flops: 5,
  },
  softplus: { summary: 'A smooth relu that is always positive.', formula: 'log(1 + exp(x))', flops: 3 },
  softsign: {
    summary: 'Squeezes numbers between -1 and 1, slowly.',
    formula: 'x / (1 + |x|)',
    flops: 3,
  },
  tanh: { summary: 'Squeezes numbers between -1 and 1.', formula: 'tanh(x)', flops: 1 },
  hard_tanh: {
    summary: 'Cuts numbers off at -1 and 1.',
    formula: 'min(max(x, -1), 1)',
    flops: 2,
  },
  sigmoid: { summary: 'Squeezes numbers between 0 and 1.', formula: '1 / (1 + exp(-x))', flops: 3 },
  hard_sigmoid: {
    summary: 'A sigmoid of three straight lines.',
    formula: 'min(max(x/6 + 1/2, 0), 1)',
    flops: 4,
  },
  hard_swish: {
    summary: 'A silu of straight lines and a parabola.',
    formula: 'x · min(max(x/6 + 1/2, 0), 1) (Howard et al. 2019)',
    flops: 5,
  },
  softmax: {
    summary: 'Turns the last axis into shares that add up to 1.',
    formula: 'exp(x) / Σ exp(x), over the last axis',
    flops: 4,
  },
  log_softmax: {
    summary: 'The logarithm of softmax, without loss of precision.',
    formula: 'x - log Σ exp(x), over the last axis',
    flops: 4,
  },
};

const overLastAxis = new Set(['softmax', 'log_softmax']);
const hidden = 'float32[batch, steps, 64]';

const plain: Op[] = Object.entries(activations).map(
  ([name, { summary, formula, flops, attributes = {} }]) => ({
    name,
    category: 'activation',
    stage: 'graph',
    summary,
    doc: document(
      `Computes \`${formula}\`; shape and element type stay.`,
      `${flops} per number`,
      { hidden },
      `out: { op: ${name}, in: hidden }`,
      hidden,
    ),
    inputs: [input('Numbers of any shape.')],
    attributes,
    outputs: [output('As the input.')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call)) return result(undefined);
      if (overLastAxis.has(name) && !needLastAxes(call, 1)) return result(undefined);
      return result(type, [], elements(type)?.times(flops));
    },
  }),
);

const prelu: Op = {
  name: 'prelu',
  category: 'activation',
  stage: 'graph',
  summary: 'A leaky relu whose slope is learned, one for each channel.',
  doc: document(
    `He et al. 2015: x where x > 0, else slope·x.

Weights: \`slope\` [channels], 0.25 at the start.`,
    '2 per number',
    { hidden },
    'out: { op: prelu, in: hidden }',
    hidden,
  ),
  inputs: [input('Numbers; the last axis holds the channels.')],
  attributes: {},
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needLastAxes(call, 1)) return result(undefined);
    const slope = weight('slope', [lastDim(type)], { kind: 'constant', value: 0.25 });
    return result(type, [slope], elements(type)?.times(2));
  },
};

const gates: Record<string, { summary: string; formula: string; flops: number }> = {
  glu: {
    summary: 'One half of the numbers opens and closes the other.',
    formula: 'a · sigmoid(b) (Dauphin et al. 2017)',
    flops: 4,
  },
  swiglu: {
    summary: 'A glu with silu in place of the sigmoid, as in Llama.',
    formula: 'silu(a) · b (Shazeer 2020)',
    flops: 5,
  },
  geglu: {
    summary: 'A glu with gelu in place of the sigmoid.',
    formula: 'gelu(a) · b (Shazeer 2020)',
    flops: 6,
  },
};

const gated: Op[] = Object.entries(gates).map(([name, { summary, formula, flops }]) => ({
  name,
  category: 'activation',
  stage: 'graph',
  summary,
  doc: document(
    `With a and b the first and the second half of the last axis, computes \`${formula}\`. A \`dense\` with twice
the units comes before it.`,
    `${flops} per number of the result`,
    { hidden },
    `out: { op: ${name}, in: hidden }`,
    'float32[batch, steps, 32]',
  ),
  inputs: [input('Numbers; the last axis is halved.')],
  attributes: {},
  outputs: [output('Half as many on the last axis.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needLastAxes(call, 1)) return result(undefined);
    const width = lastDim(type);
    const half = width.floorDivide(Dim.of(2));
    call.equate(half.times(2), width, `\`${name}\` halves the last axis, which must be even`);
    const out = withLastDim(type, half);
    return result(out, [], elements(out)?.times(flops));
  },
}));

export const activationOps: Op[] = [...plain, prelu, ...gated];

/** For layers that may apply one to what they make, with its attributes left at their defaults. */
export function activationAttribute(fallback = 'linear'): OpAttribute {
  return {
    type: 'enum',
    values: ['linear', ...Object.keys(activations)],
    default: fallback,
    doc: 'Applied to the result; `linear` leaves it as it is.',
  };
}
