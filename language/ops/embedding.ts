import {
  input,
  needAxes,
  needDtype,
  needFloat,
  noFlops,
  output,
  result,
  sizeOf,
  typeOf,
  wholes,
} from './call';
import { document, nothing } from './document';
import { adaptable, weight } from './initializer';
import type { Op } from './op';

export const embedding: Op = {
  name: 'embedding',
  category: 'layer',
  stage: 'graph',
  summary: 'Looks up a learned vector for each whole number.',
  doc: document(
    `Each id becomes row \`id\` of a learned table. Ids must be below \`size\`.

Weights: \`table\` [size, dim], uniform in ±0.05 at the start.`,
    nothing,
    { tokens: 'int32[batch, steps]' },
    'embedded: { op: embedding, in: tokens, size: 4000, dim: 64 }',
    'float32[batch, steps, 64]',
  ),
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
    const table = adaptable(weight('table', [size, dim], { kind: 'uniform', limit: 0.05 }));
    return result({ ...type, dtype: 'float32', dims: [...type.dims, dim] }, [table], noFlops);
  },
};

export const lookup: Op = {
  name: 'lookup',
  category: 'layer',
  stage: 'graph',
  summary: 'Looks up rows of a table that another step makes.',
  doc: document(
    `As \`embedding\`, with a table from outside, such as a \`parameter\` that is also used to score words in the end (tied
embeddings, Press & Wolf 2017).`,
    nothing,
    { words: 'float32[4000, 64]', tokens: 'int32[batch, steps]' },
    'embedded: { op: lookup, in: { table: words, in: tokens } }',
    'float32[batch, steps, 64]',
  ),
  inputs: [input('Ids, of any shape.'), { name: 'table', doc: '[rows, dim]: what is looked up.' }],
  attributes: {},
  outputs: [output('One row per id, along a new last axis.')],
  infer(call) {
    const [type, table] = [typeOf(call), typeOf(call, 'table')];
    if (!needDtype(call, wholes) || !needFloat(call, 'table')) return result(undefined);
    if (!needAxes(call, ['rows', 'dim'], 'table')) return result(undefined);
    return result({ ...type, dtype: table.dtype, dims: [...type.dims, table.dims[1]!] }, [], noFlops);
  },
};
