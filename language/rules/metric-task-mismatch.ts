import { lossNamed } from '../ops/losses';
import { metricNamed } from '../ops/metrics';
import { listed, type Rule, replace } from './rule';

export const metricTaskMismatch: Rule = {
  id: 'metric-task-mismatch',
  group: 'tasks',
  severity: 'error',
  summary: 'A metric that does not go with the task.',
  why: 'A share of right classes means nothing for a number, nor a squared error for a class.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { task } of inference.tasks) {
      const loss = task.loss && lossNamed(task.loss.value);
      for (const { value, range } of loss ? task.metrics : []) {
        if (!metricNamed(value) || loss!.metrics.includes(value)) continue;
        report({
          range,
          message: `\`${value}\` does not go with the loss \`${loss!.name}\`; ${listed(loss!.metrics)} do`,
          propose: () =>
            loss!.metrics
              .filter((name) => !task.metrics.some((metric) => metric.value === name))
              .slice(0, 3)
              .map((name) => replace(analysis, range, name, `Change to \`${name}\``)),
        });
      }
    }
  },
};
