import { type Rule, replace } from './rule';
import { runOf } from './trained-parts';

export const invalidRun: Rule = {
  id: 'invalid-run',
  group: 'transfer',
  severity: 'error',
  summary: '`weights: run:` is followed by something that cannot be a run.',
  why: 'Runs are looked up by id, or by the name of the model that was trained; a path leads nowhere, so that what a run holds can be checked.',
  check(analysis, report) {
    if (analysis.inference?.kind !== 'model') return;
    for (const step of analysis.inference.graph.steps.values()) {
      const run = runOf(step);
      if (!run || /^[\w-][\w.-]*(\/[\w-]+)?$/.test(run.value)) continue;
      const last = run.value.split(/[\\/]/).at(-1) ?? '';
      report({
        range: run.value === '' ? step.step.extras.get('weights')!.value!.range : run.range,
        message:
          run.value === ''
            ? 'After `run:` comes the id of a run, or the name of a model that was trained'
            : `\`${run.value}\` is no run: it is named by its id, or by the model that was trained`,
        propose: () =>
          /^[\w-][\w.-]*$/.test(last) ? [replace(analysis, run.range, last, `Change to \`${last}\``)] : [],
      });
    }
  },
};
