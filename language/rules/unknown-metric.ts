import type { Located } from '../names/declarations';
import { nearest } from '../names/nearest';
import { allMetrics, metricNamed } from '../ops/metrics';
import { metricOfOther } from '../ops/other-names';
import { entriesOf, get, keyOf } from '../syntax/path';
import { type Analysis, listed, type Rule, respell } from './rule';

export const unknownMetric: Rule = {
  id: 'unknown-metric',
  group: 'tasks',
  severity: 'error',
  summary: 'No metric has this name.',
  why: 'It could not be computed after training.',
  check(analysis, report) {
    const names = allMetrics().map((metric) => metric.name);
    for (const { value, range } of named(analysis)) {
      if (metricNamed(value)) continue;
      const near = metricOfOther(value) ?? nearest(value, names);
      report({
        range,
        message: `There is no metric \`${value}\`; ${near ? `did you mean \`${near}\`?` : `there are ${listed(names, 12)}`}`,
        propose: () => (near ? [respell(analysis, range, near)] : []),
      });
    }
  },
};

/** The metrics of tasks, and those of which a brick promises something: the last word of `sentiment.accuracy`. */
function named({ inference, declaration }: Analysis): Located<string>[] {
  if (inference?.kind === 'model') return inference.tasks.flatMap(({ task }) => task.metrics);
  if (declaration?.kind !== 'module') return [];
  return entriesOf(get(declaration.root, 'guarantees')).flatMap((entry) => {
    const measure = keyOf(entry);
    const value = measure.slice(measure.lastIndexOf('.') + 1);
    const { start, end } = entry.key.range;
    const isPlain = end - start === measure.length;
    if (value === 'loss' || measure.startsWith('x-')) return [];
    return [{ value, range: isPlain ? { start: end - value.length, end } : entry.key.range }];
  });
}
