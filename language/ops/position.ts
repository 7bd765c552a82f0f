/** Where a step stands in its sequence: learned, as waves, or as a rotation. */
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import {
  elements,
  failRank,
  input,
  lastDim,
  needAxes,
  needFloat,
  numberOf,
  output,
  result,
  sizeOf,
  typeOf,
} from './call';
import { document } from './document';
import { weight } from './initializer';
import type { Op, OpAttribute, OpCall } from './op';

const sequence = 'float32[batch, steps, 64]';
const base: OpAttribute = {
  type: 'float',
  default: 10_000,
  min: 1,
  doc: 'Base of the wave lengths: they grow from 2π to 2π·base.',
};

function sequenceOf(call: OpCall): TensorType | undefined {
  return needFloat(call) && needAxes(call, ['batch', 'steps', 'width']) ? typeOf(call) : undefined;
}

const positionalEmbedding: Op = {
  name: 'positional_embedding',
  category: 'position',
  stage: 'graph',
  summary: 'Adds a learned vector for each position.',
  doc: document(
    `Adds row \`i\` of a learned table to step \`i\`. Needed before \`attention\`, which by itself does not see order.

Weights: \`table\` [length, width], normal with a standard deviation of 0.02 at the start.`,
    '1 per number',
    { embedded: sequence },
    'placed: { op: positional_embedding, in: embedded, length: 64 }',
    sequence,
  ),
  inputs: [input('[batch, steps, width].')],
  attributes: {
    length: { type: 'int', required: true, min: 1, doc: 'The greatest number of steps.' },
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = sequenceOf(call);
    if (!type) return result(undefined);
    const length = sizeOf(call, 'length');
    const [steps, most] = [type.dims[1]!.constant, length.constant];
    if (steps !== undefined && most !== undefined && steps > most) {
      call.fail({
        input: 'in',
        attribute: 'length',
        kind: 'dim',
        message: `there are ${steps} steps but only ${most} positions`,
        help: `set \`length: ${steps}\``,
      });
    }
    const table = weight('table', [length, lastDim(type)], { kind: 'normal', stddev: 0.02 });
    return result(type, [table], elements(type));
  },
};

const sinusoidalEmbedding: Op = {
  name: 'sinusoidal_embedding',
  category: 'position',
  stage: 'graph',
  summary: 'Adds waves of different length for each position.',
  doc: document(
    `Vaswani et al. 2017, section 3.5: to number 2i of step p is added sin(p / base^(2i/width)), to number 2i + 1 the
cosine of the same. Nothing is learned, so sequences may be of any length.`,
    '1 per number',
    { embedded: sequence },
    'placed: { op: sinusoidal_embedding, in: embedded }',
    sequence,
  ),
  inputs: [input('[batch, steps, width].')],
  attributes: { base },
  outputs: [output('As the input.')],
  infer(call) {
    const type = sequenceOf(call);
    return type ? result(type, [], elements(type)) : result(undefined);
  },
};

const rotaryEmbedding: Op = {
  name: 'rotary_embedding',
  category: 'position',
  stage: 'graph',
  summary: 'Turns pairs of numbers by an angle that grows with the position.',
  doc: document(
    `Su et al. 2021, with the halves of a vector as pairs: numbers i and i + size/2 of step p are turned by the angle
p / base^(2i/size). Turned queries and keys meet at an angle that depends on their distance only; \`attention\` does this
by itself with \`rotary: true\`.`,
    '3 per number',
    { queries: sequence },
    'turned: { op: rotary_embedding, in: queries, heads: 4 }',
    sequence,
  ),
  inputs: [input('[batch, steps, width] or [batch, heads, steps, size].')],
  attributes: {
    heads: { type: 'int', default: 1, min: 1, doc: 'How many heads lie side by side on the last axis.' },
    base,
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call)) return result(undefined);
    if (type.lead !== undefined || (type.dims.length !== 3 && type.dims.length !== 4)) {
      failRank(call, 'in', '`in` takes [batch, steps, width] or [batch, heads, steps, size]');
      return result(undefined);
    }
    const heads = sizeOf(call, 'heads');
    if (type.dims.length === 4 && (numberOf(call, 'heads') ?? 1) !== 1) {
      const message = 'heads have an axis of their own here, so `heads` says nothing';
      call.fail({ attribute: 'heads', kind: 'attribute', message, help: 'leave `heads` out' });
      return result(undefined);
    }
    const pairs = heads.times(Dim.of(2));
    const why = `the width ${lastDim(type)} is divided into pairs in each of ${heads} heads`;
    call.equate(lastDim(type).floorDivide(pairs).times(pairs), lastDim(type), why);
    return result(type, [], elements(type)?.times(3));
  },
};

export const positionOps: Op[] = [positionalEmbedding, sinusoidalEmbedding, rotaryEmbedding];
