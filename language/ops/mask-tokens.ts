import { needAxes, needDtype, numberOf, product, result, typeOf } from './call';
import { document } from './document';
import type { Op } from './op';

export const maskTokens: Op = {
  name: 'mask_tokens',
  category: 'layer',
  stage: 'graph',
  summary: 'Hides some words of a text, to be filled in.',
  doc: document(
    `Devlin et al. 2019: a random share of the ids becomes \`mask\`; \`labels\` holds what was there, and -1 elsewhere. The
loss \`masked_token\` asks for it. Padding is never hidden. In evaluation, evenly spaced steps are hidden, the same in
every row.`,
    '4 per id',
    { words: 'int32[batch, 40]' },
    'hidden: { op: mask_tokens, in: words, mask: 1 }',
    'tokens: int32[batch, 40], labels: int32[batch, 40]',
  ),
  inputs: [{ name: 'in', doc: 'Ids, [batch, steps].' }],
  attributes: {
    mask: { type: 'int', required: true, min: 0, doc: 'The id that stands for a hidden word.' },
    rate: { type: 'float', default: 0.15, min: 0.01, max: 0.9, doc: 'The share that is hidden.' },
    pad: { type: 'int', default: 0, doc: 'The id that stands for padding.' },
  },
  outputs: [
    { name: 'tokens', doc: 'The ids, some of them hidden.' },
    { name: 'labels', doc: 'The ids that were hidden, -1 elsewhere.' },
  ],
  infer(call) {
    const type = typeOf(call);
    if (!needDtype(call, ['int32']) || !needAxes(call, ['batch', 'steps'])) return result(undefined);
    const [mask, pad] = [numberOf(call, 'mask'), numberOf(call, 'pad')];
    if (mask !== undefined && mask === pad) {
      const message = `the id ${mask} stands for padding, so it cannot stand for hidden words too`;
      call.fail({ attribute: 'mask', kind: 'attribute', message });
    }
    return { outputs: { tokens: type, labels: type }, weights: [], flops: product(type.dims).times(4) };
  },
};
