import { input, needDtype, output, result, sizeOf, typeOf } from '../call';
import type { Op } from '../op';

const oneHot: Op = {
  name: 'one_hot',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns an index into a row of zeros with a single 1.',
  doc: `An index outside 0…size-1 gives zeros only, and so does a missing one.

\`\`\`yaml
# day: int32[batch]
weekday: { op: one_hot, in: day, size: 7 } # float32[batch, 7]
\`\`\``,
  inputs: [input('Indices from 0.')],
  attributes: { size: { type: 'int', required: true, min: 1, doc: 'Number of different indices.' } },
  outputs: [output('float32, with a new last axis of `size`.')],
  infer(call) {
    const type = typeOf(call);
    if (!needDtype(call, ['int32', 'int64', 'uint8', 'bool'])) return result(undefined);
    return result({ ...type, dtype: 'float32', dims: [...type.dims, sizeOf(call, 'size')] });
  },
};

const hashBucket: Op = {
  name: 'hash_bucket',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text into a number by hashing; needs no vocabulary.',
  doc: `The 32-bit FNV-1a hash of the text in UTF-8, modulo \`buckets\`. Different texts may share a bucket.

\`\`\`yaml
# city: string[batch]
place: { op: hash_bucket, in: city, buckets: 1000 } # int32[batch]
\`\`\``,
  inputs: [input('Text.')],
  attributes: { buckets: { type: 'int', required: true, min: 1, doc: 'Number of buckets.' } },
  outputs: [output('int32 of the same shape, below `buckets`.')],
  infer(call) {
    return result(needDtype(call, ['string']) ? { ...typeOf(call), dtype: 'int32' } : undefined);
  },
};

const valueIds: Op = {
  name: 'value_ids',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text that names something into an index.',
  doc: `The whole text is looked up, not its words. Fitted on the training split: the most frequent values get the indices
1 and up (equally frequent ones in alphabetical order), at most \`vocab\` indices in all; 0 is any other value and a
missing one. A column whose values are known beforehand is better a \`category\` of the dataset.

\`\`\`yaml
# brand: string[batch]
maker: { op: value_ids, in: brand, vocab: 500 } # int32[batch]
\`\`\``,
  inputs: [input('Text.')],
  attributes: {
    vocab: { type: 'int', required: true, min: 2, doc: 'The greatest number of indices, 0 included.' },
    min_count: { type: 'int', default: 1, min: 1, doc: 'Values seen less often in training get 0.' },
  },
  outputs: [output('int32 of the same shape, below `vocab`.')],
  infer(call) {
    return result(needDtype(call, ['string']) ? { ...typeOf(call), dtype: 'int32' } : undefined);
  },
};

export const categoryOps: Op[] = [oneHot, hashBucket, valueIds];
