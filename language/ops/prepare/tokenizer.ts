import { needDtype, optionalType, textOf, typeOf } from '../call';
import type { Op, OpResult } from '../op';
import { ids, length } from './text';

export const tokenizer: Op = {
  name: 'tokenizer',
  category: 'prepare',
  stage: 'prepare',
  summary: 'Turns text into ids as a `tokenizer.json` file says.',
  doc: `The file of Hugging Face's tokenizers, beside the brick: WordPiece, BPE (byte-level too) or Unigram, with its
normalizer, pre-tokenizer and special tokens. Longer rows are cut, so that the special tokens stay; shorter ones are
padded with the file's padding token, or id 0, on the side that the file says, or else at the end. A second text is joined as the file says, and cut first when it
is the longer one. What the file says is saved with the weights.

\`\`\`yaml
# text: string[batch]
words: { op: tokenizer, in: text, file: tokenizer.json, length: 8 } # ids: int32[batch, 8], mask: float32[batch, 8], types: int32[batch, 8]
\`\`\``,
  inputs: [
    { name: 'in', doc: 'Text, one per row.' },
    { name: 'pair', doc: 'A second text per row, such as the answer to a question.', optional: true },
  ],
  attributes: {
    file: { type: 'string', default: 'tokenizer.json', doc: 'The file, below the folder of the brick.' },
    length: { ...length, doc: 'Ids per row, special tokens included.' },
    special: { type: 'bool', default: true, doc: 'Whether special tokens such as `[CLS]` are added.' },
  },
  outputs: [
    { name: 'ids', doc: 'int32, with a new last axis of `length`.' },
    { name: 'mask', doc: 'float32 of the same shape: 1 where a token is, 0 in the padding.' },
    { name: 'types', doc: 'int32 of the same shape: 0 for the first text, 1 for the second.' },
  ],
  infer(call): OpResult {
    const type = ids(call);
    const pair = optionalType(call, 'pair');
    const file = textOf(call, 'file');
    if (file !== undefined && !file.endsWith('.json')) {
      const message = `\`file\` is a tokenizer.json file, not \`${file}\``;
      const help = 'save the tokenizer in this format, with `save_pretrained` of its library';
      call.fail({ attribute: 'file', kind: 'attribute', message, help });
    }
    if (pair) {
      if (!needDtype(call, ['string'], 'pair', pair)) return { outputs: {}, weights: [] };
      const text = typeOf(call);
      pair.dims.forEach((dim, axis) => {
        const other = text.dims[axis];
        if (other) call.equate(dim, other, '`in` and `pair` have the same rows');
      });
    }
    if (!type) return { outputs: {}, weights: [] };
    return { outputs: { ids: type, mask: { ...type, dtype: 'float32' }, types: type }, weights: [] };
  },
};
