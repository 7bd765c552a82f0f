import type { Dim } from '../types/dim';
import { elements, input, lastDim, needFloat, needLastAxes, output, result, typeOf } from './call';
import { statistic, weight } from './initializer';
import type { Op, OpAttribute, OpWeight } from './op';

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
  attributes: Record<string, OpAttribute>;
  weights(width: Dim): OpWeight[];
}

const kinds: Normalisation[] = [
  {
    name: 'layer_norm',
    summary: 'Brings the last axis to mean 0 and variance 1, then scales and shifts it.',
    doc: 'Ba et al. 2016: gamma·(x - mean)/√(variance + epsilon) + beta, over the last axis of each row by itself.\n\nWeights: `gamma` [width], `beta` [width].',
    attributes: { epsilon },
    weights: (width) => [weight('gamma', [width], 'ones'), weight('beta', [width], 'zeros')],
  },
  {
    name: 'rms_norm',
    summary: 'Brings the last axis to a root mean square of 1, then scales it.',
    doc: 'Zhang & Sennrich 2019: gamma·x/√(mean(x²) + epsilon), over the last axis.\n\nWeights: `gamma` [width].',
    attributes: { epsilon },
    weights: (width) => [weight('gamma', [width], 'ones')],
  },
  {
    name: 'batch_norm',
    summary: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.',
    doc: `Ioffe & Szegedy 2015, over all axes but the last. While training, the batch's own mean and variance are used and running ones are kept: running = momentum·running + (1 - momentum)·batch. Evaluation, and a frozen part, use the running ones.

Weights: \`gamma\`, \`beta\`, and the statistics \`moving_mean\`, \`moving_variance\`, each [channels].`,
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
      weight('gamma', [width], 'ones'),
      weight('beta', [width], 'zeros'),
      statistic('moving_mean', [width], 'zeros'),
      statistic('moving_variance', [width], 'ones'),
    ],
  },
];

export const normalisationOps: Op[] = kinds.map(({ name, summary, doc, attributes, weights }) => ({
  name,
  category: 'normalisation',
  stage: 'graph',
  summary,
  doc: `${doc}\n\n\`\`\`yaml\nsteady: { op: ${name}, in: hidden }\n\`\`\``,
  inputs: [input('Numbers; the last axis holds the channels.')],
  attributes,
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needLastAxes(call, name === 'batch_norm' ? 2 : 1)) return result(undefined);
    return result(type, weights(lastDim(type)), elements(type)?.times(8));
  },
}));
