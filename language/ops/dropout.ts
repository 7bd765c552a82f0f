/** Chance while training; nothing in evaluation and in frozen parts. */
import { elements, failRank, input, needFloat, output, result, typeOf } from './call';
import { document } from './document';
import type { Op, OpAttribute } from './op';

const hidden = 'float32[batch, steps, 64]';
const rate: OpAttribute = {
  type: 'float',
  required: true,
  min: 0,
  max: 0.99,
  doc: 'The share that is set to 0.',
};

const dropout: Op = {
  name: 'dropout',
  category: 'layer',
  stage: 'graph',
  summary: 'Sets a random share of the numbers to 0 while training.',
  doc: document(
    `What is left is scaled up by 1/(1 - rate), so that sums stay the same on average. Does nothing in evaluation
and in frozen parts. Srivastava et al. 2014.`,
    '2 per number, while training',
    { hidden },
    'thinned: { op: dropout, in: hidden, rate: 0.3 }',
    hidden,
  ),
  inputs: [input('Numbers of any shape.')],
  attributes: { rate },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    return needFloat(call) ? result(type, [], elements(type)?.times(2)) : result(undefined);
  },
};

const spatialDropout: Op = {
  name: 'spatial_dropout',
  category: 'layer',
  stage: 'graph',
  summary: 'Sets whole channels to 0 while training, at all places at once.',
  doc: document(
    'As `dropout`, with one draw for each row and channel: neighbours that tell the same do not stand in for each other. Tompson et al. 2015.',
    '2 per number, while training',
    { hidden },
    'thinned: { op: spatial_dropout, in: hidden, rate: 0.2 }',
    hidden,
  ),
  inputs: [input('[batch, …, channels].')],
  attributes: { rate },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call)) return result(undefined);
    if (type.lead !== undefined || type.dims.length < 3) {
      failRank(call, 'in', '`spatial_dropout` takes [batch, …, channels] with places between them');
      return result(undefined);
    }
    return result(type, [], elements(type)?.times(2));
  },
};

const gaussianNoise: Op = {
  name: 'gaussian_noise',
  category: 'layer',
  stage: 'graph',
  summary: 'Adds normal noise while training.',
  doc: document(
    'x + stddev·n, with n from the normal distribution. Does nothing in evaluation and in frozen parts.',
    '2 per number, while training',
    { hidden },
    'noisy: { op: gaussian_noise, in: hidden, stddev: 0.1 }',
    hidden,
  ),
  inputs: [input('Numbers of any shape.')],
  attributes: { stddev: { type: 'float', required: true, min: 0, doc: 'Standard deviation of the noise.' } },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    return needFloat(call) ? result(type, [], elements(type)?.times(2)) : result(undefined);
  },
};

export const chanceOps: Op[] = [dropout, spatialDropout, gaussianNoise];
