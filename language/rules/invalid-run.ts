import { nearest } from '../names/nearest';
import type { Range } from '../syntax/tree';
import { type Analysis, type Report, type Rule, replace, respell } from './rule';
import { runOf } from './trained-parts';
import { runId } from './weights-unpinned';

export const invalidRun: Rule = {
  id: 'invalid-run',
  group: 'transfer',
  severity: 'error',
  summary: '`weights: run:` is followed by something that cannot be a run, or by a model that is not here.',
  why: 'Runs are looked up by id, or by the name of the model that was trained; a path leads nowhere, so that what a run holds can be checked.',
  check(analysis, report) {
    if (analysis.inference?.kind !== 'model') return;
    for (const step of analysis.inference.graph.steps.values()) {
      const run = runOf(step);
      if (!run) continue;
      if (/^[\w-][\w.-]*(\/[\w-]+)?$/.test(run.value)) {
        unknownModel(analysis, run, report);
        continue;
      }
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

/** A warning only: runs of a model that is gone may still be there. */
function unknownModel(
  analysis: Analysis,
  { value, range }: { value: string; range: Range },
  report: (found: Report) => void,
): void {
  if (runId.test(value) || analysis.trained(value).length > 0) return;
  const near = nearest(value, analysis.catalogue.allNames('model'));
  report({
    range,
    severity: 'warning',
    message: `There is no composition \`${value}\` here${near ? `; did you mean \`${near}\`?` : ' that a run could be of'}`,
    propose: () => (near ? [respell(analysis, range, near)] : []),
  });
}
