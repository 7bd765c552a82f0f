import { asText, entriesOf, get } from '../syntax/path';
import type { Rule } from './rule';

/** The least and the greatest that a metric can be. */
const bounds: Record<string, [number, number]> = {
  accuracy: [0, 1],
  balanced_accuracy: [0, 1],
  top_5_accuracy: [0, 1],
  f1: [0, 1],
  precision: [0, 1],
  recall: [0, 1],
  auc: [0, 1],
  r2: [Number.NEGATIVE_INFINITY, 1],
  mse: [0, Number.POSITIVE_INFINITY],
  mae: [0, Number.POSITIVE_INFINITY],
  perplexity: [1, Number.POSITIVE_INFINITY],
};

export const requirementImpossible: Rule = {
  id: 'requirement-impossible',
  group: 'tasks',
  severity: 'warning',
  after: ['unknown-measure'],
  summary: 'A requirement that no model can meet, or that every model meets.',
  why: 'Such a bound is most often a share written as a percentage, and it says nothing about the model.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    for (const entry of entriesOf(get(inference.model.evaluate, 'require'))) {
      const metric = String(entry.key.value).split('.').at(-1)!;
      const [least, greatest] = bounds[metric] ?? [];
      const bound = /^\s*(>=|<=|>|<)\s*(\S+)\s*$/.exec(asText(entry.value) ?? '');
      const value = Number(bound?.[2]);
      if (!entry.value || least === undefined || greatest === undefined || !bound || Number.isNaN(value))
        continue;
      const verdict = judge(bound[1]!, value, least, greatest);
      if (!verdict) continue;
      const range = `${Number.isFinite(least) ? `at least ${least}` : ''}${Number.isFinite(least) && Number.isFinite(greatest) ? ' and ' : ''}${Number.isFinite(greatest) ? `at most ${greatest}` : ''}`;
      report({
        range: entry.value.range,
        message: `${verdict} can meet \`${bound[1]} ${bound[2]}\`: \`${metric}\` is ${range}`,
      });
    }
  },
};

function judge(comparison: string, value: number, least: number, greatest: number): string | undefined {
  const none: Record<string, boolean> = {
    '>=': value > greatest,
    '>': value >= greatest,
    '<=': value < least,
    '<': value <= least,
  };
  const every: Record<string, boolean> = {
    '>=': value <= least,
    '>': value < least,
    '<=': value >= greatest,
    '<': value > greatest,
  };
  return none[comparison] ? 'No model' : every[comparison] ? 'Every model' : undefined;
}
