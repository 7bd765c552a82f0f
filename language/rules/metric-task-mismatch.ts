import { lossNamed, metricsOf } from '../ops/losses';
import { metricNamed } from '../ops/metrics';
import { listed, type Rule, respell } from './rule';

export const metricTaskMismatch: Rule = {
  id: 'metric-task-mismatch',
  group: 'tasks',
  severity: 'error',
  after: ['task-type-mismatch'],
  summary: 'A metric that does not go with the task.',
  why: 'A share of right classes means nothing for a number, nor a squared error for a class.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const { solver } = inference.graph;
    for (const { task, output } of inference.tasks) {
      const loss = task.loss && lossNamed(task.loss.value);
      if (!loss) continue;
      const type = output?.status === 'found' && output.type ? solver.resolveType(output.type) : undefined;
      const fitting = metricsOf(loss, type);
      const others = fitting.length > 0 ? `; ${listed(fitting)} do` : ', which has none';
      for (const { value, range } of task.metrics) {
        if (!metricNamed(value) || fitting.includes(value)) continue;
        report({
          range,
          message: `\`${value}\` does not go with the loss \`${loss.name}\`${others}`,
          propose: () =>
            fitting
              .filter((name) => !task.metrics.some((metric) => metric.value === name))
              .slice(0, 3)
              .map((name) => respell(analysis, range, name)),
        });
      }
    }
  },
};
