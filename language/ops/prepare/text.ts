import type { TensorType } from '../../types/type';
import { input, needDtype, output, result, sizeOf, typeOf } from '../call';
import type { Op, OpAttribute, OpCall } from '../op';

export const length: OpAttribute = {
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
const vocab: OpAttribute = {
  type: 'int',
  required: true,
  min: 3,
  doc: 'The greatest number of ids, padding and unknown included.',
};
const idsOut = output('int32, with a new last axis of `length` ids below `vocab`.');

const extend: OpAttribute = {
  type: 'bool',
  default: false,
  doc: 'Whether a vocabulary that came with weights grows by what the training split holds beyond it.',
};

/** Text of any shape, and `length` ids for each. */
export function ids(call: OpCall): TensorType | undefined {
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
looked up too, after the words of their row. With \`extend\`, a vocabulary that came with weights grows by the words of
the training split that it lacks, as far as \`vocab\` goes: the old ids stay, and the new words learn.

\`\`\`yaml
# text: string[batch]
tokens: { op: word_ids, in: text, vocab: 4000, length: 64 } # int32[batch, 64]
\`\`\``,
  inputs: [input('Text, one per row.')],
  attributes: {
    vocab,
    length,
    lowercase,
    min_count: { type: 'int', default: 1, min: 1, doc: 'Words seen less often in training are unknown.' },
    ngrams: { type: 'int', default: 1, min: 1, max: 2, doc: '2 adds pairs of neighbouring words.' },
    extend,
  },
  outputs: [idsOut],
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
# text: string[batch]
letters: { op: char_ids, in: text, vocab: 128, length: 256 } # int32[batch, 256]
\`\`\``,
  inputs: [input('Text, one per row.')],
  attributes: {
    vocab: { ...vocab, required: false, default: 256 },
    length,
    lowercase: { ...lowercase, default: false },
  },
  outputs: [idsOut],
  infer: (call) => result(ids(call)),
};

const subwordIds: Op = {
  name: 'subword_ids',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text into ids of pieces of words, with a vocabulary learnt from the training split.',
  doc: `Byte-pair encoding (Sennrich et al. 2016), fitted on the training split: starts from characters and joins the most
frequent pair of neighbours inside words until there are \`vocab\` ids. Words that were never seen come apart into known
pieces. Id 0 is padding, id 1 a character that was never seen. For a tokenizer that exists already, use \`tokenizer\`.

\`\`\`yaml
# text: string[batch]
pieces: { op: subword_ids, in: text, vocab: 2000, length: 96 } # int32[batch, 96]
\`\`\``,
  inputs: [input('Text, one per row.')],
  attributes: { vocab, length, lowercase },
  outputs: [idsOut],
  infer: (call) => result(ids(call)),
};

const cleanText: Op = {
  name: 'clean_text',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Brings text into one form: case, blanks, accents.',
  doc: `Unicode is composed first (NFC), so that the same letter is always the same characters. Then, where asked for, letters
become small, accents go, and runs of white space become one blank, none at either end.

\`\`\`yaml
# text: string[batch]
plain: { op: clean_text, in: text, accents: false } # string[batch]
\`\`\``,
  inputs: [input('Text.')],
  attributes: {
    lowercase,
    strip: { type: 'bool', default: true, doc: 'Whether white space is brought down to single blanks.' },
    accents: { type: 'bool', default: true, doc: 'Whether accents are kept.' },
  },
  outputs: [output('Text of the same shape.')],
  infer: (call) => result(needDtype(call, ['string']) ? typeOf(call) : undefined),
};

export const textOps: Op[] = [wordIds, charIds, subwordIds, cleanText];
