import { nearest } from '../names/nearest';
import { allMetrics, metricNamed } from '../ops/metrics';
import { listed, type Rule, replace } from './rule';

export const unknownMetric: Rule = {
  id: 'unknown-metric',
  group: 'tasks',
  severity: 'error',
  summary: 'No metric has this name.',
  why: 'It could not be computed after training.',
  check(analysis, report) {
    if (analysis.inference?.kind !== 'model') return;
    const names = allMetrics().map((metric) => metric.name);
    for (const { value, range } of analysis.inference.tasks.flatMap(({ task }) => task.metrics)) {
      if (metricNamed(value)) continue;
      const near = nearest(value, names);
      report({
        range,
        message: `There is no metric \`${value}\`; ${near ? `did you mean \`${near}\`?` : `there are ${listed(names, 12)}`}`,
        propose: () => (near ? [replace(analysis, range, near, `Change to \`${near}\``)] : []),
      });
    }
  },
};
