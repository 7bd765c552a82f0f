/** How alike vectors are. */
import type { TensorType } from '../types/type';
import { sameDtype } from './broadcast';
import { elements, failRank, lastDim, needFloat, needLastAxes, output, result, typeOf } from './call';
import { document } from './document';
import type { Op, OpCall } from './op';

const vectors = { left: 'float32[batch, 64]', right: 'float32[batch, 64]' };
const sides = [
  { name: 'left', doc: 'Vectors along the last axis.' },
  { name: 'right', doc: 'Vectors of the same size.' },
];

function bothSides(call: OpCall): [TensorType, TensorType] | undefined {
  const [left, right] = [typeOf(call, 'left'), typeOf(call, 'right')];
  if (!needFloat(call, 'left') || !needFloat(call, 'right')) return undefined;
  if (!needLastAxes(call, 1, 'left') || !needLastAxes(call, 1, 'right')) return undefined;
  return sameDtype(call, [left, right], 'right') ? [left, right] : undefined;
}

const rowwise: Op[] = (
  [
    ['dot', 'The product of pairs of vectors.', 'Σ left·right, over the last axis.', 2],
    [
      'cosine_similarity',
      'The cosine of the angle between pairs of vectors.',
      'Σ left·right / (|left|·|right|), over the last axis: 1 for the same direction, -1 for the opposite one.',
      6,
    ],
    [
      'euclidean_distance',
      'The distance between pairs of vectors.',
      '√Σ(left - right)², over the last axis; 1e-12 is added below the root, so that equal vectors can be learned from.',
      3,
    ],
  ] as const
).map(([name, summary, text, flops]) => ({
  name,
  category: 'similarity',
  stage: 'graph',
  summary,
  doc: document(
    `${text} \`pairwise\` compares all with all.`,
    `${flops} per number of one side`,
    vectors,
    `score: { op: ${name}, in: [left, right] }`,
    'float32[batch]',
  ),
  inputs: sides,
  attributes: {},
  outputs: [output('One number per pair; the last axis vanishes.')],
  infer(call) {
    const both = bothSides(call);
    if (!both) return result(undefined);
    const [left, right] = both;
    if (left.lead !== right.lead || left.dims.length !== right.dims.length) {
      failRank(call, 'right', `\`${name}\` takes two values with the same axes`);
      return result(undefined);
    }
    for (const [axis, dim] of left.dims.entries())
      call.equate(dim, right.dims[axis]!, `\`${name}\` goes pair by pair`);
    return result({ ...left, dims: left.dims.slice(0, -1) }, [], elements(left)?.times(flops));
  },
}));

const pairwise: Op = {
  name: 'pairwise',
  category: 'similarity',
  stage: 'graph',
  summary: 'How alike each vector of one side is to each of the other.',
  doc: document(
    'A table of scores: row i holds vector i of `left` against all vectors of `right`. Over the rows of a batch it compares each with all others, as retrieval does.',
    '2·size per pair, and 3 per number that is brought to length 1',
    vectors,
    'scores: { op: pairwise, in: [left, right], by: cosine }',
    'float32[batch, batch]',
  ),
  inputs: [
    { name: 'left', doc: '[…, n, size].' },
    { name: 'right', doc: '[…, m, size], with the same axes in front.' },
  ],
  attributes: {
    by: {
      type: 'enum',
      values: ['dot', 'cosine', 'euclidean'],
      default: 'dot',
      doc: '`dot`: the product. `cosine`: the cosine of the angle. `euclidean`: minus the squared distance.',
    },
  },
  outputs: [output('[…, n, m].')],
  infer(call) {
    const both = bothSides(call);
    if (!both) return result(undefined);
    const [left, right] = both;
    if (left.lead !== right.lead || left.dims.length !== right.dims.length || left.dims.length < 2) {
      failRank(call, 'right', '`pairwise` takes […, n, size] and […, m, size] with the same axes in front');
      return result(undefined);
    }
    for (const [axis, dim] of left.dims.slice(0, -2).entries())
      call.equate(dim, right.dims[axis]!, '`pairwise` keeps the axes in front');
    call.equate(lastDim(left), lastDim(right), '`pairwise` compares vectors of one size');
    const out = { ...left, dims: [...left.dims.slice(0, -1), right.dims.at(-2)!] };
    const lengths =
      call.attributes.by === 'dot' ? undefined : elements(left)?.plus(elements(right)!).times(3);
    const products = elements(out)?.times(lastDim(left)).times(2);
    return result(out, [], lengths && products ? products.plus(lengths) : products);
  },
};

export const similarityOps: Op[] = [...rowwise, pairwise];
