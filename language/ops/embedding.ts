import {
  input,
  lastDim,
  needAxes,
  needDtype,
  needFloat,
  needLastAxes,
  output,
  result,
  sizeOf,
  typeOf,
  wholes,
} from './call';
import { weight } from './initializer';
import type { Op } from './op';

export const embedding: Op = {
  name: 'embedding',
  category: 'layer',
  stage: 'graph',
  summary: 'Looks up a learned vector for each whole number.',
  doc: `Each id becomes row \`id\` of a learned table. Ids must be below \`size\`.

Weights: \`table\` [size, dim], uniform in ±0.05 at the start.

\`\`\`yaml
embedded: { op: embedding, in: tokens, size: $vocab, dim: 64 }
\`\`\``,
  inputs: [input('Ids, of any shape.')],
  attributes: {
    size: { type: 'int', required: true, min: 1, doc: 'Number of rows: one more than the greatest id.' },
    dim: { type: 'int', required: true, min: 1, doc: 'Length of each vector.' },
  },
  outputs: [output('One vector per id, along a new last axis.')],
  infer(call) {
    const type = typeOf(call);
    if (!needDtype(call, wholes)) return result(undefined);
    const [size, dim] = [sizeOf(call, 'size'), sizeOf(call, 'dim')];
    const table = weight('table', [size, dim], { kind: 'uniform', limit: 0.05 });
    return result({ ...type, dtype: 'float32', dims: [...type.dims, dim] }, [table]);
  },
};

export const positionalEmbedding: Op = {
  name: 'positional_embedding',
  category: 'layer',
  stage: 'graph',
  summary: 'Adds a learned vector for each position.',
  doc: `Adds row \`i\` of a learned table to step \`i\`. Needed before \`attention\`, which by itself does not see order.

Weights: \`table\` [length, width], normal with a standard deviation of 0.02 at the start.

\`\`\`yaml
placed: { op: positional_embedding, in: embedded, length: 64 }
\`\`\``,
  inputs: [input('A sequence of vectors.')],
  attributes: {
    length: { type: 'int', required: true, min: 1, doc: 'The greatest number of steps.' },
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needAxes(call, ['batch', 'steps', 'width']) || !needLastAxes(call, 1))
      return result(undefined);
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
    return result(type, [weight('table', [length, lastDim(type)], { kind: 'normal', stddev: 0.02 })]);
  },
};
