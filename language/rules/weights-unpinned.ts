import type { Rule } from './rule';
import { runOf } from './trained-parts';

/** As runs are called: the model, the day and the time. */
export const runId = /-\d{8}-\d{6}(-\d+)?$/;

export const weightsUnpinned: Rule = {
  id: 'weights-unpinned',
  group: 'transfer',
  severity: 'warning',
  optIn: true,
  summary: 'Weights that the next run of another model changes.',
  why: 'A model stands for its newest run, which is handy while both are worked on. What is kept or published should name one run, so that it can be made again.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    for (const step of inference.graph.steps.values()) {
      const run = runOf(step);
      if (!run || run.value === '' || runId.test(run.value)) continue;
      report({
        range: run.range,
        message: `\`run:${run.value}\` is whichever run of \`${run.value}\` is the newest; name one by its id`,
      });
    }
  },
};
