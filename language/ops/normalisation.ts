import type { Dim } from '../types/dim';
import {
  elements,
  failRank,
  input,
  lastDim,
  needFloat,
  needLastAxes,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import { document } from './document';
import { statistic, weight } from './initializer';
import type { Op, OpAttribute, OpCall, OpWeight } from './op';

const epsilon: OpAttribute = {
  type: 'float',
  default: 1e-5,
  min: 0,
  doc: 'Added to the variance, against division by zero.',
};

interface Normalisation {
  name: string;
  summary: string;
  doc: string;
  /** Of the steps that it costs, per number. */
  flops: number;
  settings?: string;
  /** The fewest axes of the input. */
  axes: number;
  attributes: Record<string, OpAttribute>;
  weights(width: Dim): OpWeight[];
  /** False when the input does not fit; the finding is made. */
  check?(call: OpCall, width: Dim): boolean;
}

const scaleAndShift = (width: Dim) => [weight('gamma', [width], 'ones'), weight('beta', [width], 'zeros')];

const kinds: Normalisation[] = [
  {
    name: 'layer_norm',
    summary: 'Brings the last axis to mean 0 and variance 1, then scales and shifts it.',
    doc: 'Ba et al. 2016: gamma·(x - mean)/√(variance + epsilon) + beta, over the last axis of each row by itself.\n\nWeights: `gamma` [width], `beta` [width].',
    flops: 8,
    axes: 1,
    attributes: { epsilon },
    weights: scaleAndShift,
  },
  {
    name: 'rms_norm',
    summary: 'Brings the last axis to a root mean square of 1, then scales it.',
    doc: 'Zhang & Sennrich 2019: gamma·x/√(mean(x²) + epsilon), over the last axis.\n\nWeights: `gamma` [width].',
    flops: 4,
    axes: 1,
    attributes: { epsilon },
    weights: (width) => [weight('gamma', [width], 'ones')],
  },
  {
    name: 'group_norm',
    summary: 'Brings groups of channels to mean 0 and variance 1, then scales and shifts each channel.',
    doc: `Wu & He 2018: mean and variance are those of one row, over all axes between batch and channels and over the channels of a group. With as many groups as channels it is instance normalisation; unlike \`batch_norm\` it is the same in training and evaluation.

Weights: \`gamma\` [channels], \`beta\` [channels].`,
    flops: 8,
    settings: ', groups: 8',
    axes: 2,
    attributes: {
      groups: { type: 'int', required: true, min: 1, doc: 'Number of groups; must divide the channels.' },
      epsilon,
    },
    weights: scaleAndShift,
    check(call, width) {
      const type = typeOf(call);
      if (type.lead !== undefined) {
        failRank(call, 'in', '`group_norm` takes a known number of axes, the first being the batch');
        return false;
      }
      const groups = sizeOf(call, 'groups');
      const why = `the ${width} channels are divided among ${groups} groups`;
      call.equate(width.floorDivide(groups).times(groups), width, why);
      return true;
    },
  },
  {
    name: 'batch_norm',
    summary: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.',
    doc: `Ioffe & Szegedy 2015, over all axes but the last. While training, the batch's own mean and variance are used and running ones are kept: running = momentum·running + (1 - momentum)·batch. Evaluation, and a frozen part, use the running ones.

Weights: \`gamma\`, \`beta\`, and the statistics \`moving_mean\`, \`moving_variance\`, each [channels].`,
    flops: 8,
    axes: 2,
    attributes: {
      momentum: {
        type: 'float',
        default: 0.9,
        min: 0,
        max: 1,
        doc: 'Share of the old running statistics that stays in each step.',
      },
      epsilon,
    },
    weights: (width) => [
      ...scaleAndShift(width),
      statistic('moving_mean', [width], 'zeros'),
      statistic('moving_variance', [width], 'ones'),
    ],
  },
];

export const normalisationOps: Op[] = kinds.map(
  ({ name, summary, doc, flops, settings = '', axes, attributes, weights, check }) => ({
    name,
    category: 'normalisation',
    stage: 'graph',
    summary,
    doc: document(
      doc,
      `${flops} per number`,
      { hidden: 'float32[batch, steps, 64]' },
      `steady: { op: ${name}, in: hidden${settings} }`,
      'float32[batch, steps, 64]',
    ),
    inputs: [input('Numbers; the last axis holds the channels.')],
    attributes,
    outputs: [output('As the input.')],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needLastAxes(call, axes)) return result(undefined);
      if (check && !check(call, lastDim(type))) return result(undefined);
      return result(type, weights(lastDim(type)), elements(type)?.times(flops));
    },
  }),
);
