import { printType } from '../../types/type';
import {
  documented,
  equateAxes,
  isWhole,
  type LossCall,
  type LossDeclaration,
  needFloatOutput,
} from './loss';

/** Scores [batch, steps, vocab] and ids [batch, steps]. */
function scoresOfWords(call: LossCall, name: string): void {
  const { output, target } = call;
  if (!needFloatOutput(call)) return;
  if (!isWhole(target)) {
    call.fail({
      side: 'target',
      kind: 'dtype',
      message: `\`${name}\` needs ids of words, int32, not ${printType(target)}`,
      help: 'take them from the part that makes the ids, such as `words.tokens`',
    });
    return;
  }
  for (const [side, type, axes] of [
    ['target', target, 2],
    ['output', output, 3],
  ] as const) {
    if (type.lead === undefined && type.dims.length === axes) continue;
    const wanted = axes === 2 ? 'ids [batch, steps]' : 'a score per word at each step, [batch, steps, vocab]';
    call.fail({ side, kind: 'rank', message: `\`${name}\` needs ${wanted}, not ${printType(type)}` });
    return;
  }
  equateAxes(call, `\`${name}\` compares step by step`);
}

const nextToken: LossDeclaration = {
  name: 'next_token',
  summary: 'Learns to continue a text: each step scores the word that comes next.',
  doc: documented(
    'Mean of -log softmax(logits at step i)[id at step i + 1]. The target is the text itself; it is shifted here, and steps whose next id is `pad` do not count. The model must not look ahead: `attention` with `causal: true`.',
    'text: { output: decoder.logits, target: words.tokens, loss: next_token, metrics: [perplexity] }',
  ),
  options: {
    pad: { type: 'int', default: 0, doc: 'The id that stands for padding; -1 when all ids count.' },
    label_smoothing: {
      type: 'float',
      default: 0,
      min: 0,
      max: 0.99,
      doc: 'Share of the truth that is spread over all words.',
    },
  },
  kinds: ['token'],
  check: (call) => scoresOfWords(call, 'next_token'),
};

const maskedToken: LossDeclaration = {
  name: 'masked_token',
  summary: 'Learns to fill in words that were hidden.',
  doc: documented(
    'Devlin et al. 2019: mean of -log softmax(logits)[id] over the steps whose id is not `ignore`. The op `mask_tokens` hides words and gives these targets.',
    'text: { output: encoder.logits, target: hidden.labels, loss: masked_token, metrics: [accuracy] }',
  ),
  options: {
    ignore: { type: 'int', default: -1, doc: 'The id of steps that do not count.' },
    label_smoothing: {
      type: 'float',
      default: 0,
      min: 0,
      max: 0.99,
      doc: 'Share of the truth that is spread over all words.',
    },
  },
  kinds: ['token'],
  check: (call) => scoresOfWords(call, 'masked_token'),
};

export const languageLosses: LossDeclaration[] = [nextToken, maskedToken];
