import { isPretrained } from '../inference/pretrained';
import { entryFor } from '../versions/lock/lock';
import { type Analysis, type Rule, replace } from './rule';
import { runOf } from './trained-parts';

/** As runs are called: the model, the day and the time. */
export const runId = /-\d{8}-\d{6}(-\d+)?$/;

export const weightsUnpinned: Rule = {
  id: 'weights-unpinned',
  group: 'transfer',
  severity: 'warning',
  optIn: true,
  summary: 'Weights that the next run of another model, or the next version of a brick, changes.',
  why: 'A model stands for its newest run, and a range for its newest version, which is handy while both are worked on. What is kept or published should name one run, and lock its versions, so that it can be made again.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const { reference, part, version } of unlocked(analysis)) {
      const range = reference.versionRangeAt ?? reference.nameRange;
      report({
        range,
        message: `The weights of \`${part}\` are those of whichever \`${reference.name}\` is the newest in \`${reference.versionRange ?? '*'}\`; lock it`,
        help: 'run `brique lock`',
        propose: () => [replace(analysis, range, version, `Pin \`${version}\``)],
      });
    }
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

/** Parts with the weights of a published version that neither the file nor the lock names. */
function unlocked({ inference, catalogue, resolution, lock: read }: Analysis) {
  const lock = resolution && read();
  return [...(inference?.graph.steps.values() ?? [])].flatMap((inferred) => {
    const { reference } = inferred.step.module ?? {};
    if (!reference?.versionRangeAt || !isPretrained(inferred)) return [];
    const found = catalogue.find('module', reference);
    if (found.status !== 'found' || !found.published) return [];
    const { name, version } = found.published;
    const isPinned = reference.versionRange === version;
    const isLocked = lock && 'lock' in lock && entryFor(lock.lock, name, version) !== undefined;
    return isPinned || isLocked ? [] : [{ reference, version, part: inferred.step.name }];
  });
}
