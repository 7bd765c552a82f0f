/** Ops that run once on the host, before training; some are fitted on the training split first. */
import type { TensorType } from '../types/type';
import { input, needDtype, numberOf, output, result, sizeOf, typeOf } from './call';
import type { Op, OpAttribute, OpCall } from './op';

const length: OpAttribute = {
  type: 'int',
  required: true,
  min: 1,
  doc: 'Ids per row: longer rows are cut, shorter ones end in 0.',
};
const lowercase: OpAttribute = {
  type: 'bool',
  default: true,
  doc: 'Whether capital letters count as small ones.',
};

function ids(call: OpCall): TensorType | undefined {
  const type = typeOf(call);
  return needDtype(call, ['string'])
    ? { ...type, dtype: 'int32', dims: [...type.dims, sizeOf(call, 'length')] }
    : undefined;
}

const wordIds: Op = {
  name: 'word_ids',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text into ids of its words.',
  doc: `Fitted on the training split: the most frequent words get the ids 2 and up (equally frequent ones in alphabetical
order), at most \`vocab\` ids in all. Id 0 is padding, id 1 any other word. Words are runs of letters and digits; an
apostrophe inside a word belongs to it, as in \`don't\`. With \`ngrams: 2\`, pairs of neighbouring words are counted and
looked up too, after the words of their row.

\`\`\`yaml
tokens: { op: word_ids, in: text, vocab: 4000, length: 64 }
\`\`\``,
  inputs: [input('Text, one per row.')],
  attributes: {
    vocab: {
      type: 'int',
      required: true,
      min: 3,
      doc: 'The greatest number of ids, padding and unknown included.',
    },
    length,
    lowercase,
    min_count: { type: 'int', default: 1, min: 1, doc: 'Words seen less often in training are unknown.' },
    ngrams: { type: 'int', default: 1, min: 1, max: 2, doc: '2 adds pairs of neighbouring words.' },
  },
  outputs: [output('int32, with a new last axis of `length` ids below `vocab`.')],
  infer: (call) => result(ids(call)),
};

const charIds: Op = {
  name: 'char_ids',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text into ids of its characters.',
  doc: `Fitted on the training split: the most frequent characters get the ids 2 and up, at most \`vocab\` ids in all. Id 0
is padding, id 1 any other character.

\`\`\`yaml
letters: { op: char_ids, in: text, vocab: 128, length: 256 }
\`\`\``,
  inputs: [input('Text, one per row.')],
  attributes: {
    vocab: {
      type: 'int',
      default: 256,
      min: 3,
      doc: 'The greatest number of ids, padding and unknown included.',
    },
    length,
    lowercase: { ...lowercase, default: false },
  },
  outputs: [output('int32, with a new last axis of `length` ids below `vocab`.')],
  infer: (call) => result(ids(call)),
};

const standardize: Op = {
  name: 'standardize',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Brings a column of numbers to mean 0 and variance 1.',
  doc: `(x - mean)/deviation, with mean and standard deviation of the training split; a column that never changes becomes 0.
A vector is standardized entry by entry.

\`\`\`yaml
scaled: { op: standardize, in: price }
\`\`\``,
  inputs: [input('Numbers, the batch first.')],
  attributes: {},
  outputs: [output('float32 of the same shape.')],
  infer(call) {
    if (!needDtype(call, ['float32', 'float64', 'int32', 'int64', 'uint8'])) return result(undefined);
    return result({ ...typeOf(call), dtype: 'float32' });
  },
};

const oneHot: Op = {
  name: 'one_hot',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns an index into a row of zeros with a single 1.',
  doc: `An index outside 0…size-1 gives zeros only.

\`\`\`yaml
weekday: { op: one_hot, in: day, size: 7 }
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
place: { op: hash_bucket, in: city, buckets: 1000 }
\`\`\``,
  inputs: [input('Text.')],
  attributes: { buckets: { type: 'int', required: true, min: 1, doc: 'Number of buckets.' } },
  outputs: [output('int32 of the same shape, below `buckets`.')],
  infer(call) {
    return result(needDtype(call, ['string']) ? { ...typeOf(call), dtype: 'int32' } : undefined);
  },
};

const scaleImage: Op = {
  name: 'scale_image',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns bytes of a picture into numbers from 0 to 1.',
  doc: `x/255, then (x - mean)/deviation.

\`\`\`yaml
picture: { op: scale_image, in: image }
\`\`\``,
  inputs: [input('Bytes, 0 to 255.')],
  attributes: {
    mean: { type: 'float', default: 0, doc: 'Subtracted after scaling to 0…1.' },
    deviation: { type: 'float', default: 1, min: 1e-6, doc: 'What the rest is divided by.' },
  },
  outputs: [output('float32 of the same shape.')],
  infer(call) {
    if (numberOf(call, 'deviation') === 0 || !needDtype(call, ['uint8'])) return result(undefined);
    return result({ ...typeOf(call), dtype: 'float32' });
  },
};

export const prepareOps: Op[] = [wordIds, charIds, standardize, oneHot, hashBucket, scaleImage];
