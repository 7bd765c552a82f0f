import { printType } from '../../types/type';
import { documented, isWhole, type LossDeclaration, matrices, needFloatOutput, needNumbers } from './loss';

const pairwise: LossDeclaration = {
  name: 'pairwise_ranking',
  summary: 'Learns to put items in the right order, pair by pair.',
  doc: documented(
    'Burges et al. 2005: mean of log(1 + exp(-(x - y))) over the pairs of a row of which the first is more relevant, with x and y their scores. Output and target are [batch, items].',
    'order: { output: ranker.scores, target: searches.relevance, loss: pairwise_ranking, metrics: [ndcg] }',
  ),
  options: {},
  kinds: ['ranking'],
  check(call) {
    if (needNumbers(call, 'pairwise_ranking')) matrices(call, 'pairwise_ranking', 'a row of items');
  },
};

const listwise: LossDeclaration = {
  name: 'listwise_softmax',
  summary: 'Learns to give relevant items the greatest share of a list.',
  doc: documented(
    'Cao et al. 2007: mean over rows of -Σ p·log softmax(scores), with p the relevance of an item as a share of its row. Output and target are [batch, items]; a row without anything relevant does not count.',
    'order: { output: ranker.scores, target: searches.relevance, loss: listwise_softmax, metrics: [ndcg] }',
  ),
  options: {},
  kinds: ['ranking'],
  check(call) {
    if (needNumbers(call, 'listwise_softmax')) matrices(call, 'listwise_softmax', 'a row of items');
  },
};

const contrastive: LossDeclaration = {
  name: 'contrastive',
  summary: 'Learns to find the partner of each row among all of its batch.',
  doc: documented(
    'InfoNCE (van den Oord et al. 2018), as in CLIP: vectors are brought to length 1, products divided by `temperature`, and a cross entropy asks each row for its own partner; with `symmetric` the partners ask too. The target is mostly an output of another part. Larger batches are harder, and teach more.',
    'match: { output: question.vector, target: answer.vector, loss: contrastive, metrics: [recall_at_1, mrr] }',
  ),
  options: {
    temperature: {
      type: 'float',
      default: 0.05,
      min: 0.001,
      doc: 'How sharp the choice is; smaller is sharper.',
    },
    symmetric: { type: 'bool', default: true, doc: 'Whether partners look for rows too.' },
  },
  kinds: ['retrieval'],
  check(call) {
    if (call.target.dtype.includes('float')) {
      matrices(call, 'contrastive', 'vectors');
      return;
    }
    const message = `\`contrastive\` needs vectors to compare with, not ${printType(call.target)}`;
    call.fail({ side: 'target', kind: 'dtype', message, help: 'for labels, use `triplet`' });
  },
};

const triplet: LossDeclaration = {
  name: 'triplet',
  summary: 'Learns vectors that lie close for the same label and far for others.',
  doc: documented(
    'Hermans et al. 2017, batch hard: mean of max(0, a - b + margin), with a the distance to the farthest row of the batch with the same label, and b to the nearest with another one. Rows without both do not count.',
    'identity: { output: encoder.vector, target: photos.person, loss: triplet, metrics: [recall_at_1] }',
  ),
  options: { margin: { type: 'float', default: 0.2, min: 0, doc: 'How much farther others must lie.' } },
  kinds: ['retrieval'],
  check(call) {
    const { output, target } = call;
    if (!needFloatOutput(call)) return;
    if (!isWhole(target) || target.lead !== undefined || target.dims.length !== 1) {
      const message = `\`triplet\` needs one label per row, int32[batch], not ${printType(target)}`;
      call.fail({
        side: 'target',
        kind: isWhole(target) ? 'rank' : 'dtype',
        message,
        help: 'declare the column as a `category`',
      });
      return;
    }
    if (output.lead !== undefined || output.dims.length !== 2) {
      const message = `\`triplet\` needs one vector per row, [batch, size], not ${printType(output)}`;
      call.fail({ side: 'output', kind: 'rank', message });
      return;
    }
    call.equate(output.dims[0]!, target.dims[0]!, '`triplet` needs one label per vector');
  },
};

export const rankingLosses: LossDeclaration[] = [pairwise, listwise, contrastive, triplet];
