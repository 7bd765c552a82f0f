import { activationAttribute } from './activation';
import {
  elements,
  flagOf,
  input,
  lastDim,
  needFloat,
  needLastAxes,
  output,
  result,
  sizeOf,
  typeOf,
  withLastDim,
} from './call';
import { document } from './document';
import { adaptable, initAttribute, initOf, weight } from './initializer';
import type { Op } from './op';

export const dense: Op = {
  name: 'dense',
  category: 'layer',
  stage: 'graph',
  summary: 'A linear layer over the last axis: x · kernel + bias.',
  doc: document(
    `Multiplies the last axis with a matrix and adds a bias. Axes in front of it stay, however many there are.

Weights: \`kernel\` [in, units], \`bias\` [units].`,
    '2·in·units for each row',
    { features: 'float32[batch, 64]' },
    'hidden: { op: dense, in: features, units: 128, activation: relu }',
    'float32[batch, 128]',
  ),
  inputs: [input('Numbers; the last axis is multiplied.')],
  attributes: {
    units: { type: 'int', required: true, min: 1, doc: 'Size of the last axis of the result.' },
    activation: activationAttribute(),
    use_bias: { type: 'bool', default: true, doc: 'Whether a bias is added.' },
    init: initAttribute,
  },
  outputs: [output('The last axis has the size `units`.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needLastAxes(call, 1)) return result(undefined);
    const units = sizeOf(call, 'units');
    const out = withLastDim(type, units);
    const weights = [adaptable(weight('kernel', [lastDim(type), units], initOf(call)))];
    if (flagOf(call, 'use_bias')) weights.push(weight('bias', [units], 'zeros'));
    return result(out, weights, elements(out)?.times(lastDim(type)).times(2));
  },
};
