import { noFlops, output, result, sizesOf } from './call';
import { document, nothing } from './document';
import { adaptable, initAttribute, initOf, weight } from './initializer';
import type { Op } from './op';

export const parameter: Op = {
  name: 'parameter',
  category: 'layer',
  stage: 'graph',
  summary: 'A learned value that depends on no input.',
  doc: document(
    `The same for every row: a table of words for \`lookup\`, a scale for \`multiply\`, questions for \`attention\`.

Weights: \`value\`, of the shape that is given.`,
    nothing,
    {},
    'words: { op: parameter, shape: [4000, 64], init: normal }',
    'float32[4000, 64]',
  ),
  inputs: [],
  attributes: {
    shape: { type: 'ints', required: true, min: 1, doc: 'The size of each axis.' },
    init: initAttribute,
  },
  outputs: [output('float32 of that shape.')],
  infer(call) {
    const dims = sizesOf(call, 'shape');
    if (!dims) return result(undefined);
    const value = weight('value', dims, initOf(call));
    return result({ dtype: 'float32', dims }, [dims.length >= 2 ? adaptable(value) : value], noFlops);
  },
};
